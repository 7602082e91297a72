import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { numberIn } from "../ground/figures";
import { named } from "../ground/language";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { units } from "../ground/values";
import { say as common } from "../ground/words";
import { type OfferedFragment, SetStockDocument, UnpublishDocument, UpdateListingDocument } from "./api";
import { GroupSheet } from "./options/group-sheet";
import { GroupsPart, useGroups } from "./options/groups-part";
import { sendPhoto } from "./photo";
import { PhotoField } from "./photo-field";
import { say } from "./words";

type Typed = { price: string; stock: string };
type SheetProps = { listing: OfferedFragment; onChanged: () => Promise<void>; onClose: () => void };

function typedOf({ variants }: OfferedFragment): Record<string, Typed> {
  return Object.fromEntries(
    variants.map(({ id, price, stock }) => [id, { price: String(price), stock: String(stock?.onHand ?? "") }]),
  );
}

/** Change what a thing is called and costs, how many there are, its photo; or take it off sale. */
export function ThingSheet({ listing, onChanged, onClose }: SheetProps) {
  const [typed, setTyped] = useState(() => typedOf(listing));
  const [photo, setPhoto] = useState<Blob>();
  const [title, setTitle] = useState(listing.title);
  const [description, setDescription] = useState(listing.description);
  const words = { title: title.trim(), description: description.trim() };
  const groups = useGroups(listing.id);
  const changing = useChange(listing, { words, typed, photo });
  const leaving = useDoing(async () => {
    thing((await ask(UnpublishDocument, { input: { id: listing.id } })).unpublishListing);
  });
  const isRight =
    words.title.length > 1 &&
    listing.variants.every(({ id }) => {
      const price = numberIn(typed[id]?.price ?? "");
      return price !== null && price !== undefined && numberIn(typed[id]?.stock ?? "") !== undefined;
    });
  const end = async (isDone: boolean) => {
    if (!isDone) return;
    toast(say.saved);
    onClose();
    await onChanged();
  };
  if (groups.open) return <GroupSheet {...groups.open} />;
  return (
    <Sheet
      foot={
        <div class="stack">
          <Trouble refused={changing.refused ?? leaving.refused} />
          <Button
            isBusy={changing.isRunning}
            isDisabled={!isRight}
            isWide
            onPress={() => void changing.run().then(end)}
          >
            {common.save}
          </Button>
        </div>
      }
      onClose={onClose}
      title={listing.title}
    >
      <PhotoField chosen={photo} current={listing.cover?.medium} onChoose={setPhoto} />
      <Field
        isRequired
        label={say.title}
        most={160}
        onChange={setTitle}
        value={title}
        wrong={changing.refused?.field("title")}
      />
      {listing.variants.map(({ id, name, unit }) => {
        const of = name || named(units, unit);
        const change = (next: Partial<Typed>) =>
          setTyped((was) => ({ ...was, [id]: { price: "", stock: "", ...was[id], ...next } }));
        return (
          <div class="stack" key={id}>
            <Field
              inputMode="numeric"
              label={say.priceOf(of)}
              most={15}
              onChange={(price) => change({ price })}
              value={typed[id]?.price ?? ""}
              wrong={changing.refused?.field("price")}
            />
            <Field
              hint={say.stockHint}
              inputMode="numeric"
              label={listing.variants.length > 1 ? `${say.stock} ${of}` : say.stock}
              most={10}
              onChange={(stock) => change({ stock })}
              value={typed[id]?.stock ?? ""}
              wrong={changing.refused?.field("onHand")}
            />
          </div>
        );
      })}
      <Field
        label={say.description}
        most={4000}
        onChange={setDescription}
        rows={2}
        value={description}
        wrong={changing.refused?.field("description")}
      />
      {listing.kind !== "LOGISTICS" && <GroupsPart groups={groups} />}
      {listing.state === "PUBLISHED" && (
        <Button isBusy={leaving.isRunning} isWide look="danger" onPress={() => void leaving.run().then(end)}>
          {say.takeOff}
        </Button>
      )}
    </Sheet>
  );
}

type Change = {
  words: Pick<OfferedFragment, "title" | "description">;
  typed: Record<string, Typed>;
  photo: Blob | undefined;
};

/** Sends only what was changed; what was sent before a loss is not done twice. */
function useChange(listing: OfferedFragment, { words, typed, photo }: Change) {
  const intent = useIntent();
  return useDoing(async () => {
    const priced = listing.variants.map(({ id, name, unit, weight, price }) => ({
      id,
      name,
      unit,
      weight,
      price: numberIn(typed[id]?.price ?? "") ?? price,
    }));
    const isPriced = priced.some(({ price }, n) => price !== listing.variants[n]?.price);
    const isReworded = words.title !== listing.title || words.description !== listing.description;
    if (isPriced || isReworded) {
      const input = { id: listing.id, ...(isReworded ? words : {}), ...(isPriced ? { variants: priced } : {}) };
      thing((await ask(UpdateListingDocument, { input })).updateListing);
    }
    for (const { id, stock } of listing.variants) {
      const onHand = numberIn(typed[id]?.stock ?? "") ?? null;
      if (onHand === (stock?.onHand ?? null)) continue;
      const wanted = { variantId: id, onHand };
      const input = { ...wanted, idempotencyKey: intent.key(wanted) };
      thing((await ask(SetStockDocument, { input })).setStock);
      intent.settle();
    }
    if (photo) await sendPhoto(photo, listing.id, listing.title);
  });
}
