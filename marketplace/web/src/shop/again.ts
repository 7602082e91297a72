import type { OrderAgainQuery } from "./api";
import type { Wanted } from "./basket";

type Lines = Extract<NonNullable<OrderAgainQuery["node"]>, { __typename: "Order" }>["subOrders"][number]["lines"];

/**
 * What of an order's lines can be wanted again, as its shops sell today.
 *
 * An order keeps the names of what was bought, not what they were on the menu: the variant and the options are found by
 * name. A line whose variant or options are gone is left out, and that is told.
 */
export function again(lines: Lines): { wanted: Wanted[]; isPartial: boolean } {
  const wanted = lines.flatMap(({ listing, title, options, quantity, note }) => {
    if (!listing) return [];
    const named = listing.variants.filter((variant) => variant.name && title.includes(variant.name));
    const variant = listing.variants.length === 1 ? listing.variants[0] : named[0];
    const offered = listing.optionGroups.flatMap((group) => group.options);
    const chosen = options.map((name) => offered.find((option) => option.name === name)?.id);
    if (!variant || chosen.includes(undefined)) return [];
    return [{ variantId: variant.id, quantity, note, options: chosen.filter((id) => id !== undefined) }];
  });
  return { wanted, isPartial: wanted.length < lines.length };
}
