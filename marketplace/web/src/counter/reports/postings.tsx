import { ScrollText } from "lucide";
import { useRoute } from "preact-iso";
import { dateName, firstOfYear, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sums } from "../../ground/parts/sums";
import { accountName } from "../account-name";
import { PostingsDocument, type PostingsQuery } from "../api";
import { entryName } from "../entry-name";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { say } from "./words";

/** What was posted on one account: where every figure of a report ends. */
export default function Postings() {
  return (
    <Page backTo="/loket/laporan" isWide title={say.account}>
      <WithCooperative>{(cooperative) => <Ledger cooperative={cooperative} />}</WithCooperative>
    </Page>
  );
}

function ledgerOf({ cooperative }: PostingsQuery) {
  return cooperative?.book?.accounting?.generalLedger;
}

function Ledger({ cooperative }: { cooperative: Cooperative }) {
  const { params, query } = useRoute();
  const variables = {
    slug: cooperative.slug,
    account: params.id ?? "",
    from: query.dari ?? firstOfYear(),
    to: query.sampai ?? today(),
  };
  const { asked, nodes, more } = usePaged(PostingsDocument, (answer) => ledgerOf(answer)?.entries, variables);
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const ledger = ledgerOf(answer);
        if (!ledger) return <Empty icon={ScrollText} title={common.noBooks} />;
        return (
          <>
            <Card>
              <h2>{accountName(ledger.account)}</h2>
              <p>
                {dateName(variables.from)} – {dateName(variables.to)}
              </p>
              <Sums
                sums={[
                  { name: say.opening, amount: ledger.opening },
                  { name: common.debit, amount: ledger.debits },
                  { name: common.credit, amount: ledger.credits },
                  { name: say.closing, amount: ledger.closing, isTotal: true },
                ]}
              />
            </Card>
            {nodes.length ? (
              <Rows>
                {nodes.map((entry, n) => (
                  <li key={`${n}${entry.postedAt}`}>
                    <Row
                      end={
                        <>
                          <small>{entry.debit ? common.debit : common.credit}</small>{" "}
                          {rupiah(entry.debit || entry.credit)}
                        </>
                      }
                      note={[dateName(entry.day), entry.voucherNumber].filter(Boolean).join(" · ")}
                      title={entryName(entry)}
                    />
                  </li>
                ))}
              </Rows>
            ) : (
              <Empty icon={ScrollText} title={say.noPostings} />
            )}
            <More more={more} />
          </>
        );
      }}
    </Loaded>
  );
}
