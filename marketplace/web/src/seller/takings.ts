import type { SaleFragment } from "./api";
import { earnedOf } from "./shares";

/** Nothing was sold: the order ended before the shop took it, or was never paid. */
const UNSOLD = new Set(["PLACED", "DECLINED", "EXPIRED", "CANCELLED"]);
/** Settled: what the shop gets of it changes no more by itself. */
const SETTLED = new Set(["DELIVERED", "CLOSED", "RESOLVED", "RETURNED"]);

export type Takings = {
  /** How many orders were taken. */
  orders: number;
  /** What the shop has got of those that are settled, and of what ended early. */
  settled: number;
  /** What it will get of those under way. */
  expected: number;
};

/** What a day's orders come to for the shop. */
export function takingsOf(sales: readonly SaleFragment[]): Takings {
  const takings = { orders: 0, settled: 0, expected: 0 };
  for (const { state, split, job } of sales) {
    if (state === "PLACED") continue;
    if (!UNSOLD.has(state)) takings.orders += 1;
    const got = earnedOf(split) - (job?.waiting?.amount ?? 0);
    if (UNSOLD.has(state) || SETTLED.has(state)) takings.settled += got;
    else takings.expected += got;
  }
  return takings;
}
