import { expect, test } from "vitest";
import {
  BLANK,
  boundsOf,
  type Draft,
  deltaIn,
  draftOf,
  type Group,
  groupOf,
  groupsWith,
  NEW,
  wrongIn,
} from "./draft";

const line = (name: string, price = "", isSoldOut = false) => ({ name, price, isSoldOut });
const heat: Draft = { ...NEW, name: " Tingkat pedas ", lines: [line("Biasa"), line("Setan", "2.000"), BLANK] };
const extras: Group = {
  id: "g",
  name: "Tambahan",
  least: 0,
  most: 3,
  options: [
    { id: "1", name: "Telur", priceDelta: 3000, isAvailable: true },
    { id: "2", name: "Tanpa nasi", priceDelta: -1000, isAvailable: true },
    { id: "3", name: "Keju", priceDelta: 0, isAvailable: false },
  ],
};

test.each([
  ["", 0],
  ["2.000", 2000],
  ["+2000", 2000],
  [" -1.000", -1000],
  ["−1000", -1000],
  ["-", undefined],
  ["-0", 0],
  ["dua", undefined],
  ["--5", undefined],
])("%j adds %j", (text, amount) => {
  expect(deltaIn(text)).toBe(amount);
});

test.each([
  [{}, { least: 1, most: 1 }],
  [{ isRequired: false }, { least: 0, most: 1 }],
  [{ isSeveral: true }, { least: 1, most: 2 }],
  [
    { isSeveral: true, isRequired: false, most: 9 },
    { least: 0, most: 2 },
  ],
  [
    { isSeveral: true, least: 5 },
    { least: 2, most: 2 },
  ],
  [
    { isSeveral: true, lines: [BLANK] },
    { least: 1, most: 1 },
  ],
])("with %j are chosen %j", (change, bounds) => {
  expect(boundsOf({ ...heat, ...change })).toEqual(bounds);
});

test("a group is sent without its blank lines, and not before it is whole", () => {
  expect(groupOf(heat)).toEqual({
    ...{ name: "Tingkat pedas", least: 1, most: 1 },
    options: [
      { name: "Biasa", priceDelta: 0, isAvailable: true },
      { name: "Setan", priceDelta: 2000, isAvailable: true },
    ],
  });
  for (const lacking of [{ name: " " }, { lines: [BLANK] }, { lines: [line("", "5")] }, { lines: [line("a", "x")] }])
    expect(groupOf({ ...heat, ...lacking })).toBeUndefined();
  expect([wrongIn(BLANK), wrongIn(line("", "5")), wrongIn(line("a", "x"))]).toEqual([
    { name: false, price: false },
    { name: true, price: false },
    { name: false, price: true },
  ]);
});

test("a group that stands is sent as it stood", () => {
  const { id: _, ...facts } = extras;
  const sent = { ...facts, options: facts.options.map(({ id: __, ...option }) => option) };
  expect(groupOf(draftOf(extras))).toEqual(sent);
  expect(groupsWith([extras], 1, null)).toEqual([sent]);
  expect(groupsWith([extras, extras], 0, null)).toEqual([sent]);
  expect(groupsWith([extras], 0, { ...sent, name: "Lauk" })).toEqual([{ ...sent, name: "Lauk" }]);
});
