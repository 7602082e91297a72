import { expect, test } from "vitest";
import { Refused } from "../refused";
import { byDay, isGone, nearest } from "./slots";

const at = (day: number, hour: number) => {
  const startsAt = new Date(2026, 10, day, hour).toISOString();
  return { id: `${day} ${hour}`, startsAt, endsAt: startsAt, capacity: 1, freePlaces: 1 };
};
const slots = [at(27, 8), at(27, 10), at(28, 0), at(28, 9)];

test("slots stand under the reader's days", () => {
  expect([...byDay(slots)].map(([day, each]) => [day, each.length])).toEqual([
    ["2026-11-27", 2],
    ["2026-11-28", 2],
  ]);
});

test.each([
  [at(27, 9), "27 8"],
  [at(27, 11), "27 10"],
  [at(30, 1), "28 9"],
])("for %j there is %s", (lost, instead) => {
  expect(nearest(slots, lost)?.id).toBe(instead);
});

test("without slots there is none instead", () => {
  expect(nearest([], at(27, 9))).toBeUndefined();
});

test.each([
  [new Refused({ code: "SLOT_TAKEN", message: "", retryable: false }), true],
  [new Refused({ code: "NOT_FOUND", message: "", retryable: false }), true],
  [new Refused({ code: "SHOP_CLOSED", message: "", retryable: false }), false],
  [new Error("gone"), false],
])("%o is the slot's end: %s", (thrown, gone) => {
  expect(isGone(thrown)).toBe(gone);
});
