/** What the node's messages, and figures, are written in. */
export type Language = "id" | "en";

const LOCALE = { id: "id-ID", en: "en-GB" } as const;

/** Whole rupiah: `Rp18.000`; below zero with a true minus. */
export function rupiah(amount: number): string {
  return `${amount < 0 ? "−" : ""}Rp${new Intl.NumberFormat("id-ID").format(Math.abs(amount))}`;
}

function made(language: Language) {
  const locale = LOCALE[language];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long" });
  const isToday = (at: Date, now: Date) => at.toDateString() === now.toDateString();
  return {
    count: (n: number) => whole.format(n),
    /** Metres, as people say them: `350 m`, `1,2 km`. */
    distance: (metres: number) =>
      metres < 950 ? `${Math.round(metres / 50) * 50 || 50} m` : `${tenths.format(metres / 1000)} km`,
    /** A moment on the reader's clock: `14.05`, with its day unless that is today. */
    time(iso: string, now = new Date()) {
      const at = new Date(iso);
      return isToday(at, now) ? clock.format(at) : `${date.format(at)}, ${clock.format(at)}`;
    },
    /** The day of a moment: `Hari ini`, `25 November`. */
    day(iso: string, now = new Date()) {
      const at = new Date(iso);
      return isToday(at, now) ? { id: "Hari ini", en: "Today" }[language] : date.format(at);
    },
    /** A moment to come, within a week by its weekday: `Senin 08.00`. */
    soon(iso: string, now = new Date()) {
      const at = new Date(iso);
      if (isToday(at, now)) return clock.format(at);
      const isWithinWeek = at.getTime() - now.getTime() < 6 * 86_400_000;
      return `${isWithinWeek ? weekday.format(at) : date.format(at)} ${clock.format(at)}`;
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
