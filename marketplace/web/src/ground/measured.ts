import { count, hundredths, rupiah } from "./figures";
import { words } from "./language";
import { many } from "./many";

const say = words({
  percent: (n: string) => [`${n} %`, `${n} %`],
  months: (n: string) => [`${n} bulan`, many(n, "month")],
  years: (n: string) => [`${n} tahun`, many(n, "year")],
  days: (n: string) => [`${n} hari`, many(n, "day")],
});

export type Unit = "COUNT" | "BASIS_POINTS" | "RUPIAH" | "MONTHS" | "YEARS" | "DAYS";

/** A rule's value as people say it: `24 %`, `Rp20.000`, `3 tahun`. */
export function measured(unit: Unit, value: number): string {
  if (unit === "RUPIAH") return rupiah(value);
  if (unit === "BASIS_POINTS") return say.percent(hundredths(value));
  if (unit === "MONTHS") return say.months(count(value));
  if (unit === "YEARS") return say.years(count(value));
  if (unit === "DAYS") return say.days(count(value));
  return count(value);
}
