import { numberIn } from "../../ground/figures";
import type { GroupsFragment, OptionGroupInput } from "../api";

export type Group = GroupsFragment["optionGroups"][number];
/** An option as it is typed. */
export type Line = { name: string; price: string; isSoldOut: boolean };
/** A group of options as it is typed. */
export type Draft = {
  name: string;
  isRequired: boolean;
  isSeveral: boolean;
  least: number;
  /** How many may be chosen; null: as many as there are. */
  most: number | null;
  lines: readonly Line[];
};

/** The API's own bounds. */
export const MOST_GROUPS = 20;
export const MOST_LINES = 50;
export const LONGEST_NAME = 80;

export const BLANK: Line = { name: "", price: "", isSoldOut: false };
export const NEW: Draft = {
  name: "",
  isRequired: true,
  isSeveral: false,
  least: 1,
  most: null,
  lines: [BLANK, BLANK],
};

/** A group as it stands, to be changed. */
export function draftOf({ name, least, most, options }: Group): Draft {
  return {
    name,
    isRequired: least > 0,
    isSeveral: most > 1,
    least: Math.max(least, 1),
    most: most < options.length ? most : null,
    lines: options.map((option) => ({
      name: option.name,
      price: option.priceDelta ? String(option.priceDelta) : "",
      isSoldOut: !option.isAvailable,
    })),
  };
}

/** What is added to the price, in rupiah; empty is nothing, a minus takes off; undefined: no number. */
export function deltaIn(text: string): number | undefined {
  const [, sign, digits = ""] = /^\s*([-−+]?)(.*)$/s.exec(text) ?? [];
  const amount = numberIn(digits);
  if (amount === null) return sign ? undefined : 0;
  return amount && sign && sign !== "+" ? -amount : amount;
}

function isBlank({ name, price }: Line): boolean {
  return !name.trim() && !price.trim();
}

/** What is wrong with a line; a blank one is left out, so nothing is. */
export function wrongIn(line: Line): { name: boolean; price: boolean } {
  return { name: !line.name.trim() && !isBlank(line), price: deltaIn(line.price) === undefined };
}

/** How many are to be chosen, never more than there are. */
export function boundsOf({ isRequired, isSeveral, least, most, lines }: Draft): { least: number; most: number } {
  const there = Math.max(lines.filter((line) => !isBlank(line)).length, 1);
  const atMost = isSeveral ? Math.min(most ?? there, there) : 1;
  return { least: isRequired ? Math.min(least, atMost) : 0, most: atMost };
}

/** Whether it has no name yet, or nothing to choose. */
export function isLacking({ name, lines }: Draft): boolean {
  return !name.trim() || lines.every(isBlank);
}

/** The group as the API takes it; undefined as long as something is missing or wrong. */
export function groupOf(draft: Draft): OptionGroupInput | undefined {
  const lines = draft.lines.filter((line) => !isBlank(line));
  const isWrong = lines.some((line) => Object.values(wrongIn(line)).includes(true));
  if (isLacking(draft) || isWrong) return undefined;
  const options = lines.map(({ name, price, isSoldOut }) => ({
    name: name.trim(),
    priceDelta: deltaIn(price) ?? 0,
    isAvailable: !isSoldOut,
  }));
  return { name: draft.name.trim(), ...boundsOf(draft), options };
}

/** All groups of a listing with one of them changed; `changed` null takes it away, `at` past the end adds one. */
export function groupsWith(
  groups: readonly Group[],
  at: number,
  changed: OptionGroupInput | null,
): OptionGroupInput[] {
  const stand = groups.map(({ name, least, most, options }) => ({
    ...{ name, least, most },
    options: options.map(({ name: called, priceDelta, isAvailable }) => ({ name: called, priceDelta, isAvailable })),
  }));
  return [...stand.slice(0, at), ...(changed ? [changed] : []), ...stand.slice(at + 1)];
}
