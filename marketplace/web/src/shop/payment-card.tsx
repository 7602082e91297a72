import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { rupiah, time } from "../ground/figures";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Button, ButtonLink } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { PayDocument } from "./api";
import type { Order } from "./order-page";
import styles from "./payment-card.module.css";
import { payBy } from "./way-back";
import { paymentStates, say } from "./words";

type Payment = Order["payments"][number];

/** How an order is paid: where it stands, what to do now, and paying when nothing was begun or it failed. */
export function PaymentCard({ order, onChanged }: { order: Order; onChanged: () => Promise<void> }) {
  const intent = useIntent();
  const paying = useDoing(async () => {
    const input = { orderId: order.id, method: "ONLINE" as const, by: payBy };
    // Each press after a failure is a new try, with a key of its own.
    thing(
      (await ask(PayDocument, { input: { ...input, idempotencyKey: intent.key([input, order.payments.length]) } }))
        .payOrder,
    );
    intent.settle();
    await onChanged();
  });
  const isUnpaid = order.subOrders.some((part) => part.state === "PLACED");
  const isWaiting = order.payments.some((payment) => payment.state === "PROCESSING");
  if (order.payments.length === 0 && !isUnpaid) return null;
  return (
    <Card>
      <h2>{say.payment}</h2>
      {order.payments.map((payment) => (
        <PaymentPart key={payment.id} payment={payment} />
      ))}
      <Trouble refused={paying.refused} />
      {isUnpaid && !isWaiting && (
        <Button isBusy={paying.isRunning} isWide onPress={() => void paying.run()}>
          {order.payments.length ? say.payAgain : say.payNow} · {rupiah(order.total)}
        </Button>
      )}
    </Card>
  );
}

const TONES: Record<string, "good" | "bad" | "warn"> = { SUCCEEDED: "good", AUTHORISED: "good", FAILED: "bad" };

function PaymentPart({ payment }: { payment: Payment }) {
  const { instructions } = payment;
  return (
    <div class="stack">
      <p class={styles.line}>
        <strong>{rupiah(payment.amount)}</strong>
        <Badge tone={TONES[payment.state] ?? "warn"}>{named(paymentStates, payment.state)}</Badge>
      </p>
      {payment.isSimulated && <Badge tone="warn">{say.simulated}</Badge>}
      <p>{payment.explanation}</p>
      {instructions?.qrPicture && (
        <figure class={styles.qr}>
          <img alt={say.qrAlt} src={`data:image/svg+xml,${encodeURIComponent(instructions.qrPicture)}`} />
          <figcaption>{say.scanQr}</figcaption>
        </figure>
      )}
      {instructions?.vaNumber && (
        <p>
          {say.virtualAccount(instructions.bank ?? "")}
          <br />
          <strong class={styles.number}>{instructions.vaNumber}</strong>
        </p>
      )}
      {instructions?.url?.startsWith("https://") && (
        <>
          <p>{say.payThere}</p>
          <ButtonLink href={instructions.url} isWide look={instructions.qrPicture ? "quiet" : "main"}>
            {say.payAtProvider}
          </ButtonLink>
        </>
      )}
      {instructions?.expiresAt && <p>{say.payUntil(time(instructions.expiresAt))}</p>}
    </div>
  );
}
