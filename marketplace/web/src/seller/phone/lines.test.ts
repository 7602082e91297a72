import { expect, test } from "vitest";
import type { OrderableFragment } from "../api";
import { chosenWords, type Line, onlyChoice, priceOf, serviceOf, wantedOf, withOne } from "./lines";

const heat = {
  id: "heat",
  name: "Pedas",
  least: 0,
  most: 1,
  options: [{ id: "hot", name: "Pedas sekali", priceDelta: 1000, isAvailable: true }],
};
const rice: OrderableFragment = {
  id: "rice",
  title: "Nasi goreng",
  kind: "FOOD",
  isAvailable: true,
  isByQuote: false,
  price: { least: 15000, most: 15000 },
  cover: null,
  variants: [{ id: "v", name: "", price: 15000, stock: null }],
  optionGroups: [heat],
};

test("what is wanted in the same way is counted up, in another way it is a line of its own", () => {
  const plain = { variantId: "v", options: [] };
  let lines: Line[] = [];
  for (const chosen of [plain, { variantId: "v", options: ["hot"] }, plain]) lines = withOne(lines, rice, chosen);
  expect(wantedOf(lines)).toEqual([
    { variantId: "v", options: [], quantity: 2 },
    { variantId: "v", options: ["hot"], quantity: 1 },
  ]);
  expect(lines.map(priceOf)).toEqual([30000, 16000]);
  expect(lines.map(chosenWords)).toEqual(["", "Pedas sekali"]);
});

test("a service is ordered by itself", () => {
  const massage = { ...rice, id: "massage", kind: "SERVICE" as const };
  const plain = { variantId: "v", options: [] };
  const before = withOne([], rice, plain);
  const booked = withOne(before, massage, plain);
  expect(booked.map(({ listing }) => listing.id)).toEqual(["massage"]);
  expect(withOne(booked, rice, plain).map(({ listing }) => listing.id)).toEqual(["rice"]);
  expect([serviceOf(before)?.id, serviceOf(booked)?.id]).toEqual([undefined, "massage"]);
});

test("one touch takes what leaves no choice", () => {
  expect(onlyChoice(rice)).toBeUndefined();
  expect(onlyChoice({ ...rice, optionGroups: [] })).toEqual({ variantId: "v", options: [] });
});
