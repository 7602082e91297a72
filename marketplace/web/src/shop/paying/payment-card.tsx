import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { rupiah, time } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { GiveUpPaymentDocument, PayDocument } from "../api";
import type { Order } from "../order-page";
import { say as shop } from "../words";
import styles from "./payment-card.module.css";
import { PaymentChoice } from "./payment-choice";
import { usePaying } from "./way";
import { institutions, paymentStates, say } from "./words";

type Payment = Order["payments"][number];
type PaymentCardProps = { order: Order; onChanged: () => Promise<void> };

/** How an order is paid: where it stands, what to do now, and how else, when nothing was begun or it failed. */
export function PaymentCard({ order, onChanged }: PaymentCardProps) {
  const isWaiting = order.payments.some(isUnderWay);
  const refunded = refundedOf(order);
  if (order.payments.length === 0 && !isUnpaid(order)) return null;
  return (
    <Card>
      <h2>{say.payment}</h2>
      {order.payments.map((payment) => (
        <PaymentPart key={payment.id} onChanged={onChanged} payment={payment} refunded={refunded} />
      ))}
      {isUnpaid(order) && !isWaiting && <PayNow onChanged={onChanged} order={order} />}
    </Card>
  );
}

/** How much of what was paid has gone back; nothing is told where something was paid twice, for that came back of it. */
function refundedOf({ subOrders, payments }: Order): number {
  if (payments.filter(({ state }) => state === "SUCCEEDED" || state === "SURPLUS").length > 1) return 0;
  const refunds = subOrders.flatMap((part) => part.refunds).filter(({ state }) => state === "SUCCEEDED");
  return refunds.reduce((sum, { amount }) => sum + amount, 0);
}

/** Whether the buyer still has to pay, or to say how. */
export function isUnpaid({ subOrders }: Order): boolean {
  return subOrders.some((part) => part.state === "PLACED");
}

/** Whether nothing failed: its payer gave it up, or its order was over before there was cash to take. */
function isDropped({ state, method, failure }: Payment): boolean {
  return state === "FAILED" && (method === "CASH" || failure === "CANCELLED");
}

function isUnderWay({ state }: Payment): boolean {
  return state === "PROCESSING";
}

/** The choice how to pay, and the button that does. */
function PayNow({ order, onChanged }: PaymentCardProps) {
  const payable = {
    cash: order.subOrders.every(({ seller }) => seller.takesCash),
    channels: order.paymentChannels,
  };
  const paying = usePaying(payable);
  const intent = useIntent();
  const doing = useDoing(async () => {
    const { payment: method, payBy: by } = paying.input;
    if (!method) return;
    const input = { orderId: order.id, method, ...(by ? { by } : {}) };
    // Each press after a failure is a new try, with a key of its own.
    const idempotencyKey = intent.key([input, order.payments.length]);
    thing((await ask(PayDocument, { input: { ...input, idempotencyKey } })).payOrder);
    intent.settle();
    await onChanged();
  });
  if (!paying.way) return <p>{say.noWay}</p>;
  const label = paying.way === "CASH" ? say.agreeCash : say.payNow;
  return (
    <>
      <PaymentChoice cash={cashOf(order)} payable={payable} paying={paying} />
      <Trouble refused={doing.refused} />
      <Button isBusy={doing.isRunning} isWide onPress={() => void doing.run()}>
        {label(rupiah(order.total))}
      </Button>
    </>
  );
}

/** When cash is paid for an order, in words. */
function cashOf({ subOrders }: Order): string {
  const ways = subOrders.map(({ fulfilment }) => fulfilment);
  if (ways.includes("SERVICE")) return say.cashThere;
  return ways.includes("DELIVERY") ? say.cash : say.cashFetch;
}

const TONES: Record<string, "good" | "bad" | "warn"> = { SUCCEEDED: "good", AUTHORISED: "good", FAILED: "bad" };

type PaymentPartProps = { payment: Payment; refunded: number; onChanged: () => Promise<void> };

function PaymentPart({ payment, refunded, onChanged }: PaymentPartProps) {
  const { instructions } = payment;
  return (
    <div class="stack">
      <p class={styles.line}>
        <strong>{rupiah(payment.amount)}</strong>
        <Standing payment={payment} refunded={refunded} />
      </p>
      {payment.isSimulated && (
        <p>
          <Badge tone="warn">{say.simulated}</Badge>
        </p>
      )}
      <p>{payment.explanation}</p>
      {instructions?.qrPicture && (
        <figure class={styles.qr}>
          <img alt={say.qrAlt} src={`data:image/svg+xml,${encodeURIComponent(instructions.qrPicture)}`} />
          <figcaption>{say.scanQr}</figcaption>
        </figure>
      )}
      {instructions?.vaNumber && (
        <p>
          {say.virtualAccount(named(institutions, instructions.bank ?? ""))}
          <br />
          <strong class={styles.number}>{instructions.vaNumber}</strong>
        </p>
      )}
      {instructions?.expiresAt && (
        <p>
          <strong>{say.payUntil(time(instructions.expiresAt))}</strong>
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
      {isUnderWay(payment) && <GiveUp id={payment.id} onChanged={onChanged} />}
    </div>
  );
}

/** How far a payment is, in a word. */
function Standing({ payment, refunded }: { payment: Payment; refunded: number }) {
  if (isDropped(payment)) return <Badge>{say.givenUp}</Badge>;
  if (isUnderWay(payment) && payment.instructions) return <Badge tone="warn">{shop.toBePaid}</Badge>;
  if (payment.state === "SUCCEEDED" && refunded > 0) {
    return <Badge>{refunded >= payment.amount ? say.returned : say.returnedInPart}</Badge>;
  }
  return <Badge tone={TONES[payment.state] ?? "warn"}>{named(paymentStates, payment.state)}</Badge>;
}

/** Ends a payment under way, so that another way can be chosen; one that was paid meanwhile stands as paid. */
function GiveUp({ id, onChanged }: { id: string; onChanged: () => Promise<void> }) {
  const intent = useIntent();
  const doing = useDoing(async () => {
    const input = { paymentId: id };
    thing(
      (await ask(GiveUpPaymentDocument, { input: { ...input, idempotencyKey: intent.key(input) } })).cancelPayment,
    );
    intent.settle();
    await onChanged();
  });
  return (
    <>
      <Trouble refused={doing.refused} />
      <Button isBusy={doing.isRunning} isWide look="quiet" onPress={() => void doing.run()}>
        {say.otherWay}
      </Button>
    </>
  );
}
