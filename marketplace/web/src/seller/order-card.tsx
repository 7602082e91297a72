import { Phone } from "lucide";
import { atDay, rupiah, time } from "../ground/figures";
import { named } from "../ground/language";
import { say as ordering } from "../ground/ordering/words";
import { Badge } from "../ground/parts/badge";
import { ButtonLink } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Pin } from "../ground/parts/pin";
import { vehicles } from "../ground/values";
import { Answer } from "./answer";
import type { WorkFragment } from "./api";
import { CounterForm } from "./counter-form";
import { isWaiting, useIncoming } from "./incoming";
import styles from "./order-card.module.css";
import { Progress } from "./progress";
import { Shares } from "./shares";
import { fulfilments, jobStates, say } from "./words";

/** An order as the kitchen needs it: what to make, until when, and the next step. */
export function OrderCard({ part }: { part: WorkFragment }) {
  const hasShops = (useIncoming().answer?.viewer?.selling.length ?? 0) > 1;
  return (
    <Card about={part.number}>
      <div class={styles.head}>
        <h3>{part.number}</h3>
        <Badge tone={part.fulfilment === "DELIVERY" ? "calm" : "warn"}>{named(fulfilments, part.fulfilment)}</Badge>
      </div>
      {part.order.channel === "PHONE" && (
        <p>
          <Badge>{say.byPhone}</Badge>
        </p>
      )}
      <p class={styles.soft}>
        {[hasShops && part.seller.name, time(part.placedAt), part.buyer?.name].filter(Boolean).join(" · ")}
      </p>
      {part.fulfilment === "SERVICE" && part.promisedAt && (
        <p class={styles.due}>{ordering.booked(atDay(part.promisedAt))}</p>
      )}
      <ul class={styles.lines}>
        {part.lines.map((line) => (
          <li class={styles.line} key={line.id}>
            <strong class={styles.quantity}>{line.quantity} ×</strong>
            <span>
              {line.title}
              {line.options.length > 0 && <span class={styles.option}>{line.options.join(", ")}</span>}
              {line.note && <span class={styles.note}>“{line.note}”</span>}
            </span>
          </li>
        ))}
      </ul>
      {part.note && <p class={styles.note}>“{part.note}”</p>}
      <p>
        <strong>{rupiah(part.goods + part.packing)}</strong> · {paidBy(part)}
      </p>
      <Shares split={part.split} />
      {part.dropoffPin && <Pin about={say.pinOfCaller} digits={part.dropoffPin} />}
      <Step part={part} />
    </Card>
  );
}

function Step({ part }: { part: WorkFragment }) {
  if (isWaiting(part)) return <Answer part={part} />;
  if (part.state !== "READY" && part.state !== "IN_SERVICE") return <Progress part={part} />;
  return part.fulfilment === "DELIVERY" ? <Driver part={part} /> : <CounterForm part={part} />;
}

/** Whether there is money to take, and who takes it. */
function paidBy({ paymentMethod, fulfilment, total }: WorkFragment): string {
  if (paymentMethod !== "CASH") return say.paidOnline;
  return fulfilment === "DELIVERY" ? say.cashToDriver : say.takeCash(rupiah(total));
}

/** Who fetches it, and the PIN to tell him. */
function Driver({ part }: { part: WorkFragment }) {
  const driver = part.job?.driver;
  return (
    <>
      <p>
        <strong>{named(jobStates, part.job?.state ?? "OPEN")}</strong>
      </p>
      {driver && (
        <div class={styles.head}>
          <p>
            {driver.name} · {named(vehicles, driver.vehicle)} {driver.plate}
          </p>
          {driver.phone && (
            <ButtonLink href={`tel:${driver.phone}`} icon={Phone} look="quiet">
              {say.call}
            </ButtonLink>
          )}
        </div>
      )}
      {driver && part.pickupPin && <Pin about={say.pinToDriver} digits={part.pickupPin} />}
    </>
  );
}
