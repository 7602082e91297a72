import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { rupiah, soon } from "../ground/figures";
import { OptionChoices } from "../ground/ordering/option-choices";
import { costOf, isComplete, nothingChosen } from "../ground/ordering/options";
import { SlotChoice, useSlots } from "../ground/ordering/slot-choice";
import { Button, ButtonLink } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { account, ask } from "../ground/session";
import { signInThen } from "../ground/signed-in";
import { PlaceOrderDocument, SellersTermsDocument } from "./api";
import type { KindSheetProps } from "./goods-sheet";
import { ListingFacts } from "./listing-facts";
import { PaymentChoice } from "./paying/payment-choice";
import { usePaying } from "./paying/way";
import { say as sayPaying } from "./paying/words";
import { say } from "./words";

/** A service at a time: its free times, how it is paid, and the button that orders it. It goes past the basket. */
export function ServiceSheet({ listing, onClose, children }: KindSheetProps) {
  const { route, url } = useLocation();
  const [chosen, setChosen] = useState(() => nothingChosen(listing));
  const [note, setNote] = useState("");
  const choosing = useSlots(listing.id);
  const { answer } = useAsked(SellersTermsDocument, { id: listing.id });
  const terms = answer?.node?.__typename === "Listing" ? answer.node.seller : undefined;
  const payable = {
    cash: terms?.takesCash ?? false,
    channels: (terms?.takesOnline && terms.cooperative?.paymentChannels) || [],
  };
  const paying = usePaying(payable);
  const intent = useIntent();
  const slot = choosing.chosen;
  const total = costOf(listing, chosen);
  const booking = useDoing(async () => {
    if (!slot) return;
    const lines = [{ ...chosen, quantity: 1, note: note.trim() }];
    const input = { lines, fulfilment: "SERVICE" as const, slotId: slot.id, ...paying.input, expectedTotal: total };
    const order = await choosing.keep(async () => {
      const answered = await ask(PlaceOrderDocument, { input: { ...input, idempotencyKey: intent.key(input) } });
      return thing(answered.placeOrder);
    });
    intent.settle();
    if (order) route(`/pesanan/${order.id}`);
  });
  const isReady = listing.isAvailable && paying.way && isComplete(listing, chosen);
  const foot = account.value ? (
    <Button isBusy={booking.isRunning} isDisabled={!isReady || !slot} isWide onPress={() => void booking.run()}>
      {!listing.isAvailable ? say.soldOut : slot ? say.book(soon(slot.startsAt), rupiah(total)) : say.timeFirst}
    </Button>
  ) : (
    <ButtonLink href={signInThen(url)} isWide>
      {say.signInToBook}
    </ButtonLink>
  );
  return (
    <Sheet
      foot={
        <div class="stack">
          <Trouble refused={booking.refused} />
          {foot}
        </div>
      }
      onClose={onClose}
      title={listing.title}
    >
      <ListingFacts chosen={chosen} listing={listing} />
      <OptionChoices chosen={chosen} listing={listing} onChoose={setChosen} />
      <SlotChoice choosing={choosing} />
      {terms && <PaymentChoice cash={sayPaying.cashThere} payable={payable} paying={paying} />}
      <Field label={say.noteToShop} most={200} onChange={setNote} value={note} />
      {children}
    </Sheet>
  );
}
