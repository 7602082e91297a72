import { useEffect } from "preact/hooks";
import { useAsked } from "../ground/asking";
import { Card } from "../ground/parts/card";
import { Pin } from "../ground/parts/pin";
import { account } from "../ground/session";
import { ComingBackDocument, type ComingBackQuery } from "./api";
import { say } from "./words";

/** What couldn't be handed over is told by nobody: the shop looks. */
const LOOK_MS = 15_000;

type Returning = NonNullable<ComingBackQuery["viewer"]>["selling"][number]["subOrders"]["nodes"][number];

/** The orders whose goods a driver brings back. */
export function useComingBack(): Returning[] {
  const asked = useAsked(ComingBackDocument, account.value ? {} : null);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || void asked.again(), LOOK_MS);
    return () => clearInterval(timer);
  }, [asked.again]);
  const shops = asked.answer?.viewer?.selling ?? [];
  return shops.flatMap((shop) => shop.subOrders.nodes).filter((part) => part.job?.pickup.returnPin);
}

/** Each with the PIN to tell once the goods are here; nothing where there are none. */
export function ComingBack({ parts }: { parts: readonly Returning[] }) {
  if (!parts.length) return null;
  return (
    <section class="stack">
      <h2>{say.comingBack}</h2>
      {parts.map((part) => (
        <Card key={part.id}>
          <h3>{part.number}</h3>
          {part.job?.driver && <p>{say.broughtBy(part.job.driver.name)}</p>}
          <Pin about={say.pinReturn} digits={part.job?.pickup.returnPin ?? ""} />
        </Card>
      ))}
    </section>
  );
}
