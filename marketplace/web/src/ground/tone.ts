const GOOD = new Set([
  "ACCEPTED",
  "PREPARING",
  "READY",
  "IN_SERVICE",
  "COLLECTED",
  "DELIVERED",
  "CLOSED",
  "RESOLVED",
]);
const BAD = new Set(["CANCELLED", "DECLINED", "EXPIRED", "RETURNED"]);

/** The colour of a sub-order's state. */
export function tone(state: string): "good" | "warn" | "bad" {
  if (GOOD.has(state)) return "good";
  return BAD.has(state) ? "bad" : "warn";
}
