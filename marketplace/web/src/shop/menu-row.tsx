import { Plus } from "lucide";
import { Badge } from "../ground/parts/badge";
import { Icon } from "../ground/parts/icon";
import { Picture } from "../ground/parts/picture";
import type { ListingWholeFragment } from "./api";
import { KIND_ICONS, priceOf } from "./listing-row";
import styles from "./menu-row.module.css";
import { say } from "./words";

/** A thing on a shop's menu; touched anywhere it opens. */
export function MenuRow({ listing, onPress }: { listing: ListingWholeFragment; onPress: () => void }) {
  return (
    <button class={styles.row} onClick={onPress} type="button">
      <span class={styles.words}>
        <span class={styles.title}>{listing.title}</span>
        {listing.description && <span class={styles.description}>{listing.description}</span>}
        <span class={styles.price}>{priceOf(listing)}</span>
        {!listing.isAvailable && (
          <span>
            <Badge tone="bad">{say.soldOut}</Badge>
          </span>
        )}
      </span>
      <span class={styles.side}>
        <Picture icon={KIND_ICONS[listing.kind]} src={listing.cover?.small} />
        {listing.isAvailable && (
          <span class={styles.plus}>
            <Icon of={Plus} size={20} />
          </span>
        )}
      </span>
    </button>
  );
}
