import { expect, test } from "vitest";
import { saidOf } from "./by-law";
import { inFours } from "./parts/code";

test.each([
  ["DELEGATES_ALLOWED", "COUNT", 1, "ya"],
  ["VOTES_WEIGHTED", "COUNT", 0, "tidak"],
  ["ACTIVE_TRANSACTIONS", "COUNT", 12, "12 transaksi"],
  ["SAVINGS_MANDATORY_MONTHLY", "RUPIAH", 20_000, "Rp20.000"],
  ["MEETING_NOTICE", "DAYS", 7, "7 hari"],
] as const)("a by-law's value is said in words: %s", (name, unit, value, said) => {
  expect(saidOf({ name, unit }, value)).toBe(said);
});

test("a long code stands in groups of four", () => {
  expect(inFours("09af3c5e77b1")).toBe("09af 3c5e 77b1");
});
