import { expect, test } from "vitest";
import { keyOf, likeliest, movedBy } from "./entries";

const entry = (cause: string, debit: number, credit: number) => ({
  day: "2026-11-01",
  voucherNumber: null,
  description: null,
  causeKind: "voucher.posted",
  cause,
  debit,
  credit,
});

test("a line is offered what is likely first, then what went the same way", () => {
  const [came, alsoCame, went] = [entry("a", 500, 0), entry("b", 200, 0), entry("c", 0, 500)];
  expect(movedBy(went)).toBe(-500);
  expect(likeliest(700, [alsoCame], [came, alsoCame, went]).map(keyOf)).toEqual([
    "voucher.posted:b",
    "voucher.posted:a",
  ]);
  expect(likeliest(-500, [], [came, went])).toEqual([went]);
  expect(
    likeliest(
      1,
      [],
      Array.from({ length: 80 }, (_, n) => entry(String(n), 1, 0)),
    ),
  ).toHaveLength(50);
});
