import { count, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { type Chosen, costOf } from "../ground/ordering/options";
import { Badge } from "../ground/parts/badge";
import { Picture } from "../ground/parts/picture";
import { units } from "../ground/values";
import type { ListingWholeFragment } from "./api";
import { KIND_ICONS } from "./listing-row";
import styles from "./listing-sheet.module.css";
import { allergens, say } from "./words";

/** What a listing is: its picture, what one costs as it is chosen, and what the shop says of it. */
export function ListingFacts({ listing, chosen }: { listing: ListingWholeFragment; chosen: Chosen }) {
  const variant = listing.variants.find((each) => each.id === chosen.variantId);
  return (
    <>
      {listing.cover && <Picture icon={KIND_ICONS[listing.kind]} size="large" src={listing.cover.medium} />}
      <p>
        {listing.isByQuote ? (
          <strong>{say.byQuote}</strong>
        ) : (
          <>
            <strong>{rupiah(costOf(listing, chosen))}</strong> / {named(units, variant?.unit ?? "")}{" "}
          </>
        )}
        {variant?.stock && <Badge>{say.left(count(variant.stock.available), named(units, variant.unit))}</Badge>}
      </p>
      {listing.description && <p class={styles.description}>{listing.description}</p>}
      {listing.halal?.isValid && <p>{say.halal(listing.halal.number)}</p>}
      {listing.allergens.length > 0 && (
        <p>{say.allergens(listing.allergens.map((each) => named(allergens, each)).join(", "))}</p>
      )}
    </>
  );
}
