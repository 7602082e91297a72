import { Plus } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { rupiah } from "../ground/figures";
import { QuoteCard, useQuote } from "../ground/ordering/quote";
import { say as ordering } from "../ground/ordering/words";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Choice, Choices } from "../ground/parts/choice";
import { Field } from "../ground/parts/field";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { account, ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { addressLine } from "./address";
import { AddressForm } from "./address-form";
import { AddressesDocument, type Fulfilment, PlaceOrderDocument } from "./api";
import { basket, readBasket } from "./basket";
import { PaymentChoice } from "./paying/payment-choice";
import { usePaying } from "./paying/way";
import { say as sayPaying } from "./paying/words";
import { say } from "./words";

const TIPS = [0, 2000, 5000, 10000];

/** Where it goes, what it costs line by line, how it is paid; then the order. */
export default function Checkout() {
  return account.value ? (
    <CheckoutPage />
  ) : (
    <Page backTo="/keranjang" title={say.checkout}>
      <SignedIn>{null}</SignedIn>
    </Page>
  );
}

function useAddress() {
  const asked = useAsked(AddressesDocument, {});
  const [chosen, setChosen] = useState<string>();
  const addresses = asked.answer?.viewer?.addresses ?? [];
  return { asked, addresses, id: chosen ?? addresses[0]?.id, setChosen };
}

/** What the shops of the basket take; all of them must. */
function taken() {
  const sellers = basket.value?.lines.flatMap((line) => line.variant?.listing?.seller ?? []) ?? [];
  return {
    cash: sellers.every((seller) => seller.takesCash),
    pickup: sellers.every((seller) => seller.allowsPickup),
  };
}

function CheckoutPage() {
  const { route } = useLocation();
  const { asked, addresses, id: addressId, setChosen } = useAddress();
  const [fulfilment, setFulfilment] = useState<Fulfilment>("DELIVERY");
  const [tip, setTip] = useState(0);
  const [note, setNote] = useState("");
  const [isAdding, setAdding] = useState(false);
  useEffect(() => void readBasket().catch(() => undefined), []);
  const takes = taken();
  const isDelivered = fulfilment === "DELIVERY";
  const wanted = { fulfilment, ...(isDelivered ? { addressId: addressId ?? null, tip } : {}) };
  const quoting = useQuote(isDelivered && !addressId ? null : wanted);
  const payable = { cash: takes.cash, channels: quoting.latest?.paymentChannels ?? [] };
  const paying = usePaying(payable);
  const intent = useIntent();
  const placing = useDoing(async () => {
    if (!quoting.quote) return;
    const { id: quoteId, total: expectedTotal } = quoting.quote;
    const input = { quoteId, note: note.trim(), ...paying.input, expectedTotal };
    const answer = await ask(PlaceOrderDocument, { input: { ...input, idempotencyKey: intent.key(input) } });
    const order = thing(answer.placeOrder);
    intent.settle();
    await readBasket().catch(() => undefined);
    route(`/pesanan/${order.id}`, true);
  });
  const foot = (
    <div class="stack">
      <Trouble refused={placing.refused} />
      <Button
        isBusy={placing.isRunning}
        isDisabled={!quoting.quote || quoting.isRunning || !paying.way}
        isWide
        onPress={() => void placing.run()}
      >
        {quoting.isRunning || !quoting.quote ? say.reckoning : say.order(rupiah(quoting.quote.total))}
      </Button>
    </div>
  );
  return (
    <Page backTo="/keranjang" foot={isDelivered && !addressId ? undefined : foot} title={say.checkout}>
      {takes.pickup && (
        <Card>
          <Choices about={say.how}>
            <Choice
              group="how"
              isChosen={isDelivered}
              label={say.delivered}
              onChoose={() => setFulfilment("DELIVERY")}
              type="radio"
            />
            <Choice
              group="how"
              isChosen={!isDelivered}
              label={say.fetched}
              onChoose={() => setFulfilment("PICKUP")}
              type="radio"
            />
          </Choices>
        </Card>
      )}
      {isDelivered && (
        <Loaded asked={asked}>
          {() => (
            <Card>
              {addresses.length > 0 ? (
                <Choices about={say.address}>
                  {addresses.map((address) => (
                    <Choice
                      group="address"
                      isChosen={address.id === addressId}
                      key={address.id}
                      label={
                        <>
                          <strong>{address.label || address.recipient}</strong>
                          <br />
                          {addressLine(address)}
                        </>
                      }
                      onChoose={() => setChosen(address.id)}
                      type="radio"
                    />
                  ))}
                </Choices>
              ) : (
                <p>{say.needAddress}</p>
              )}
              <Button icon={Plus} isWide look="quiet" onPress={() => setAdding(true)}>
                {say.addAddress}
              </Button>
            </Card>
          )}
        </Loaded>
      )}
      <QuoteCard quoting={quoting} />
      {isDelivered && (
        <Card>
          <Choices about={ordering.tip}>
            <p>{say.tipNote}</p>
            {TIPS.map((amount) => (
              <Choice
                group="tip"
                isChosen={amount === tip}
                key={amount}
                label={amount ? rupiah(amount) : say.noTip}
                onChoose={() => setTip(amount)}
                type="radio"
              />
            ))}
          </Choices>
        </Card>
      )}
      {quoting.latest && (
        <Card>
          <PaymentChoice
            cash={isDelivered ? sayPaying.cash : sayPaying.cashFetch}
            payable={payable}
            paying={paying}
          />
        </Card>
      )}
      <Field label={say.noteToAll} most={300} onChange={setNote} value={note} />
      {isAdding && (
        <Sheet onClose={() => setAdding(false)} title={say.newAddress}>
          <AddressForm
            onSaved={(address) => {
              setAdding(false);
              setChosen(address.id);
              void asked.again();
            }}
          />
        </Sheet>
      )}
    </Page>
  );
}
