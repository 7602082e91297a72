import type { EntryFragment } from "../api";

/** So many entries are offered for one line of the bank's. */
const MOST = 50;

/** What an entry moved on the account: above zero came in. */
export function movedBy({ debit, credit }: EntryFragment): number {
  return debit - credit;
}

/** What tells one entry from the others. */
export function keyOf({ causeKind, cause }: EntryFragment): string {
  return `${causeKind}:${cause}`;
}

/** The entries that a line of this amount may be: the suggested ones first, then those that went the same way. */
export function likeliest(
  amount: number,
  suggested: readonly EntryFragment[],
  entries: readonly EntryFragment[],
): EntryFragment[] {
  const first = new Set(suggested.map(keyOf));
  const others = entries.filter((entry) => !first.has(keyOf(entry)) && movedBy(entry) > 0 === amount > 0);
  return [...suggested, ...others].slice(0, MOST);
}
