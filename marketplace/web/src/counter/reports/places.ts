/** The first and the last day of what is shown. */
export type Days = { from: string; to: string };

function within({ from, to }: Days): string {
  return String(new URLSearchParams({ dari: from, sampai: to }));
}

/** What was posted on one account in these days. */
export function postingsOf(accountId: string, days: Days): string {
  return `/loket/akun/${encodeURIComponent(accountId)}?${within(days)}`;
}

/** The trial balance of these days. */
export function trialBalanceOf(days: Days): string {
  return `/loket/neraca-saldo?${within(days)}`;
}
