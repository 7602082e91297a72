import { expect, test } from "vitest";
import { dateName, dayBefore, dayOf, monthFrom, monthName } from "./days";

test.each([
  ["2026-01-15", -1, "2025-12-01"],
  ["2026-01-31", 1, "2026-02-01"],
  ["2026-11-26", 0, "2026-11-01"],
])("from %s by %i months is %s", (day, by, month) => {
  expect(monthFrom(day, by)).toBe(month);
});

test("the day before the first of a month ends the month before", () => {
  expect(dayBefore("2026-03-01")).toBe("2026-02-28");
});

test("days are those of the reader's calendar, named in his language", () => {
  expect(dayOf(new Date(2026, 0, 5))).toBe("2026-01-05");
  expect(monthName("2026-11-26")).toBe("November 2026");
  expect(dateName("2026-08-05")).toBe("5 Agustus 2026");
});
