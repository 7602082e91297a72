const ANSWERED = new Set([
  "DELIVERED",
  "CLOSED",
  "RETURNED",
  "CANCELLED",
  "DECLINED",
  "EXPIRED",
  "RESOLVED",
  "DISPUTED",
]);
const BEFORE_COLLECTED = new Set(["PLACED", "PAID", "CASH_AGREED", "ACCEPTED", "PREPARING", "READY"]);

/** Whether nothing more happens by itself. */
export function isOver(state: string): boolean {
  return ANSWERED.has(state);
}

/** Whether the buyer may still ask to end it; the API has the last word. */
export function mayCancel(state: string): boolean {
  return BEFORE_COLLECTED.has(state);
}

/** Whether the shop has work in it already, which who ends it now still pays; the API has the last word. */
export function hasBegun(state: string): boolean {
  return state === "PREPARING" || state === "READY" || state === "IN_SERVICE";
}

/** Whether the buyer may say what was wrong; the API has the last word. */
export function mayComplain(state: string): boolean {
  return state === "DELIVERED";
}

/** Whether it ended early after work was done for it, so that somebody bears what that cost. */
export function hadCosts(state: string): boolean {
  return isOver(state) && state !== "DECLINED" && state !== "EXPIRED";
}
