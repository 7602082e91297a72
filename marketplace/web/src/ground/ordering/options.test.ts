import { expect, test } from "vitest";
import { costOf, isComplete, toggled } from "./options";

function group(id: string, least: number, most: number, ...options: [string, number][]) {
  return {
    id,
    name: id,
    least,
    most,
    options: options.map(([name, priceDelta]) => ({ id: name, name, priceDelta, isAvailable: true })),
  };
}

const heat = group("heat", 1, 1, ["mild", 0], ["hot", 1000]);
const extra = group("extra", 0, 2, ["egg", 4000], ["rice", 5000], ["crisps", 2000]);
const listing = {
  variants: [{ id: "v", name: "", unit: "PORTION" as const, price: 18000, stock: null }],
  optionGroups: [heat, extra],
};

test.each([
  [heat, [], "mild", ["mild"]],
  [heat, ["mild"], "hot", ["hot"]],
  [heat, ["hot"], "hot", ["hot"]],
  [heat, ["mild", "egg"], "hot", ["egg", "hot"]],
  [extra, ["mild"], "egg", ["mild", "egg"]],
  [extra, ["egg"], "egg", []],
  [extra, ["egg", "rice"], "crisps", ["egg", "rice"]],
])("touching in %o with %j: %s", (of, held, touched, then) => {
  expect(toggled(of, held, touched)).toEqual(then);
});

test.each([
  [[], false, 18000],
  [["mild"], true, 18000],
  [["hot", "egg", "rice"], true, 28000],
  [["egg"], false, 22000],
])("with %j complete is %s, and one costs %i", (options, complete, cost) => {
  expect(isComplete(listing, { variantId: "v", options })).toBe(complete);
  expect(costOf(listing, { variantId: "v", options })).toBe(cost);
});
