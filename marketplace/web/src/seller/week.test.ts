import { expect, test } from "vitest";
import { pauses } from "./pauses";
import { asOnAllDays, type Span, WEEK } from "./week";

const MORNING: Span = { weekday: "MONDAY", opens: "06:00", closes: "10:00" };
const EVENING: Span = { weekday: "MONDAY", opens: "16:00", closes: "21:00" };
const SUNDAY: Span = { weekday: "SUNDAY", opens: "08:00", closes: "12:00" };

test("a day's hours on all days, each of its spans", () => {
  const week = asOnAllDays([MORNING, EVENING, SUNDAY], "MONDAY");
  expect(week).toHaveLength(14);
  expect(week.filter((span) => span.weekday === "SUNDAY")).toEqual([
    { ...MORNING, weekday: "SUNDAY" },
    { ...EVENING, weekday: "SUNDAY" },
  ]);
});

test("as on a closed day: the shop is closed all week", () => {
  expect(asOnAllDays([SUNDAY], WEEK[0])).toEqual([]);
});

test("a pause until the day ends ends at midnight", () => {
  const [half, , , today] = pauses(new Date(2026, 10, 30, 23, 50));
  expect(half?.until).toEqual(new Date(2026, 11, 1, 0, 20));
  expect(today?.until).toEqual(new Date(2026, 11, 1));
});
