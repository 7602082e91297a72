import { HandCoins } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { count, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { LoanRow } from "../../ground/lending/loan-row";
import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Empty } from "../../ground/parts/empty";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sums } from "../../ground/parts/sums";
import { arrearsClasses } from "../../ground/values";
import { LoanQueueDocument, type LoanQueueQueryVariables, PortfolioDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { say } from "./words";

type Wanted = Pick<LoanQueueQueryVariables, "states" | "isLate">;
const QUEUES = {
  waiting: { states: ["APPLIED"], isLate: false },
  toDisburse: { states: ["APPROVED"], isLate: false },
  running: { states: ["DISBURSED", "RESTRUCTURED"], isLate: false },
  late: { states: null, isLate: true },
} satisfies Record<string, Wanted>;
type Queue = keyof typeof QUEUES;

/** Members' loans, first those that wait for an officer; beside them how all of them stand. */
export default function Loans() {
  const [queue, setQueue] = useState<Queue>("waiting");
  return (
    <Page backTo="/loket/urusan" isWide title={say.title}>
      <WithCooperative>
        {({ slug }) => (
          <>
            <Chips name={say.title}>
              {(Object.keys(QUEUES) as Queue[]).map((each) => (
                <Chip isOn={queue === each} key={each} onPress={() => setQueue(each)}>
                  {say[each]}
                </Chip>
              ))}
            </Chips>
            <div class="columns">
              <List slug={slug} wanted={QUEUES[queue]} />
              <div class="stack">
                <Portfolio slug={slug} />
                <Rows>
                  <li>
                    <Row href="/loket/produk-pinjaman" note={say.productsNote} title={say.products} />
                  </li>
                  <li>
                    <Row href="/loket/pinjaman-luar" note={say.borrowingsNote} title={say.borrowings} />
                  </li>
                </Rows>
              </div>
            </div>
          </>
        )}
      </WithCooperative>
    </Page>
  );
}

function List({ slug, wanted }: { slug: string; wanted: Wanted }) {
  const { asked, nodes, more } = usePaged(LoanQueueDocument, ({ cooperative }) => cooperative?.loans, {
    slug,
    ...wanted,
  });
  return (
    <Loaded asked={asked}>
      {() =>
        nodes.length ? (
          <div class="stack">
            <Rows>
              {nodes.map((loan) => (
                <li key={loan.id}>
                  <LoanRow
                    about={loan.product?.name}
                    href={`/loket/pinjaman/${encodeURIComponent(loan.id)}`}
                    loan={loan}
                    title={loan.borrower?.name || say.unnamed}
                  />
                </li>
              ))}
            </Rows>
            <More more={more} />
          </div>
        ) : (
          <Empty icon={HandCoins} title={say.none}>
            <p>{say.noneHelp}</p>
          </Empty>
        )
      }
    </Loaded>
  );
}

function Portfolio({ slug }: { slug: string }) {
  const asked = useAsked(PortfolioDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative && (
          <Card>
            <h2>{say.portfolio}</h2>
            <Facts
              facts={[
                { name: say.outstanding, is: rupiah(cooperative.loanPortfolio.outstanding) },
                { name: say.count, is: count(cooperative.loanPortfolio.loans) },
                { name: say.reserved, is: rupiah(cooperative.loanPortfolio.reserved) },
              ]}
            />
            <Sums
              sums={cooperative.loanPortfolio.byClass.map(({ arrearsClass, share }) => ({
                name: named(arrearsClasses, arrearsClass),
                amount: share.outstanding,
              }))}
            />
          </Card>
        )
      }
    </Loaded>
  );
}
