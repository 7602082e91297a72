import { hundredths } from "../ground/figures";

/** Hundredths of a percent, of what somebody typed as a percentage (`12`, `1,5`); undefined for anything else. */
export function rateIn(text: string): number | undefined {
  const found = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text);
  if (!found) return undefined;
  return Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}

/** `1,5 %` of 150. */
export function percent(rate: number): string {
  return `${hundredths(rate)} %`;
}
