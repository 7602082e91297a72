import { expect, test } from "vitest";
import { numberIn } from "../../ground/figures";
import { bookedOf, type Line, sidesOf } from "./entry";

const line = (accountId: string, amount: string, isDebit = true): Line => ({ accountId, amount, isDebit });

test("cash out credits the cash account with the sum of its lines", () => {
  const booked = bookedOf("CASH_OUT", "cash", [line("rent", "1.000"), line("ink", "500")], numberIn);
  expect(booked).toEqual([
    { accountId: "cash", debit: 0, credit: 1500 },
    { accountId: "rent", debit: 1000, credit: 0 },
    { accountId: "ink", debit: 500, credit: 0 },
  ]);
  expect(sidesOf(booked ?? [])).toEqual({ debits: 1500, credits: 1500 });
});

test("cash in debits it", () => {
  expect(bookedOf("CASH_IN", "cash", [line("gift", "700")], numberIn)?.[0]).toEqual({
    accountId: "cash",
    debit: 700,
    credit: 0,
  });
});

test("a memorial's lines name their sides, and may be unequal while they are typed", () => {
  const booked = bookedOf("MEMORIAL", "", [line("a", "10"), line("b", "7", false)], numberIn);
  expect(sidesOf(booked ?? [])).toEqual({ debits: 10, credits: 7 });
});

test.each([
  ["no line", [], "cash"],
  ["no amount", [line("rent", "")], "cash"],
  ["nonsense", [line("rent", "lima")], "cash"],
  ["no account", [line("", "5")], "cash"],
  ["no cash account", [line("rent", "5")], ""],
] as const)("with %s nothing is booked", (_, lines, cash) => {
  expect(bookedOf("CASH_OUT", cash, lines, numberIn)).toBeNull();
});
