import { expect, test } from "vitest";
import { percent, rateIn } from "./rate";

test("a rate is typed as people write it", () => {
  for (const [typed, rate] of [
    ["12", 1200],
    ["1,5", 150],
    ["0.75 %", 75],
    ["1,05", 105],
  ] as const)
    expect(rateIn(typed)).toBe(rate);
  for (const wrong of ["", "a", "1,505", "-2"]) expect(rateIn(wrong)).toBeUndefined();
});

test("and shown so", () => {
  expect([1200, 150, 75, 105].map(percent)).toEqual(["12 %", "1,5 %", "0,75 %", "1,05 %"]);
});
