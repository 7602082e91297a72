import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { AnswerBenefitDocument, type ClaimsQuery, PayBenefitDocument, ReceiveBenefitDocument } from "../api";
import { moneyWay, wayIn } from "./money-way";
import { benefitStates, say } from "./words";

type Claim = NonNullable<ClaimsQuery["cooperative"]>["claims"]["nodes"][number];
type Payment = NonNullable<Claim["benefit"]>["payments"][number];
type OnChanged = { onChanged: () => Promise<void> };

/** The provider paid the co-op in the place of the member. */
export function ReceiveBenefit({ claimId, onChanged }: OnChanged & { claimId: string }) {
  return (
    <Act
      fields={[
        { name: "amount", label: say.received, type: "amount" },
        moneyWay(),
        { name: "reference", label: say.reference, most: 60 },
      ]}
      help={say.receiveHelp}
      isWide
      label={say.receive}
      look="quiet"
      onDo={async ({ amount, way, reference }, idempotencyKey) => {
        const input = { claimId, amount: numberIn(amount) ?? 0, way: wayIn(way), reference, idempotencyKey };
        thing((await ask(ReceiveBenefitDocument, { input })).receiveProtectionBenefit);
      }}
      onDone={onChanged}
    />
  );
}

/** What the co-op holds of a claim for the member and his heirs, and what it paid on. */
export function Benefit({ claim, onChanged }: OnChanged & { claim: Claim }) {
  const { benefit } = claim;
  if (!benefit) return null;
  const asked = benefit.payments.reduce((all, { state, amount }) => all + (state === "ASKED" ? amount : 0), 0);
  return (
    <>
      <p>{say.benefitOf(rupiah(benefit.amount), dateName(benefit.receivedOn))}</p>
      {benefit.payments.map((payment) => (
        <PaymentLines key={payment.id} onChanged={onChanged} payment={payment} />
      ))}
      {benefit.held > 0 && <p>{say.stillHeld(rupiah(benefit.held))}</p>}
      {benefit.held > asked && <PayOn claim={claim} left={benefit.held - asked} onChanged={onChanged} />}
    </>
  );
}

function PaymentLines({ payment, onChanged }: OnChanged & { payment: Payment }) {
  const { id: paymentId, name, relation, document, isNamed, amount, state } = payment;
  const answer = async (isAgreed: boolean) => {
    const input = { paymentId, isAgreed };
    thing((await ask(AnswerBenefitDocument, { input })).answerProtectionBenefitPayment);
  };
  return (
    <div class="stack">
      <div class="apart">
        <strong>{rupiah(amount)}</strong>
        <span>
          <Badge tone={state === "PAID" ? "good" : "warn"}>{named(benefitStates, state)}</Badge>
        </span>
      </div>
      <p>{[`${name} (${relation})`, document, isNamed && say.named].filter(Boolean).join(" · ")}</p>
      {state === "ASKED" && (
        <div class="beside">
          <Act label={say.agree} onDo={() => answer(true)} onDone={onChanged} />
          <Act label={say.takeBack} look="danger" onDo={() => answer(false)} onDone={onChanged} />
        </div>
      )}
    </div>
  );
}

function PayOn({ claim, left, onChanged }: OnChanged & { claim: Claim; left: number }) {
  return (
    <Act
      fields={[
        { name: "payee.name", label: say.payee, most: 120 },
        { name: "payee.relation", label: say.relation, hint: say.relationHint, most: 40 },
        { name: "payee.document", label: say.document, most: 120 },
        { name: "payee.nationalId", label: say.nationalId, most: 16, isOptional: true },
        { name: "amount", label: say.payAmount, type: "amount", start: String(left) },
        moneyWay(),
        { name: "reference", label: say.reference, most: 60 },
      ]}
      help={say.payOnHelp(rupiah(left))}
      isWide
      label={say.payOn}
      onDo={async (told, idempotencyKey) => {
        const input = {
          claimId: claim.id,
          payee: {
            name: told["payee.name"],
            relation: told["payee.relation"],
            document: told["payee.document"],
            nationalId: told["payee.nationalId"].trim(),
          },
          amount: numberIn(told.amount) ?? 0,
          way: wayIn(told.way),
          reference: told.reference,
          idempotencyKey,
        };
        thing((await ask(PayBenefitDocument, { input })).payProtectionBenefit);
      }}
      onDone={onChanged}
    />
  );
}
