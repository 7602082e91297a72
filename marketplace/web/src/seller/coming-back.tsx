import { useEffect } from "preact/hooks";
import { useAsked } from "../ground/asking";
import { Card } from "../ground/parts/card";
import { Pin } from "../ground/parts/pin";
import { ComingBackDocument } from "./api";
import { say } from "./words";

/** What couldn't be handed over is told by nobody: the shop looks. */
const LOOK_MS = 15_000;

/** Goods that a driver brings back, with the PIN to tell him once they are here; nothing where there are none. */
export function ComingBack() {
  const asked = useAsked(ComingBackDocument, {});
  useEffect(() => {
    const timer = setInterval(() => document.hidden || void asked.again(), LOOK_MS);
    return () => clearInterval(timer);
  }, [asked.again]);
  const shops = asked.answer?.viewer?.selling ?? [];
  const parts = shops.flatMap((shop) => shop.subOrders.nodes).filter((part) => part.job?.pickup.returnPin);
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
