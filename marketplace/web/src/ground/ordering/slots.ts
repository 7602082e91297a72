import { dayOf } from "../days";
import { grouped } from "../grouped";
import { Refused } from "../refused";

/** A time at which a service can be had, by how many at once, and how many places are free. */
export type Slot = { id: string; startsAt: string; endsAt: string; capacity: number; freePlaces: number };

/** Slots by the day on which they begin, on the reader's calendar, in the order in which they came. */
export function byDay<T extends Slot>(slots: readonly T[]): Map<string, [T, ...T[]]> {
  return grouped(slots, ({ startsAt }) => dayOf(new Date(startsAt)));
}

/** Of these slots, the one that begins closest to when another did. */
export function nearest(slots: readonly Slot[], { startsAt }: Slot): Slot | undefined {
  const away = (slot: Slot) => Math.abs(Date.parse(slot.startsAt) - Date.parse(startsAt));
  return slots.reduce<Slot | undefined>((best, each) => (best && away(best) <= away(each) ? best : each), undefined);
}

/** Whether an order was refused because its slot was booked meanwhile, or is offered no longer. */
export function isGone(thrown: unknown): boolean {
  return thrown instanceof Refused && (thrown.code === "SLOT_TAKEN" || thrown.code === "NOT_FOUND");
}
