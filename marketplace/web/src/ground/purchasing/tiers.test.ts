import { expect, test } from "vitest";
import { nextTier, tierAt } from "./tiers";

const TIERS = [
  { least: 10, price: 38_000 },
  { least: 50, price: 35_500 },
];

test("all together pay the price of the tier that they reach, and see the next", () => {
  const told = [0, 9, 10, 49, 50, 60].map((n) => [n, tierAt(TIERS, n)?.price, nextTier(TIERS, n)?.least]);
  expect(told).toEqual([
    [0, undefined, 10],
    [9, undefined, 10],
    [10, 38_000, 50],
    [49, 38_000, 50],
    [50, 35_500, undefined],
    [60, 35_500, undefined],
  ]);
});
