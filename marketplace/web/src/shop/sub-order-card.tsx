import { Phone } from "lucide";
import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { atDay, distance, metresBetween, rupiah, time } from "../ground/figures";
import { named } from "../ground/language";
import { standing } from "../ground/order-states";
import { worded } from "../ground/ordering/quote";
import { say as ordering } from "../ground/ordering/words";
import { Badge } from "../ground/parts/badge";
import { Button, ButtonLink } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Opener } from "../ground/parts/opener";
import { Pin } from "../ground/parts/pin";
import { type Sum, Sums } from "../ground/parts/sums";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { tone } from "../ground/tone";
import { bearers, vehicles } from "../ground/values";
import { RefuseLessDocument, TakeLessDocument } from "./api";
import { EndSheet } from "./end-sheet";
import type { SubOrder } from "./order-page";
import { isUndecided, RefundSheet } from "./paying/refund-sheet";
import { say as paying } from "./paying/words";
import { Given } from "./rating/given";
import { Shares } from "./shares";
import { hadCosts, isOver, mayCancel, mayComplain } from "./states";
import styles from "./sub-order-card.module.css";
import { jobStates, refundStates, say, states, steps } from "./words";

type PartProps = { part: SubOrder; onChanged: () => Promise<void> };

/** One shop's part of an order: where it stands, who brings it, what it costs, and what the buyer may do. */
export function SubOrderCard({ part, onChanged }: PartProps) {
  const [ending, setEnding] = useState<"cancel" | "complain">();
  return (
    <Card about={part.seller.name}>
      <div class={styles.head}>
        <h2 class="two-lines">
          <a class={styles.shop} href={`/toko/${part.seller.slug}`}>
            {part.seller.name}
          </a>
        </h2>
        <Badge tone={tone(part.state)}>{standing(states, part)}</Badge>
      </div>
      <Arrival part={part} />
      <WhyEnded part={part} />
      {part.liable && hadCosts(part.state) && !wasFree(part) && <p>{borne(part, part.liable)}</p>}
      <Proposal onChanged={onChanged} part={part} />
      {part.dropoffPin && part.state !== "PLACED" && !isOver(part.state) && (
        <Pin about={isService(part) ? say.pinOfService : say.pinTitle} digits={part.dropoffPin} />
      )}
      {part.fulfilment !== "DELIVERY" && part.seller.address && !isOver(part.state) && (
        <p>{say.shopAt(part.seller.address)}</p>
      )}
      <Driver part={part} />
      {part.refunds.filter(isUndecided).map((refund) => (
        <Opener isWide key={refund.id} label={paying.refundChoose(rupiah(refund.amount))} onDone={onChanged}>
          {(ending) => <RefundSheet refund={refund} {...ending} />}
        </Opener>
      ))}
      <Given onChanged={onChanged} part={part} />
      <details class={styles.more}>
        <summary>{say.details}</summary>
        <div class="stack">
          <Sums sums={sumsOf(part)} />
          {part.drop && <p>{part.drop.text}</p>}
          {part.note && <p>“{part.note}”</p>}
        </div>
      </details>
      <details class={styles.more}>
        <summary>{say.history}</summary>
        <ol class={styles.history}>
          {part.history.map((step) => (
            <li key={step.version}>
              <span>
                {Object.hasOwn(steps, step.state) ? named(steps, step.state) : standing(states, { ...part, ...step })}
                {step.reason && <span class={styles.soft}> {step.reason}</span>}
              </span>
              <span class={styles.soft}>{time(step.at)}</span>
            </li>
          ))}
        </ol>
      </details>
      {!isOver(part.state) || hadCosts(part.state) ? <Shares id={part.id} /> : null}
      <div class={styles.actions}>
        {part.seller.phone && !isOver(part.state) && (
          <ButtonLink href={`tel:${part.seller.phone}`} icon={Phone} look="quiet">
            {say.callShop}
          </ButtonLink>
        )}
        {mayCancel(part.state) && (
          <Button look="danger" onPress={() => setEnding("cancel")}>
            {say.cancelOrder}
          </Button>
        )}
        {mayComplain(part.state) && (
          <Button look="quiet" onPress={() => setEnding("complain")}>
            {say.complain}
          </Button>
        )}
      </div>
      {ending && <EndSheet how={ending} onChanged={onChanged} onClose={() => setEnding(undefined)} part={part} />}
    </Card>
  );
}

/** Whether its buyer took it back in time, so that there is nothing to bear. */
function wasFree({ state, liable }: SubOrder): boolean {
  return state === "CANCELLED" && liable === "NOBODY";
}

/** Who bears what it cost, said to its buyer. */
function borne({ state }: SubOrder, liable: NonNullable<SubOrder["liable"]>): string {
  if (liable !== "BUYER") return named(bearers, liable);
  return state === "RETURNED" ? say.bearDelivery : say.bearCosts;
}

function isService({ fulfilment }: SubOrder): boolean {
  return fulfilment === "SERVICE";
}

/** When it comes: by the delivery's own estimate, else as booked or promised. */
function Arrival({ part }: { part: SubOrder }) {
  if (isOver(part.state)) return null;
  const drop = part.estimate?.dropOff;
  if (drop) return <p class={styles.arrival}>{say.arrives(time(drop.from), time(drop.to))}</p>;
  if (!part.promisedAt) return null;
  const told = isService(part) ? ordering.booked(atDay(part.promisedAt)) : say.promised(time(part.promisedAt));
  return <p class={styles.arrival}>{told}</p>;
}

/** Why nothing came of it, as its shop or co-op wrote. */
function WhyEnded({ part }: { part: SubOrder }) {
  if (!isOver(part.state)) return null;
  const ended = part.history.find(({ state }) => state === part.state);
  const isWritten = ended?.side === "SELLER" || ended?.side === "OFFICER";
  return isWritten && ended.reason ? <p>{say.because(ended.reason)}</p> : null;
}

/** A position older than this says nothing about where the driver is. */
const RECENT_MS = 5 * 60_000;

function isRecent(at: string): boolean {
  return Date.now() - Date.parse(at) < RECENT_MS;
}

function Driver({ part }: { part: SubOrder }) {
  const { job } = part;
  if (!job || isOver(part.state)) return null;
  const { driver } = job;
  const riderPlace = job.riderPlace && isRecent(job.riderPlace.at) ? job.riderPlace : null;
  const away = riderPlace && part.drop?.point ? distance(metresBetween(riderPlace.place, part.drop.point)) : "";
  return (
    <div class={styles.driver}>
      <div>
        <p>
          <strong>{named(jobStates, job.state)}</strong>
        </p>
        {driver && (
          <p class={`${styles.soft} two-lines`}>
            {driver.name} · {named(vehicles, driver.vehicle)} {driver.plate}
          </p>
        )}
        {away && (
          <p class={styles.soft}>
            {say.driverAway(away)} · {riderPlace && time(riderPlace.at)}
          </p>
        )}
      </div>
      {driver?.phone && (
        <ButtonLink href={`tel:${driver.phone}`} icon={Phone} look="quiet">
          {say.callDriver}
        </ButtonLink>
      )}
    </div>
  );
}

/** What the shop offers instead, while it waits for the buyer's word. */
function Proposal({ part, onChanged }: PartProps) {
  const intent = useIntent();
  const answering = useDoing(async (isTaken: boolean) => {
    const input = { subOrderId: part.id, idempotencyKey: intent.key({ id: part.id, isTaken }) };
    if (isTaken) thing((await ask(TakeLessDocument, { input })).acceptAlternative);
    else thing((await ask(RefuseLessDocument, { input })).refuseAlternative);
    intent.settle();
    await onChanged();
  });
  const { proposal } = part;
  if (!proposal) return null;
  return (
    <div class="stack">
      <h3>{say.proposed}</h3>
      {proposal.note && <p>“{proposal.note}”</p>}
      <ul>
        {part.lines.map((line) => {
          const less = proposal.lines.find((proposed) => proposed.lineId === line.id);
          return (
            <li key={line.id}>
              {less?.quantity ?? line.quantity} × {line.title}
            </li>
          );
        })}
      </ul>
      <Trouble refused={answering.refused} />
      <Button isBusy={answering.isRunning} isWide onPress={() => void answering.run(true)}>
        {say.takeLess(rupiah(proposal.total))}
      </Button>
      <Button isBusy={answering.isRunning} isWide look="danger" onPress={() => void answering.run(false)}>
        {say.refuseLess}
      </Button>
    </div>
  );
}

function sumsOf(part: SubOrder): Sum[] {
  return [
    ...part.lines.map((line) => ({
      name: `${line.quantity} × ${line.title}`,
      amount: line.total,
      why: [...line.options, ...(line.note ? [`“${line.note}”`] : [])],
    })),
    ...(part.packing ? [{ name: ordering.packing, amount: part.packing }] : []),
    ...(part.delivery
      ? [{ name: ordering.delivery, amount: part.delivery, why: part.deliveryLines.map(worded) }]
      : []),
    ...(part.tip ? [{ name: ordering.tip, amount: part.tip }] : []),
    { name: ordering.total, amount: part.total, isTotal: true },
    ...part.refunds.map((refund) => ({
      name: `${say.refunded} (${named(refundStates, refund.state)})`,
      amount: -refund.amount,
    })),
  ];
}
