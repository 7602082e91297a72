import { useEffect } from "preact/hooks";
import { place, position } from "../ground/place";
import { Refused } from "../ground/refused";
import { account, ask } from "../ground/session";
import { ReportPositionDocument } from "./api";
import { say } from "./words";

type Point = { lat: number; lon: number };
/** As often as the node wants to hear it. */
const EVERY_MS = 30_000;
const SOON_MS = 2_000;

/** Where the phone is, else where its holder last said; throws `Refused` when nothing is known. */
export async function here(): Promise<Point> {
  const found = (await known()) ?? place.value;
  if (!found) throw new Refused({ code: "NO_PLACE", message: say.noPlace, retryable: true });
  return { lat: found.lat, lon: found.lon };
}

/** Where the phone is; null when it won't say. */
export function known(): Promise<Point | null> {
  return position().catch(() => null);
}

/** Tell the node where the driver is while he is on shift. One that is lost is nothing: the next follows. */
export function usePlaceTold(isOnShift: boolean): void {
  useEffect(() => {
    if (!isOnShift) return;
    const tell = async () => {
      const point = document.hidden || !account.value ? null : await known();
      if (point) await ask(ReportPositionDocument, { input: { place: point } }).catch(() => undefined);
    };
    const timer = setInterval(() => void tell(), EVERY_MS);
    return () => clearInterval(timer);
  }, [isOnShift]);
}

/** The same, without keeping anybody waiting: where it isn't known at once, what happened goes without. */
export function soonKnown(): Promise<Point | null> {
  return Promise.race([known(), new Promise<null>((resolve) => setTimeout(() => resolve(null), SOON_MS))]);
}
