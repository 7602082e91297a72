/** A wholesale price: from so many on one costs so much. */
export type Tier = { least: number; price: number };

/** The price that so many together reach; undefined below the first tier. Tiers come ascending. */
export function tierAt(tiers: readonly Tier[], quantity: number): Tier | undefined {
  return tiers.filter(({ least }) => quantity >= least).at(-1);
}

/** What comes next: the tier that so many together have not reached. */
export function nextTier(tiers: readonly Tier[], quantity: number): Tier | undefined {
  return tiers.find(({ least }) => quantity < least);
}
