import type { StallFragment } from "./api";

export type Span = NonNullable<StallFragment["openingHours"]>[number];

export const WEEK = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const satisfies Span["weekday"][];

/** What a day begins with when it is opened. */
export const USUAL = { opens: "08:00", closes: "17:00" };

/** The whole week with the hours of one of its days. */
export function asOnAllDays(week: readonly Span[], weekday: Span["weekday"]): Span[] {
  const model = week.filter((span) => span.weekday === weekday);
  return WEEK.flatMap((each) => model.map((span) => ({ ...span, weekday: each })));
}
