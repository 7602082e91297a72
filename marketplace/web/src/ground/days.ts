import { figures } from "#client";
import { language } from "./language";

/** Days as the API writes them: `2026-11-26`, on the reader's own calendar. */
export function dayOf(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function today(): string {
  return dayOf(new Date());
}

export function firstOfYear(): string {
  return `${new Date().getFullYear()}-01-01`;
}

/** The first day of the month that lies `by` months from this day's: `("2026-01-15", -1)` is `2025-12-01`. */
export function monthFrom(day: string, by: number): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return dayOf(new Date(year, month - 1 + by, 1));
}

/** The day before this one: of `2026-03-01` it is `2026-02-28`. */
export function dayBefore(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return dayOf(new Date(year, month - 1, date - 1));
}

/** `November 2026`. */
export function monthName(day: string): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return figures(language.value).month(new Date(year, month - 1, 1));
}

/** `5 November 2026`. */
export function dateName(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return figures(language.value).date(new Date(year, month - 1, date));
}
