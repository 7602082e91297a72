import { monthFrom, monthName, today } from "../ground/days";

/** Three years, so that the whole book year before the last is among them. */
const MOST = 36;

/** This month and those before it, the latest first, to choose from: each by its first day. */
export function months(): { value: string; name: string }[] {
  return Array.from({ length: MOST }, (_, n) => {
    const value = monthFrom(today(), -n);
    return { value, name: monthName(value) };
  });
}
