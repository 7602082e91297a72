import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Quote } from "../../ground/lending/quote";
import { say as lending } from "../../ground/lending/words";
import { measured } from "../../ground/measured";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sums } from "../../ground/parts/sums";
import { account } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { guaranteeStates, loanStates } from "../../ground/values";
import { OneLoanDocument, type OneLoanQuery } from "../api";
import { say as common } from "../words";
import { Answering, TakingBack } from "./answering";
import { say } from "./words";

type Loan = Extract<NonNullable<OneLoanQuery["node"]>, { __typename: "Loan" }>;

type Shown = { loan: Loan; onChanged: () => Promise<void> };

/** One loan: what is asked for and who answers it, then its schedule. Who is to stand behind it answers here. */
export default function LoanPage() {
  const { params } = useRoute();
  const asked = useAsked(OneLoanDocument, { id: params.id ?? "" });
  const loan = asked.answer?.node?.__typename === "Loan" ? asked.answer.node : undefined;
  return (
    <Page backTo="/anggota/pinjaman" title={loan?.number ? say.loanNumber(loan.number) : say.unnumbered}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            loan && (
              <>
                <Told loan={loan} />
                {loan.purchase && <Bought purchase={loan.purchase} state={loan.state} total={loan.amount} />}
                <Behind loan={loan} onChanged={asked.again} />
                <Schedule loan={loan} />
                {isOwn(loan) && (loan.state === "APPLIED" || loan.state === "APPROVED") && (
                  <TakingBack id={loan.id} onDone={asked.again} />
                )}
              </>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function isOwn({ borrower }: Loan): boolean {
  return borrower?.id === account.value?.id;
}

function Told({ loan }: { loan: Loan }) {
  const waits = waitsFor(loan);
  return (
    <Card>
      <div class="apart">
        <h2>{loan.product?.name ?? say.unnumbered}</h2>
        <span>
          <Badge>{named(loanStates, loan.state)}</Badge>
        </span>
      </div>
      {loan.refusal && <p>{loan.refusal}</p>}
      {waits && <p>{waits}</p>}
      <Facts
        facts={[
          ...(loan.number ? [{ name: say.outstanding, is: rupiah(loan.outstanding), isLarge: true }] : []),
          { name: say.borrowed, is: rupiah(loan.amount), isLarge: !loan.number },
          { name: common.term, is: common.months(loan.months) },
          { name: common.ratePerYear, is: measured("BASIS_POINTS", loan.rate) },
          { name: lending.effective, is: measured("BASIS_POINTS", loan.effectiveRate) },
          { name: say.reason, is: loan.reason },
        ]}
      />
    </Card>
  );
}

/** What an application waits for, in words. */
function waitsFor({ state, guarantees, purchase }: Loan): string | undefined {
  if (state === "APPROVED" && !purchase) return say.waitsForMoney;
  if (state !== "APPLIED") return undefined;
  return guarantees.every((one) => one.state === "GIVEN") ? say.waitsForOfficers : say.waitsForGuarantors;
}

/** Who stands behind it; for one who is asked to, his answer. */
function Behind({ loan, onChanged }: Shown) {
  const own = loan.guarantees.find(({ guarantor }) => guarantor && guarantor.id === account.value?.id);
  if (own) return <Answering loan={loan} onChanged={onChanged} state={own.state} />;
  if (!loan.guarantees.length) return null;
  return (
    <Card>
      <h2>{say.guarantors}</h2>
      <ul class="stack">
        {loan.guarantees.map(({ state, guarantor }, n) => (
          <li class="apart" key={guarantor?.id ?? n}>
            <span class="two-lines">{guarantor?.name || say.someone}</span>
            <span>{named(guaranteeStates, state)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Schedule({ loan }: { loan: Loan }) {
  const { product, amount, months, state, instalments } = loan;
  if (!instalments.length)
    return product && (state === "APPLIED" || state === "APPROVED") ? (
      <Quote amount={amount} months={months} productId={product.id} />
    ) : null;
  return (
    <>
      <h2>{lending.schedule}</h2>
      <Rows>
        {instalments.map((instalment) => (
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
                  {lending.parts(rupiah(instalment.principal), rupiah(instalment.interest))}
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
