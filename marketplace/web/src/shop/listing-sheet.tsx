import { Flag } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { count, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { OptionChoices } from "../ground/ordering/option-choices";
import { type Chosen, costOf, isComplete } from "../ground/ordering/options";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Picture } from "../ground/parts/picture";
import { Sheet } from "../ground/parts/sheet";
import { Stepper } from "../ground/parts/stepper";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { units } from "../ground/values";
import type { ListingWholeFragment } from "./api";
import { add } from "./basket";
import { KIND_ICONS } from "./listing-row";
import styles from "./listing-sheet.module.css";
import { ReportSheet } from "./report-sheet";
import { allergens, say } from "./words";

/** A listing whole, with its options, how many, and the button that puts it into the basket. */
export function ListingSheet({ listing, onClose }: { listing: ListingWholeFragment; onClose: () => void }) {
  const [chosen, setChosen] = useState<Chosen>({ variantId: listing.variants[0]?.id ?? "", options: [] });
  const [quantity, setQuantity] = useState(1);
  const [note, setNote] = useState("");
  const [isReporting, setReporting] = useState(false);
  const variant = listing.variants.find((each) => each.id === chosen.variantId);
  const adding = useDoing(async () => {
    await add({ ...chosen, quantity, note: note.trim() });
    toast(say.added);
    onClose();
  });
  const isOrdered = listing.kind === "FOOD" || listing.kind === "GOODS";
  const isReady = listing.isAvailable && isComplete(listing, chosen);
  if (isReporting) return <ReportSheet id={listing.id} onClose={onClose} />;
  return (
    <Sheet
      foot={
        isOrdered ? (
          <div class="stack">
            <Trouble refused={adding.refused} />
            <div class={styles.amount}>
              <span>{say.amount}</span>
              <Stepper
                least={1}
                most={variant?.stock?.available || 99}
                name={say.amount}
                onChange={setQuantity}
                value={quantity}
              />
            </div>
            <Button isWide isBusy={adding.isRunning} isDisabled={!isReady} onPress={() => void adding.run()}>
              {listing.isAvailable ? say.add(rupiah(costOf(listing, chosen) * quantity)) : say.soldOut}
            </Button>
          </div>
        ) : (
          <p>{say.askShop}</p>
        )
      }
      onClose={onClose}
      title={listing.title}
    >
      {listing.cover && <Picture icon={KIND_ICONS[listing.kind]} size="large" src={listing.cover.medium} />}
      <p>
        <strong>{rupiah(costOf(listing, chosen))}</strong> / {named(units, variant?.unit ?? "")}{" "}
        {variant?.stock && <Badge>{say.left(count(variant.stock.available))}</Badge>}
      </p>
      {listing.description && <p class={styles.description}>{listing.description}</p>}
      {listing.halal?.isValid && <p>{say.halal(listing.halal.number)}</p>}
      {listing.allergens.length > 0 && (
        <p>{say.allergens(listing.allergens.map((each) => named(allergens, each)).join(", "))}</p>
      )}
      <OptionChoices chosen={chosen} listing={listing} onChoose={setChosen} />
      {isOrdered && <Field hint={say.noteHint} label={say.noteToShop} most={200} onChange={setNote} value={note} />}
      <Button icon={Flag} look="plain" onPress={() => setReporting(true)}>
        {say.report}
      </Button>
    </Sheet>
  );
}
