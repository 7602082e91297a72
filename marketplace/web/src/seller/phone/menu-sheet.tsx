import { UtensilsCrossed } from "lucide";
import { useState } from "preact/hooks";
import { rupiah } from "../../ground/figures";
import { OptionChoices } from "../../ground/ordering/option-choices";
import { type Chosen, costOf, isComplete, nothingChosen } from "../../ground/ordering/options";
import { usePaged } from "../../ground/paged";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Picture } from "../../ground/parts/picture";
import { Row, Rows } from "../../ground/parts/row";
import { Sheet } from "../../ground/parts/sheet";
import { type OrderableFragment, OrderablesDocument } from "../api";
import { onlyChoice } from "./lines";
import { say } from "./words";

type MenuSheetProps = {
  shopId: string;
  onTake: (listing: OrderableFragment, chosen: Chosen) => void;
  onClose: () => void;
};

/** The shop's menu, to take one thing of it; what leaves a choice asks for it. */
export function MenuSheet({ shopId, onTake, onClose }: MenuSheetProps) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<OrderableFragment>();
  if (asked) return <ChoiceSheet listing={asked} onClose={onClose} onTake={(chosen) => onTake(asked, chosen)} />;
  const touch = (listing: OrderableFragment) => {
    const only = onlyChoice(listing);
    if (only) onTake(listing, only);
    else setAsked(listing);
  };
  return (
    <Sheet onClose={onClose} title={say.add}>
      <Field autocomplete="off" label={say.find} onChange={setText} type="search" value={text} />
      <Menu onTouch={touch} shopId={shopId} text={text.trim().toLowerCase()} />
    </Sheet>
  );
}

type MenuProps = { shopId: string; text: string; onTouch: (listing: OrderableFragment) => void };

function Menu({ shopId, text, onTouch }: MenuProps) {
  const { asked, nodes, more } = usePaged(
    OrderablesDocument,
    ({ node }) => (node?.__typename === "Seller" ? node.listings : null),
    { id: shopId },
  );
  const shown = nodes.filter(
    ({ title, kind, isByQuote }) => kind !== "LOGISTICS" && !isByQuote && title.toLowerCase().includes(text),
  );
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          {shown.length === 0 && !more && <p role="status">{say.none}</p>}
          <Rows>
            {shown.map((listing) => (
              <li key={listing.id}>
                <Row
                  note={listing.isAvailable ? priceWords(listing.price) : say.soldOut}
                  onPress={() => onTouch(listing)}
                  start={<Picture icon={UtensilsCrossed} src={listing.cover?.small} />}
                  title={listing.title}
                />
              </li>
            ))}
          </Rows>
          <More more={more} />
        </>
      )}
    </Loaded>
  );
}

function priceWords({ least, most }: OrderableFragment["price"]): string {
  return least === most ? rupiah(least) : say.from(rupiah(least));
}

type ChoiceSheetProps = { listing: OrderableFragment; onTake: (chosen: Chosen) => void; onClose: () => void };

function ChoiceSheet({ listing, onTake, onClose }: ChoiceSheetProps) {
  const [chosen, setChosen] = useState(() => nothingChosen(listing));
  return (
    <Sheet
      foot={
        <Button isDisabled={!isComplete(listing, chosen)} isWide onPress={() => onTake(chosen)}>
          {say.take(rupiah(costOf(listing, chosen)))}
        </Button>
      }
      onClose={onClose}
      title={listing.title}
    >
      <OptionChoices chosen={chosen} listing={listing} onChoose={setChosen} />
    </Sheet>
  );
}
