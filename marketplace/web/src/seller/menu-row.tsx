import { CalendarDays } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { count, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { ButtonLink } from "../ground/parts/button";
import { Picture } from "../ground/parts/picture";
import { Row } from "../ground/parts/row";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { units } from "../ground/values";
import { type OfferedFragment, PublishDocument, SoldOutTodayDocument } from "./api";
import styles from "./menu-row.module.css";
import { standingOf } from "./offered";
import { ThingSheet } from "./thing-sheet";
import { say, standings } from "./words";

type MenuRowProps = { listing: OfferedFragment; onChanged: () => Promise<void> };

/** A thing of the shop's: touched it opens; its switch says whether there is some today. */
export function MenuRow({ listing, onChanged }: MenuRowProps) {
  const [isOpen, setOpen] = useState(false);
  const standing = standingOf(listing);
  const isOn = standing === "onSale";
  const word = isOn ? say.soldOutToday : standing === "offSale" ? say.sell : say.backAgain;
  const switching = useDoing(async () => {
    if (standing === "offSale") thing((await ask(PublishDocument, { input: { id: listing.id } })).publishListing);
    else {
      const input = { id: listing.id, isSoldOut: isOn };
      thing((await ask(SoldOutTodayDocument, { input })).markSoldOutToday);
    }
    await onChanged();
  });
  return (
    <>
      <Row
        note={<Prices listing={listing} />}
        onPress={() => setOpen(true)}
        start={<Picture src={listing.cover?.small} />}
        title={listing.title}
      />
      <div class={styles.today}>
        <Badge tone={isOn ? "good" : "bad"}>{standings[standing]}</Badge>
        {listing.kind === "SERVICE" && (
          <ButtonLink href={`/jual/jadwal/${listing.id}`} icon={CalendarDays} look="quiet">
            {say.schedule}
          </ButtonLink>
        )}
        {(isOn || standing === "soldOutToday" || standing === "offSale") && (
          <button
            aria-busy={switching.isRunning}
            aria-label={`${word} – ${listing.title}`}
            class={styles.switch}
            disabled={switching.isRunning}
            onClick={() => void switching.run()}
            type="button"
          >
            {word}
          </button>
        )}
      </div>
      {switching.refused && (
        <div class={styles.trouble}>
          <Trouble refused={switching.refused} />
        </div>
      )}
      {isOpen && <ThingSheet listing={listing} onChanged={onChanged} onClose={() => setOpen(false)} />}
    </>
  );
}

function Prices({ listing }: { listing: OfferedFragment }) {
  return (
    <>
      {listing.variants.map(({ id, name, unit, price, stock }) => (
        <span class={styles.price} key={id}>
          {name && `${name}: `}
          {rupiah(price)} / {named(units, unit)}
          {stock && ` · ${say.stockOf(count(stock.available))}`}
        </span>
      ))}
    </>
  );
}
