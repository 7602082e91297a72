/** A line of a voucher as it is typed. */
export type Line = { accountId: string; amount: string; isDebit: boolean };
export type Kind = "CASH_IN" | "CASH_OUT" | "MEMORIAL";
type Booked = { accountId: string; debit: number; credit: number };

/**
 * What is booked of what was typed, or null while something is missing.
 *
 * Cash in debits the cash account with the sum of its lines, cash out credits it; a memorial's lines name their sides.
 */
export function bookedOf(
  kind: Kind,
  cashId: string,
  lines: readonly Line[],
  numberIn: (text: string) => number | null | undefined,
): Booked[] | null {
  const amounts = lines.map(({ amount }) => numberIn(amount) ?? 0);
  if (!lines.length || amounts.some((amount) => amount <= 0) || lines.some(({ accountId }) => !accountId))
    return null;
  const side = (accountId: string, amount: number, isDebit: boolean) => ({
    accountId,
    debit: isDebit ? amount : 0,
    credit: isDebit ? 0 : amount,
  });
  const isDebit = (line: Line) => (kind === "MEMORIAL" ? line.isDebit : kind === "CASH_OUT");
  const typed = lines.map((line, n) => side(line.accountId, amounts[n] ?? 0, isDebit(line)));
  if (kind === "MEMORIAL") return typed;
  if (!cashId) return null;
  const sum = amounts.reduce((all, amount) => all + amount, 0);
  return [side(cashId, sum, kind === "CASH_IN"), ...typed];
}

/** Both sides' sums. */
export function sidesOf(booked: readonly Booked[]): { debits: number; credits: number } {
  return {
    debits: booked.reduce((all, line) => all + line.debit, 0),
    credits: booked.reduce((all, line) => all + line.credit, 0),
  };
}
