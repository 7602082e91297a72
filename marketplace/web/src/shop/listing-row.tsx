import { Bike, Salad, ShoppingBasket, Wrench } from "lucide";
import { rupiah } from "../ground/figures";
import { Badge } from "../ground/parts/badge";
import { Picture } from "../ground/parts/picture";
import type { ListingRowFragment } from "./api";
import styles from "./listing-row.module.css";
import { away, opening } from "./shops";
import { say } from "./words";

export const KIND_ICONS = { FOOD: Salad, GOODS: ShoppingBasket, SERVICE: Wrench, LOGISTICS: Bike } as const;

/** What a listing costs, in words: one price, from the least, or by quotation. */
export function priceOf(listing: { isByQuote: boolean; price: { least: number; most: number } }): string {
  if (listing.isByQuote) return say.byQuote;
  const least = rupiah(listing.price.least);
  return listing.price.most > listing.price.least ? say.from(least) : least;
}

/** A listing among others: its picture, what it costs, whose it is, how far away. */
export function ListingRow({ listing }: { listing: ListingRowFragment }) {
  const { seller } = listing;
  const from = away(seller);
  const isGone = !listing.isAvailable;
  return (
    <a class={styles.row} href={`/toko/${seller.slug}?barang=${listing.id}`}>
      <Picture icon={KIND_ICONS[listing.kind]} src={listing.cover?.small} />
      <span class={styles.words}>
        <span class={styles.title}>{listing.title}</span>
        <span class={styles.price}>{priceOf(listing)}</span>
        <span class={styles.seller}>
          <span class={styles.name}>{seller.name}</span>
          {from && <span class={styles.away}>· {from}</span>}
        </span>
        {(isGone || !seller.isOpen) && (
          <span>
            <Badge tone={seller.isOpen ? "bad" : "calm"}>{seller.isOpen ? say.soldOut : opening(seller)}</Badge>
          </span>
        )}
      </span>
    </a>
  );
}
