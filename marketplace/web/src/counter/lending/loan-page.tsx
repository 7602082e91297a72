import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { LoanBadge } from "../../ground/lending/loan-row";
import { Quote } from "../../ground/lending/quote";
import { say as lending } from "../../ground/lending/words";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { account, ask } from "../../ground/session";
import { guaranteeStates } from "../../ground/values";
import { Act } from "../act";
import {
  ApproveLoanDocument,
  DisburseLoanDocument,
  LoanDeskDocument,
  type LoanDeskQuery,
  RejectLoanDocument,
  WriteOffLoanDocument,
} from "../api";
import { ByMotion } from "../governance/by-motion";
import { percent } from "../rate";
import { WithCooperative } from "../with-cooperative";
import { Restructuring } from "./restructuring";
import { say } from "./words";

type Loan = Extract<NonNullable<LoanDeskQuery["node"]>, { __typename: "Loan" }>;
type Shown = { loan: Loan; slug: string; onChanged: () => Promise<void> };

/** One loan of a member: agreed to, turned down, paid out, followed, and by a motion let go. */
export default function LoanPage() {
  const { params } = useRoute();
  const asked = useAsked(LoanDeskDocument, { id: params.id ?? "" });
  const loan = asked.answer?.node?.__typename === "Loan" ? asked.answer.node : undefined;
  return (
    <Page backTo="/loket/pinjaman" isWide title={loan?.borrower?.name || say.loan}>
      <WithCooperative>
        {({ slug }) => (
          <Loaded asked={asked}>
            {() =>
              loan && (
                <div class="columns">
                  <div class="stack">
                    <Terms loan={loan} />
                    <Answers loan={loan} onChanged={asked.again} slug={slug} />
                  </div>
                  <Schedule loan={loan} />
                </div>
              )
            }
          </Loaded>
        )}
      </WithCooperative>
    </Page>
  );
}

function Terms({ loan }: { loan: Loan }) {
  const guarantors = loan.guarantees.map(
    ({ state, guarantor }) => `${guarantor?.name || say.unnamed} (${named(guaranteeStates, state)})`,
  );
  return (
    <Card>
      <div class="apart">
        <h2>{loan.number ?? loan.product?.name ?? say.loan}</h2>
        <span>
          <LoanBadge loan={loan} />
        </span>
      </div>
      {loan.isRelated && <p>{say.related}</p>}
      {loan.refusal && <p>{loan.refusal}</p>}
      <Facts
        facts={[
          { name: say.amount, is: rupiah(loan.amount) },
          { name: say.term, is: say.months(loan.months) },
          { name: say.rate, is: percent(loan.rate) },
          { name: lending.effective, is: percent(loan.effectiveRate) },
          ...(loan.number ? [{ name: say.outstanding, is: rupiah(loan.outstanding) }] : []),
          { name: say.purpose, is: loan.reason },
          ...(loan.purchase
            ? [
                { name: say.boughtAt, is: loan.purchase.unit.name },
                { name: say.goods, is: loan.purchase.lines.map((one) => `${one.quantity} × ${one.name}`).join(", ") },
              ]
            : []),
          ...(loan.approvedBy.length
            ? [{ name: say.agreedBy, is: loan.approvedBy.map(({ name }) => name || say.unnamed).join(", ") }]
            : []),
          ...(guarantors.length ? [{ name: say.guarantors, is: guarantors.join(", ") }] : []),
          ...(loan.disbursedOn ? [{ name: say.disbursedOn, is: dateName(loan.disbursedOn) }] : []),
          ...(loan.writtenOff ? [{ name: say.writtenOff, is: rupiah(loan.writtenOff) }] : []),
        ]}
      />
    </Card>
  );
}

function Answers({ loan, slug, onChanged }: Shown) {
  const { id, state } = loan;
  if (state === "APPLIED") return <Decision loan={loan} onChanged={onChanged} />;
  if (state === "APPROVED" && loan.purchase) return <p>{say.paysUnit(loan.purchase.unit.name)}</p>;
  if (state === "APPROVED") return <Disbursing loan={loan} onChanged={onChanged} />;
  if (state !== "DISBURSED" && state !== "RESTRUCTURED") return null;
  return (
    <>
      <Restructuring loan={loan} onChanged={onChanged} />
      <ByMotion
        help={say.writeOffHelp}
        kind="LOAN_WRITE_OFF"
        label={say.writeOff}
        look="danger"
        onDo={async (motionId, idempotencyKey) =>
          thing((await ask(WriteOffLoanDocument, { input: { id, motionId, idempotencyKey } })).writeOffLoan)
        }
        onDone={onChanged}
        slug={slug}
      />
    </>
  );
}

function Decision({ loan, onChanged }: Omit<Shown, "slug">) {
  const { id } = loan;
  const hasAgreed = loan.approvedBy.some((officer) => officer.id === account.value?.id);
  return (
    <Card>
      <p>{hasAgreed ? say.youAgreed : say.approveHelp}</p>
      <div class="beside">
        {!hasAgreed && (
          <Act
            label={say.approve}
            onDo={async () => thing((await ask(ApproveLoanDocument, { input: { id } })).approveLoan)}
            onDone={onChanged}
          />
        )}
        <Act
          fields={[{ name: "reason", label: say.why, rows: 3, most: 300 }]}
          help={say.rejectHelp}
          label={say.reject}
          look="danger"
          onDo={async ({ reason }) =>
            thing((await ask(RejectLoanDocument, { input: { id, reason: reason.trim() } })).rejectLoan)
          }
          onDone={onChanged}
        />
      </div>
    </Card>
  );
}

function Disbursing({ loan: { id, amount }, onChanged }: Omit<Shown, "slug">) {
  return (
    <Act
      fields={[
        {
          name: "way",
          label: say.way,
          options: [
            { value: "CASH", name: say.cash },
            { value: "TRANSFER", name: say.transfer },
            { value: "EARNINGS", name: say.earnings },
          ],
        },
        { name: "reference", label: say.reference, most: 80, isOptional: true },
      ]}
      help={say.disburseHelp}
      isWide
      label={say.disburse(rupiah(amount))}
      onDo={async ({ way, reference }, idempotencyKey) => {
        const input = { id, way: way as "CASH", reference: reference.trim() || null, idempotencyKey };
        thing((await ask(DisburseLoanDocument, { input })).disburseLoan);
      }}
      onDone={onChanged}
      said={say.disbursed}
    />
  );
}

function Schedule({ loan }: { loan: Loan }) {
  const { product, state, amount, months } = loan;
  if (!loan.instalments.length)
    return product && !product.isRetired && (state === "APPLIED" || state === "APPROVED") ? (
      <Quote amount={amount} months={months} productId={product.id} />
    ) : (
      <div />
    );
  return (
    <div class="stack">
      <h2>{lending.schedule}</h2>
      <Rows>
        {loan.instalments.map(({ dueOn, total, paid }) => (
          <li key={dueOn}>
            <Row
              end={paid >= total ? <Badge tone="good">{say.paid}</Badge> : rupiah(total - paid)}
              title={dateName(dueOn)}
            />
          </li>
        ))}
      </Rows>
    </div>
  );
}
