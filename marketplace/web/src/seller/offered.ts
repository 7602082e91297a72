import type { OfferedFragment } from "./api";

/** How a thing stands today, for its keeper. */
export type Standing = "onSale" | "soldOutToday" | "noStock" | "offSale" | "suspended";

/** A thing that is on sale and has something left, but can't be bought, was marked as sold out today. */
export function standingOf(listing: OfferedFragment): Standing {
  if (listing.state === "SUSPENDED") return "suspended";
  if (listing.state !== "PUBLISHED") return "offSale";
  if (listing.isAvailable) return "onSale";
  const isSomethingLeft = listing.variants.some(({ stock }) => !stock || stock.available > 0);
  return isSomethingLeft ? "soldOutToday" : "noStock";
}
