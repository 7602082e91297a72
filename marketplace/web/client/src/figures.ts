/** What the node's messages, and figures, are written in. */
export type Language = "id" | "en";

/**
 * How each language writes numbers, clocks and days; the months' and weekdays' names in their order.
 *
 * Written here because `Intl` has a cheap phone read its tables for a quarter of a second before the first figure.
 */
const WRITTEN = {
  id: {
    point: ",",
    thousands: ".",
    clock: ".",
    today: "Hari ini",
    months: "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" "),
    weekdays: "Minggu Senin Selasa Rabu Kamis Jumat Sabtu".split(" "),
  },
  en: {
    point: ".",
    thousands: ",",
    clock: ":",
    today: "Today",
    months: "January February March April May June July August September October November December".split(" "),
    weekdays: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" "),
  },
} as const;

function grouped(whole: number, language: Language): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, WRITTEN[language].thousands);
}

/** Whole rupiah: `Rp18.000`; below zero with a true minus. */
export function rupiah(amount: number): string {
  return `${amount < 0 ? "−" : ""}Rp${grouped(Math.abs(amount), "id")}`;
}

function made(language: Language) {
  const { point, clock: between, today, months, weekdays } = WRITTEN[language];
  const two = (n: number) => String(n).padStart(2, "0");
  const count = (n: number) => grouped(Math.round(n), language);
  const tenths = (n: number) => {
    const all = Math.round(n * 10);
    return `${count(Math.floor(all / 10))}${all % 10 ? point + (all % 10) : ""}`;
  };
  const clock = (at: Date) => `${two(at.getHours())}${between}${two(at.getMinutes())}`;
  const date = (at: Date) => `${at.getDate()} ${months[at.getMonth()]}`;
  const weekday = (at: Date) => weekdays[at.getDay()];
  const isToday = (at: Date, now: Date) => at.toDateString() === now.toDateString();
  return {
    count,
    /** The month of a day: `November 2026`. */
    month: (at: Date) => `${months[at.getMonth()]} ${at.getFullYear()}`,
    /** A day with its year: `5 November 2026`. */
    date: (at: Date) => `${date(at)} ${at.getFullYear()}`,
    /** Metres, as people say them: `350 m`, `1,2 km`. */
    distance: (metres: number) =>
      metres < 950 ? `${Math.round(metres / 50) * 50 || 50} m` : `${tenths(metres / 1000)} km`,
    /** A moment on the reader's clock: `14.05`, with its day unless that is today. */
    time(iso: string, now = new Date()) {
      const at = new Date(iso);
      return isToday(at, now) ? clock(at) : `${date(at)}, ${clock(at)}`;
    },
    /** A moment on the reader's clock, whichever its day: `14.05`. */
    clock: (iso: string) => clock(new Date(iso)),
    /** The day of a moment: `Hari ini`, `25 November`. */
    day(iso: string, now = new Date()) {
      const at = new Date(iso);
      return isToday(at, now) ? today : date(at);
    },
    /** The same with its weekday: `Hari ini`, `Rabu 25 November`. */
    weekday: (iso: string, now = new Date()) => {
      const at = new Date(iso);
      return isToday(at, now) ? today : `${weekday(at)} ${date(at)}`;
    },
    /** A moment to come, within a week by its weekday: `Senin 08.00`. */
    soon(iso: string, now = new Date()) {
      const at = new Date(iso);
      if (isToday(at, now)) return clock(at);
      const ahead = at.getTime() - now.getTime();
      const isWithinWeek = ahead >= 0 && ahead < 6 * 86_400_000;
      return `${isWithinWeek ? weekday(at) : date(at)} ${clock(at)}`;
    },
  };
}

const known: Partial<Record<Language, ReturnType<typeof made>>> = {};

/** How numbers, distances and times are written in this language. */
export function figures(language: Language): ReturnType<typeof made> {
  known[language] ??= made(language);
  return known[language];
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
