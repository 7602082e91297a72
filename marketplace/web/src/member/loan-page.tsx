import { useRoute } from "preact-iso";
import { useAsked } from "../ground/asking";
import { dateName } from "../ground/days";
import { hundredths, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Card } from "../ground/parts/card";
import { Facts } from "../ground/parts/facts";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { Sums } from "../ground/parts/sums";
import { SignedIn } from "../ground/signed-in";
import { loanStates } from "../ground/values";
import { OneLoanDocument, type OneLoanQuery } from "./api";
import { say } from "./words";

type Loan = Extract<NonNullable<OneLoanQuery["node"]>, { __typename: "Loan" }>;

/** One loan with its schedule. */
export default function LoanPage() {
  const { params } = useRoute();
  const asked = useAsked(OneLoanDocument, { id: params.id ?? "" });
  const loan = asked.answer?.node?.__typename === "Loan" ? asked.answer.node : undefined;
  return (
    <Page backTo="/anggota/pinjaman" title={loan?.number ? say.loanNumber(loan.number) : say.unnumbered}>
      <SignedIn>
        <Loaded asked={asked}>{() => loan && <Shown loan={loan} />}</Loaded>
      </SignedIn>
    </Page>
  );
}

function Shown({ loan }: { loan: Loan }) {
  return (
    <>
      <Card>
        <div class="apart">
          <h2>{loan.product?.name ?? say.unnumbered}</h2>
          <span>
            <Badge>{named(loanStates, loan.state)}</Badge>
          </span>
        </div>
        {loan.refusal && <p>{loan.refusal}</p>}
        <Facts
          facts={[
            { name: say.outstanding, is: rupiah(loan.outstanding), isLarge: true },
            { name: say.borrowed, is: rupiah(loan.amount) },
            { name: say.term, is: say.months(loan.months) },
            { name: say.ratePerYear, is: say.percent(hundredths(loan.rate)) },
            { name: say.effective, is: say.percent(hundredths(loan.effectiveRate)) },
          ]}
        />
      </Card>
      {loan.purchase && <Bought purchase={loan.purchase} state={loan.state} total={loan.amount} />}
      <h2>{say.schedule}</h2>
      <Rows>
        {loan.instalments.map((instalment) => (
          <li key={instalment.dueOn}>
            <Row
              end={
                instalment.paid >= instalment.total ? (
                  <Badge tone="good">{say.paidInFull}</Badge>
                ) : (
                  rupiah(instalment.total)
                )
              }
              note={
                <>
                  {say.parts(rupiah(instalment.principal), rupiah(instalment.interest))}
                  {instalment.paid > 0 && instalment.paid < instalment.total && (
                    <> · {say.partPaid(rupiah(instalment.paid))}</>
                  )}
                </>
              }
              title={dateName(instalment.dueOn)}
            />
          </li>
        ))}
      </Rows>
    </>
  );
}

type Purchase = NonNullable<Loan["purchase"]>;

/** What a loan buys at a unit of the co-op, and whether it was fetched. */
function Bought({ purchase, state, total }: { purchase: Purchase; state: Loan["state"]; total: number }) {
  const { unit, lines, sale } = purchase;
  return (
    <Card>
      <h2>{say.boughtAt(unit.name)}</h2>
      <Sums
        sums={[
          ...lines.map((line) => ({ name: `${line.quantity} × ${line.name}`, amount: line.total })),
          { name: say.total, amount: total, isTotal: true },
        ]}
      />
      {state === "APPROVED" && <p>{say.fetchAt(unit.name)}</p>}
      {sale && <p>{say.soldAs(sale.number, dateName(sale.soldOn))}</p>}
      {sale && sale.returned > 0 && <p>{say.cameBack(rupiah(sale.returned))}</p>}
    </Card>
  );
}
