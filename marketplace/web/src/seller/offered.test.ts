import { expect, test } from "vitest";
import type { OfferedFragment } from "./api";
import { standingOf } from "./offered";

function offered(state: OfferedFragment["state"], isAvailable: boolean, ...left: (number | null)[]): OfferedFragment {
  const variants = left.map((available, n) => ({
    id: `${n}`,
    name: "",
    unit: "PORTION" as const,
    price: 1000,
    weight: null,
    stock: available === null ? null : { available, onHand: available },
  }));
  return {
    id: "1",
    title: "Nasi",
    description: "",
    kind: "FOOD",
    state,
    isAvailable,
    cover: null,
    variants,
    category: null,
  };
}

test.each([
  ["PUBLISHED", true, [null], "onSale"],
  ["PUBLISHED", true, [0, 2], "onSale"],
  ["PUBLISHED", false, [null], "soldOutToday"],
  ["PUBLISHED", false, [0, 2], "soldOutToday"],
  ["PUBLISHED", false, [0, 0], "noStock"],
  ["UNPUBLISHED", false, [2], "offSale"],
  ["DRAFT", false, [2], "offSale"],
  ["SUSPENDED", false, [2], "suspended"],
] as const)("%s, available %s, with %j left: %s", (state, isAvailable, left, standing) => {
  expect(standingOf(offered(state, isAvailable, ...left))).toBe(standing);
});
