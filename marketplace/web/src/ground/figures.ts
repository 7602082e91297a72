import { figures } from "#client";
import { language } from "./language";
import { say } from "./words";

export { metresBetween, numberIn, rupiah } from "#client";

type Figures = ReturnType<typeof figures>;

/** Written in the reader's language; read while rendering, it changes with it. */
function spoken<Name extends keyof Figures>(name: Name): Figures[Name] {
  return ((...values: never[]) =>
    (figures(language.value)[name] as (...values: never[]) => string)(...values)) as never;
}

export const count = spoken("count");
export const distance = spoken("distance");
export const time = spoken("time");
export const day = spoken("day");
export const weekday = spoken("weekday");
export const clock = spoken("clock");
export const soon = spoken("soon");

/** A whole number as an input of amounts begins with it, read by `numberIn`: `15.000` in whichever language. */
export function typed(value: number): string {
  return figures("id").count(value);
}

/** `10,5` of 1050: hundredths, such as basis points, as a number with no more decimals than it has. */
export function hundredths(value: number): string {
  const rest = Math.abs(value % 100);
  const decimals = String(rest).padStart(2, "0").replace(/0$/, "");
  return count(Math.trunc(value / 100)) + (rest ? (language.value === "en" ? "." : ",") + decimals : "");
}

/** An hour of the day as the API writes it, `08:30` or `08:30:00`, as the reader does: `08.30`. */
export function hourOf(text: string): string {
  const [hour = "", minute = ""] = text.split(":");
  return `${hour}${language.value === "en" ? ":" : "."}${minute}`;
}

/** A moment with its day and weekday, also where that is today: `Jumat 27 November, 08.00`. */
export function atDay(iso: string): string {
  return `${weekday(iso)}, ${clock(iso)}`;
}

/** The day of a moment within a sentence: `hari ini`, `25 November`. */
export function dayWithin(iso: string, now = new Date()): string {
  const said = day(iso, now);
  return said === say.today ? said.toLowerCase() : said;
}
