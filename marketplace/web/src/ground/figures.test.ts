import { afterEach, expect, test } from "vitest";
import { figures } from "#client";
import {
  atDay,
  clock,
  distance,
  hundredths,
  metresBetween,
  numberIn,
  rupiah,
  soon,
  time,
  typed,
  weekday,
} from "./figures";
import { choose } from "./language";

afterEach(() => choose("id"));

test.each([
  [0, "Rp0"],
  [18000, "Rp18.000"],
  [1250000, "Rp1.250.000"],
  [-5000, "−Rp5.000"],
])("%i is written %s", (amount, written) => {
  expect(rupiah(amount)).toBe(written);
});

test.each([
  [0, "50 m"],
  [340, "350 m"],
  [1240, "1,2 km"],
  [25000, "25 km"],
])("%i metres are %s", (metres, said) => {
  expect(distance(metres)).toBe(said);
});

test.each([
  [1050, "10,5"],
  [24, "0,24"],
  [1200, "12"],
  [5, "0,05"],
])("%i hundredths are %s", (value, said) => {
  expect(hundredths(value)).toBe(said);
});

test("hundredths follow the language", () => {
  choose("en");
  expect(hundredths(1050)).toBe("10.5");
});

test("a distance follows the language", () => {
  choose("en");
  expect(distance(1240)).toBe("1.2 km");
});

test("a day with its weekday, a clock without its day", () => {
  const now = new Date(2026, 10, 26, 10, 0);
  const later = new Date(2026, 10, 27, 8, 5).toISOString();
  expect([weekday(now.toISOString(), now), weekday(later, now)]).toEqual(["Hari ini", "Jumat 27 November"]);
  expect(clock(later)).toBe("08.05");
  expect(atDay(new Date(2020, 0, 6, 8, 5).toISOString())).toBe("Senin 6 Januari, 08.05");
});

test("a moment of today has no day, another has", () => {
  const now = new Date(2026, 10, 26, 10, 0);
  expect(time(new Date(2026, 10, 26, 14, 5).toISOString(), now)).toBe("14.05");
  expect(time(new Date(2026, 10, 25, 14, 5).toISOString(), now)).toBe("25 November, 14.05");
  expect(soon(new Date(2026, 10, 27, 8, 0).toISOString(), now)).toBe("Jumat 08.00");
  expect(soon(new Date(2026, 10, 25, 8, 0).toISOString(), now)).toBe("25 November 08.00");
});

test.each([
  ["id", "id-ID"],
  ["en", "en-GB"],
] as const)("figures in %s are what Intl writes", (language, locale) => {
  const written = figures(language);
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  for (const n of [0, 7, -7, 999, 1000, -1000, 12_345, 999_999, 1_000_000, 123_456_789_012, 2.4, 2.5])
    expect(written.count(n)).toBe(whole.format(n));
  for (let metres = 950; metres < 2_000_000; metres = Math.ceil(metres * 1.01))
    expect(written.distance(metres)).toBe(`${tenths.format(metres / 1000)} km`);
  const days = (how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, how);
  const clock = days({ hour: "2-digit", minute: "2-digit" });
  const date = days({ day: "numeric", month: "long" });
  const weekday = days({ weekday: "long" });
  const month = days({ month: "long", year: "numeric" });
  const long = days({ dateStyle: "long" });
  const now = new Date(2026, 10, 26, 9, 5);
  for (let hours = 24; hours < 400 * 24; hours += 25) {
    const at = new Date(now.getTime() + hours * 3_600_000);
    const iso = at.toISOString();
    expect(written.time(iso, now)).toBe(`${date.format(at)}, ${clock.format(at)}`);
    expect(written.day(iso, now)).toBe(date.format(at));
    expect(written.soon(iso, now)).toBe(`${(hours < 6 * 24 ? weekday : date).format(at)} ${clock.format(at)}`);
    expect(written.month(at)).toBe(month.format(at));
    expect(written.date(at)).toBe(long.format(at));
  }
});

test.each(["id", "en"] as const)("an amount to be typed over has points, and reads back, in %s", (language) => {
  choose(language);
  expect([typed(0), typed(1250000)]).toEqual(["0", "1.250.000"]);
  expect(numberIn(typed(1250000))).toBe(1250000);
});

test("two points a hundredth of a degree apart are a good kilometre apart", () => {
  expect(metresBetween({ lat: -7.3, lon: 112.7 }, { lat: -7.31, lon: 112.7 })).toBe(1112);
});

test.each([
  ["15000", 15000],
  ["15.000", 15000],
  [" 1 500 ", 1500],
  ["0", 0],
  ["", null],
  ["12,5", undefined],
  ["-3", undefined],
  ["lima", undefined],
] as const)("%j is the number %j", (text, number) => {
  expect(numberIn(text)).toBe(number);
});
