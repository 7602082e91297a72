/** A variant, and the options chosen with it. */
export type Chosen = { variantId: string; options: string[] };
/** What of a listing is chosen among. */
export type Offered = {
  variants: readonly { id: string; name: string; price: number; stock: { available: number } | null }[];
  optionGroups: readonly Group[];
};
type Group = {
  id: string;
  name: string;
  least: number;
  most: number;
  options: readonly { id: string; name: string; priceDelta: number; isAvailable: boolean }[];
};

/** A listing as it is before anything was chosen of it: its first variant, without options. */
export function nothingChosen(listing: Pick<Offered, "variants">): Chosen {
  return { variantId: listing.variants[0]?.id ?? "", options: [] };
}

/** What one costs, in rupiah: the variant with its options. */
export function costOf(listing: Offered, chosen: Chosen): number {
  const variant = listing.variants.find((each) => each.id === chosen.variantId);
  const options = listing.optionGroups.flatMap((group) => group.options);
  const deltas = options.filter((option) => chosen.options.includes(option.id)).map((option) => option.priceDelta);
  return deltas.reduce((sum, delta) => sum + delta, variant?.price ?? 0);
}

/** Whether each group has as many options chosen as it asks for. */
export function isComplete(listing: Pick<Offered, "optionGroups">, chosen: Chosen): boolean {
  return (
    chosen.variantId !== "" && listing.optionGroups.every((group) => of(group, chosen.options).length >= group.least)
  );
}

/** The options after one of a group was touched: another instead where one may be chosen, else added or taken away. */
export function toggled(group: Group, options: string[], touched: string): string[] {
  const others = options.filter((id) => !group.options.some((option) => option.id === id));
  const held = of(group, options);
  if (held.includes(touched)) {
    return group.least === 1 && group.most === 1 ? options : options.filter((id) => id !== touched);
  }
  if (group.most === 1) return [...others, touched];
  return held.length < group.most ? [...options, touched] : options;
}

function of(group: Group, options: string[]): string[] {
  return options.filter((id) => group.options.some((option) => option.id === id));
}
