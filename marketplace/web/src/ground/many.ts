/** `1 month`, `3 months`: English counts by a word's end, where Indonesian says `3 bulan`. */
export function many(n: number | string, one: string, more = `${one}s`): string {
  return `${n} ${String(n) === "1" ? one : more}`;
}
