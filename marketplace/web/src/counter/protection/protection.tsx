import { useAsked } from "../../ground/asking";
import { monthFrom, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sums } from "../../ground/parts/sums";
import { BillsDocument, ProgrammesDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { Claims } from "./claims";
import { Remittances } from "./remittances";
import { billStates, say } from "./words";

/** Members' protection: the month's bills, what goes to the providers, and the claims. */
export default function Protection() {
  return (
    <Page backTo="/loket/urusan" isWide title={say.title}>
      <WithCooperative>{({ slug }) => <All slug={slug} />}</WithCooperative>
    </Page>
  );
}

function All({ slug }: { slug: string }) {
  const asked = useAsked(ProgrammesDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative && (
          <div class="columns">
            <div class="stack">
              <Remittances cooperative={cooperative} onChanged={asked.again} slug={slug} />
              <Claims slug={slug} />
            </div>
            <div class="stack">
              <Card>
                <h2>{say.fund}</h2>
                <Sums
                  sums={[
                    { name: say.held, amount: cooperative.solidarityFund.held },
                    { name: say.owedBack, amount: cooperative.solidarityFund.owedBack },
                  ]}
                />
              </Card>
              <Bills slug={slug} />
            </div>
          </div>
        )
      }
    </Loaded>
  );
}

function Bills({ slug }: { slug: string }) {
  const month = monthFrom(today(), 0);
  const { asked, nodes, more } = usePaged(BillsDocument, ({ cooperative }) => cooperative?.protectionBills, {
    slug,
    month,
  });
  return (
    <>
      <h2>{say.bills}</h2>
      <Loaded asked={asked}>
        {() =>
          nodes.length ? (
            <>
              <Rows>
                {nodes.map(({ id, amount, persons, state, programme, member }) => (
                  <li key={id}>
                    <Row
                      end={
                        <>
                          {rupiah(amount)}
                          <br />
                          <Badge>{named(billStates, state)}</Badge>
                        </>
                      }
                      note={[programme?.name, say.persons(persons)].filter(Boolean).join(" · ")}
                      title={member?.account?.name || say.unnamed}
                    />
                  </li>
                ))}
              </Rows>
              <More more={more} />
            </>
          ) : (
            <p>{say.noBills}</p>
          )
        }
      </Loaded>
    </>
  );
}
