import { expect, test } from "vitest";
import type { SaleFragment } from "./api";
import { takingsOf } from "./takings";

function sale(state: SaleFragment["state"], ...amounts: [SaleFragment["split"][number]["party"]["kind"], number][]) {
  const rule = { name: "seller_share", value: "95 %", instrument: "", article: null };
  const split = amounts.map(([kind, amount]) => ({ amount, party: { kind }, rule }));
  return {
    id: "1",
    number: "1",
    state,
    fulfilment: "DELIVERY" as const,
    placedAt: "2026-11-26T03:00:00Z",
    total: 0,
    lines: [],
    split,
    job: null,
  };
}

test("what is settled, what is under way, and what was never sold", () => {
  const sales = [
    sale("DELIVERED", ["SELLER", 9500], ["SELLER_COOPERATIVE", 500]),
    sale("RESOLVED", ["SELLER", 5000], ["BUYER", 5000]),
    sale("PREPARING", ["SELLER", 1900]),
    sale("PAID", ["SELLER", 950]),
    sale("DISPUTED", ["SELLER", 100]),
    sale("PLACED", ["SELLER", 7000]),
    sale("DECLINED"),
    sale("CANCELLED", ["SELLER", 300]),
  ];
  expect(takingsOf(sales)).toEqual({ orders: 5, settled: 14_800, expected: 2950 });
});

test("what was paid for a driver kept waiting is taken off", () => {
  const job = { id: "j", waiting: { amount: 3500, indonesian: "", english: "" } };
  const sales = [
    { ...sale("DELIVERED", ["SELLER", 9500]), job },
    { ...sale("COLLECTED", ["SELLER", 5000]), job },
  ];
  expect(takingsOf(sales)).toEqual({ orders: 2, settled: 6000, expected: 1500 });
});

test("a day without orders", () => {
  expect(takingsOf([])).toEqual({ orders: 0, settled: 0, expected: 0 });
});
