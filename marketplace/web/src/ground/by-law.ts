import { count } from "./figures";
import { words } from "./language";
import { many } from "./many";
import { measured, type Unit } from "./measured";

const say = words({
  yes: ["ya", "yes"],
  no: ["tidak", "no"],
  transactions: (n: string) => [`${n} transaksi`, many(n, "transaction")],
  times: (n: string) => [`${n} kali simpanan`, `${n} times the savings`],
  members: (n: string) => [`${n} anggota`, many(n, "member")],
  proxies: (n: string) => [`${n} kuasa`, many(n, "proxy", "proxies")],
});

export type ByLaw = { name: string; unit: Unit };

/** They are answered by yes or no, and kept as 1 and 0. */
const YES_OR_NO = new Set(["ASSOCIATES_ALLOWED", "EXPULSION_BY_MEETING", "VOTES_WEIGHTED", "DELEGATES_ALLOWED"]);

/** What is counted, of those that are counts. */
const COUNTED: Record<string, (n: string) => string> = {
  ACTIVE_TRANSACTIONS: (n) => say.transactions(n),
  LOAN_MOST_TIMES_SAVINGS: (n) => say.times(n),
  MEMBERS_A_DELEGATE: (n) => say.members(n),
  PROXIES_A_HOLDER: (n) => say.proxies(n),
};

export function isYesOrNo({ name }: ByLaw): boolean {
  return YES_OR_NO.has(name);
}

/** A by-law's value as people say it: `ya`, `12 transaksi`, `24 %`, `Rp20.000`. */
export function saidOf(byLaw: ByLaw, value: number): string {
  if (isYesOrNo(byLaw)) return value ? say.yes : say.no;
  return COUNTED[byLaw.name]?.(count(value)) ?? measured(byLaw.unit, value);
}
