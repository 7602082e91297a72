import { language } from "./language";
import { say } from "./words";

const LOCALE = { id: "id-ID", en: "en-GB" } as const;

function made<T>(make: (locale: string) => T): () => T {
  const both: Partial<Record<"id" | "en", T>> = {};
  return () => {
    both[language.value] ??= make(LOCALE[language.value]);
    return both[language.value] as T;
  };
}

const whole = made((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const tenths = made((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));
const clock = made((locale) => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }));
const date = made((locale) => new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }));
const weekday = made((locale) => new Intl.DateTimeFormat(locale, { weekday: "long" }));

/** Whole rupiah: `Rp18.000`; below zero with a true minus. */
export function rupiah(amount: number): string {
  return `${amount < 0 ? "−" : ""}Rp${new Intl.NumberFormat("id-ID").format(Math.abs(amount))}`;
}

export function count(n: number): string {
  return whole().format(n);
}

/** Metres, as people say them: `350 m`, `1,2 km`. */
export function distance(metres: number): string {
  return metres < 950
    ? say.metres(Math.round(metres / 50) * 50 || 50)
    : say.kilometres(tenths().format(metres / 1000));
}

/** A moment on the reader's clock: `14.05`, with its day unless that is today. */
export function time(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === now.toDateString();
  return isToday ? clock().format(at) : `${date().format(at)}, ${clock().format(at)}`;
}

/** The day of a moment: `Hari ini`, `25 November`. */
export function day(iso: string, now = new Date()): string {
  const at = new Date(iso);
  return at.toDateString() === now.toDateString() ? say.today : date().format(at);
}

/** The day of a moment within a sentence: `hari ini`, `25 November`. */
export function dayWithin(iso: string, now = new Date()): string {
  const said = day(iso, now);
  return said === say.today ? said.toLowerCase() : said;
}

/** A moment to come, within a week by its weekday: `Senin 08.00`. */
export function soon(iso: string, now = new Date()): string {
  const at = new Date(iso);
  if (at.toDateString() === now.toDateString()) return clock().format(at);
  const isWithinWeek = at.getTime() - now.getTime() < 6 * 86_400_000;
  return `${isWithinWeek ? weekday().format(at) : date().format(at)} ${clock().format(at)}`;
}

type Point = { lat: number; lon: number };

/** Metres between two points along the earth's surface (haversine). */
export function metresBetween(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const half = (d: number) => Math.sin((d * rad) / 2) ** 2;
  const h = half(b.lat - a.lat) + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * half(b.lon - a.lon);
  return Math.round(2 * 6_371_000 * Math.asin(Math.sqrt(h)));
}

/** A whole number that somebody typed, thousands' points and all; null for none, undefined for no number. */
export function numberIn(text: string): number | null | undefined {
  const digits = text.replace(/[\s.]/g, "");
  if (digits === "") return null;
  return /^\d{1,12}$/.test(digits) ? Number(digits) : undefined;
}
