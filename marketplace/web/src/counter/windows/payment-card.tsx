import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Field } from "../../ground/parts/field";
import { FileButton } from "../../ground/parts/file-button";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { ConfirmPaymentDocument, type PaymentFragment, RecordPaymentDocument } from "../api";
import { PAYMENT_TONES, paymentStates, say } from "./words";

type PaymentCardProps = {
  payment: PaymentFragment;
  windowId: string;
  ours: ReadonlySet<string>;
  onChanged: () => Promise<void>;
};

/** One payment of a window, with what is left to do by the reader's co-op. */
export function PaymentCard({ payment, windowId, ours, onChanged }: PaymentCardProps) {
  const { payer, payee, amount, state, isApprovedByPayer, isApprovedByPayee, payeeAccount, reference } = payment;
  const isPayer = payer != null && ours.has(payer.id);
  const isPayee = payee != null && ours.has(payee.id);
  return (
    <Card about={`${say.paysTo(payer?.name ?? "–", payee?.name ?? "–")}, ${rupiah(amount)}`}>
      <div class="apart">
        <h3>{rupiah(amount)}</h3>
        <span>
          <Badge tone={PAYMENT_TONES[state]}>{named(paymentStates, state)}</Badge>
        </span>
      </div>
      <p>{say.paysTo(payer?.name ?? "–", payee?.name ?? "–")}</p>
      {state === "PLANNED" && <p>{say.approvals(Number(isApprovedByPayer) + Number(isApprovedByPayee), 2)}</p>}
      {(isPayer || isPayee) && state !== "PLANNED" && (
        <p>
          {payeeAccount ? `${payeeAccount.bank} ${payeeAccount.number} · ${payeeAccount.holder}` : say.noAccount}
          <br />
          <small>{say.reference(reference)}</small>
          {payment.bankReference && (
            <>
              <br />
              <small>{say.paidAs(payment.bankReference)}</small>
            </>
          )}
        </p>
      )}
      {state === "APPROVED" && isPayer && (
        <Pay cooperativeId={payer.id} onChanged={onChanged} payment={payment} windowId={windowId} />
      )}
      {state === "PAID" && isPayee && <Received onChanged={onChanged} payment={payment} />}
      {state === "PAID" && !isPayee && <p>{say.waitsForReceiver(payee?.name ?? "–")}</p>}
    </Card>
  );
}

type PayProps = { payment: PaymentFragment; windowId: string; cooperativeId: string; onChanged: () => Promise<void> };

function Pay({ payment, windowId, cooperativeId, onChanged }: PayProps) {
  const [bankReference, setBankReference] = useState("");
  const intent = useIntent();
  const recording = useDoing(async () => {
    const wanted = { paymentId: payment.id, bankReference: bankReference.trim() };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(RecordPaymentDocument, { input })).recordSettlementPayment);
    intent.settle();
    await onChanged();
  });
  const wishes = new URLSearchParams({ window: windowId, cooperative: cooperativeId, bank: "umum" });
  return (
    <>
      <FileButton path={`/settlements/payments.csv?${wishes}`}>{say.bankFile}</FileButton>
      <Field
        label={say.bankReference}
        most={60}
        onChange={setBankReference}
        value={bankReference}
        wrong={recording.refused?.field("bankReference")}
      />
      <Trouble refused={recording.refused} />
      <Button
        isBusy={recording.isRunning}
        isDisabled={!bankReference.trim()}
        isWide
        onPress={() => void recording.run()}
      >
        {say.recordPaid}
      </Button>
    </>
  );
}

function Received({ payment, onChanged }: { payment: PaymentFragment; onChanged: () => Promise<void> }) {
  const intent = useIntent();
  const confirming = useDoing(async () => {
    const input = { paymentId: payment.id };
    const idempotencyKey = intent.key(input);
    thing((await ask(ConfirmPaymentDocument, { input: { ...input, idempotencyKey } })).confirmSettlementPayment);
    intent.settle();
    await onChanged();
  });
  return (
    <>
      <Trouble refused={confirming.refused} />
      <Button isBusy={confirming.isRunning} isWide onPress={() => void confirming.run()}>
        {say.confirmPaid}
      </Button>
    </>
  );
}
