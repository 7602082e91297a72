import { type Chosen, costOf } from "../../ground/ordering/options";
import type { OrderableFragment } from "../api";

/** Something that the caller wants. */
export type Line = { listing: OrderableFragment; chosen: Chosen; quantity: number };

/** Without another choice to make, one touch takes it. */
export function onlyChoice(listing: OrderableFragment): Chosen | undefined {
  const [variant] = listing.variants;
  const isOne = listing.variants.length === 1 && listing.optionGroups.length === 0;
  return isOne && variant ? { variantId: variant.id, options: [] } : undefined;
}

/** The service that is wanted, where it is one. */
export function serviceOf(lines: readonly Line[]): OrderableFragment | undefined {
  return lines.find(({ listing }) => listing.kind === "SERVICE")?.listing;
}

/**
 * The lines with one more of this; what is wanted in the same way already is counted up. A service is ordered by itself:
 * it takes the place of what stood there, and gives it up to goods.
 */
export function withOne(lines: readonly Line[], listing: OrderableFragment, chosen: Chosen): Line[] {
  if (listing.kind === "SERVICE" || serviceOf(lines)) return [{ listing, chosen, quantity: 1 }];
  const key = keyOf({ listing, chosen });
  if (lines.every((line) => keyOf(line) !== key)) return [...lines, { listing, chosen, quantity: 1 }];
  return lines.map((line) => (keyOf(line) === key ? { ...line, quantity: line.quantity + 1 } : line));
}

export function keyOf({ chosen }: Pick<Line, "listing" | "chosen">): string {
  return [chosen.variantId, ...[...chosen.options].sort()].join(" ");
}

/** What was chosen of it, in words: the variant and the options. */
export function chosenWords({ listing, chosen }: Line): string {
  const variant = listing.variants.find(({ id }) => id === chosen.variantId);
  const options = listing.optionGroups.flatMap((group) => group.options);
  const names = options.filter(({ id }) => chosen.options.includes(id)).map(({ name }) => name);
  return [variant?.name, ...names].filter(Boolean).join(", ");
}

export function priceOf({ listing, chosen, quantity }: Line): number {
  return costOf(listing, chosen) * quantity;
}

/** As the API takes them. */
export function wantedOf(lines: readonly Line[]) {
  return lines.map(({ chosen, quantity }) => ({ ...chosen, quantity }));
}
