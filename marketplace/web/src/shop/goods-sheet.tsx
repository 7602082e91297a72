import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { rupiah } from "../ground/figures";
import { OptionChoices } from "../ground/ordering/option-choices";
import { costOf, isComplete, nothingChosen } from "../ground/ordering/options";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { Stepper } from "../ground/parts/stepper";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import type { ListingWholeFragment } from "./api";
import { add } from "./basket";
import { ListingFacts } from "./listing-facts";
import styles from "./listing-sheet.module.css";
import { say } from "./words";

export type KindSheetProps = { listing: ListingWholeFragment; onClose: () => void; children: ComponentChildren };

/** Food or goods: its options, how many, and the button that puts it into the basket. */
export function GoodsSheet({ listing, onClose, children }: KindSheetProps) {
  const [chosen, setChosen] = useState(() => nothingChosen(listing));
  const [quantity, setQuantity] = useState(1);
  const [note, setNote] = useState("");
  const variant = listing.variants.find((each) => each.id === chosen.variantId);
  const adding = useDoing(async () => {
    await add({ ...chosen, quantity, note: note.trim() });
    toast(say.added);
    onClose();
  });
  const isReady = listing.isAvailable && isComplete(listing, chosen);
  return (
    <Sheet
      foot={
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
      }
      onClose={onClose}
      title={listing.title}
    >
      <ListingFacts chosen={chosen} listing={listing} />
      <OptionChoices chosen={chosen} listing={listing} onChoose={setChosen} />
      <Field
        hint={listing.kind === "FOOD" ? say.noteHint : say.noteHintGoods}
        label={say.noteToShop}
        most={200}
        onChange={setNote}
        value={note}
      />
      {children}
    </Sheet>
  );
}
