/** Signs that turn the direction of whatever stands after them: nobody needs them to write a name. */
const TURNING = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/g;
/** Letters that are read from the right. */
const FROM_THE_RIGHT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** A text as it may be sent to the node: without signs that turn what stands after it. */
export function straight(text: string): string {
  return text.replace(TURNING, "");
}

/**
 * A text that somebody wrote, as it may stand beside others: what is read from the right stays by itself (between the
 * signs FSI and PDI), so that a price after it is not turned around.
 */
export function apart(text: string): string {
  const kept = straight(text);
  return FROM_THE_RIGHT.test(kept) ? `\u2068${kept}\u2069` : kept;
}

/** For `JSON.parse`: every text of an answer set apart. */
export function reviver(_: string, value: unknown): unknown {
  return typeof value === "string" ? apart(value) : value;
}
