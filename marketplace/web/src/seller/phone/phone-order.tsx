import { Plus } from "lucide";
import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { rupiah } from "../../ground/figures";
import { QuoteCard, useQuote } from "../../ground/ordering/quote";
import { SlotChoice, useSlots } from "../../ground/ordering/slot-choice";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Field } from "../../ground/parts/field";
import { Page } from "../../ground/parts/page";
import { Pin } from "../../ground/parts/pin";
import { Trouble } from "../../ground/parts/trouble";
import { isPhone } from "../../ground/phone";
import { ask } from "../../ground/session";
import { useSettled } from "../../ground/settled";
import { EnterPhoneOrderDocument, type EnterPhoneOrderMutation } from "../api";
import { useIncoming } from "../incoming";
import { type Shop, WithShop } from "../with-shop";
import { NOTHING_TOLD, type Told, toQuote } from "./caller";
import { HowCard } from "./how-card";
import { type Line, serviceOf } from "./lines";
import { LinesCard } from "./lines-card";
import { say } from "./words";

type Order = Extract<EnterPhoneOrderMutation["enterPhoneOrder"], { __typename: "Order" }>;

/** The order of who rang or wrote, put in by the shop: told what it costs first, then accepted with it. */
export default function PhoneOrder() {
  const [turn, setTurn] = useState(0);
  return (
    <Page backTo="/jual" title={say.title}>
      <WithShop>
        {(shop) => <Entering key={`${shop.id} ${turn}`} onAnother={() => setTurn(turn + 1)} shop={shop} />}
      </WithShop>
    </Page>
  );
}

function Entering({ shop, onAnother }: { shop: Shop; onAnother: () => void }) {
  const [order, setOrder] = useState<Order>();
  if (order) return <Entered onAnother={onAnother} order={order} />;
  return <Form onEntered={setOrder} shop={shop} />;
}

function Form({ shop, onEntered }: { shop: Shop; onEntered: (order: Order) => void }) {
  const incoming = useIncoming();
  const intent = useIntent();
  const [told, setTold] = useState<Told>({ ...NOTHING_TOLD, isDelivered: !shop.allowsPickup });
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [note, setNote] = useState("");
  const tell = (next: Partial<Told>) => setTold((was) => ({ ...was, ...next }));
  const service = serviceOf(lines);
  const choosing = useSlots(service?.id ?? null);
  const isRested = useSettled(told) === told; // while it is typed, no price stands
  const quoting = useQuote(isRested ? toQuote(lines, told) : null);
  const entering = useDoing(async () => {
    if (!quoting.quote) return;
    const customer = { name: told.name.trim(), phone: told.phone };
    const slotId = choosing.chosen?.id ?? null;
    const wanted = { customer, quoteId: quoting.quote.id, note: note.trim(), slotId };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const order = await choosing.keep(async () =>
      thing((await ask(EnterPhoneOrderDocument, { input })).enterPhoneOrder),
    );
    intent.settle();
    if (!order) return;
    void incoming.again();
    onEntered(order);
  });
  const isTimed = !service || choosing.chosen;
  const isReady = told.name.trim() && isPhone(told.phone) && isTimed && quoting.quote && !quoting.isRunning;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void entering.run();
      }}
    >
      <p>{say.how}</p>
      <Card>
        <h2>{say.who}</h2>
        <Field
          autocomplete="off"
          isRequired
          label={say.name}
          most={100}
          onChange={(name) => tell({ name })}
          value={told.name}
          wrong={entering.refused?.field("name") ?? quoting.refused?.field("recipient")}
        />
        <Field
          autocomplete="off"
          hint={say.phoneHint}
          isRequired
          label={say.phone}
          most={20}
          onChange={(phone) => tell({ phone })}
          type="tel"
          value={told.phone}
          wrong={told.phone && !isPhone(told.phone) ? say.noPhone : entering.refused?.field("phone")}
        />
      </Card>
      <LinesCard lines={lines} onChange={setLines} shopId={shop.id} />
      {service ? (
        <Card>
          <SlotChoice choosing={choosing} />
          <p>{say.serviceAlone}</p>
        </Card>
      ) : (
        <HowCard allowsPickup={shop.allowsPickup} onTell={tell} refused={quoting.refused} told={told} />
      )}
      <Field label={say.note} most={300} onChange={setNote} value={note} />
      <QuoteCard quoting={quoting} />
      <Trouble refused={entering.refused} />
      <Button icon={Plus} isBusy={entering.isRunning || quoting.isRunning} isDisabled={!isReady} isWide type="submit">
        {quoting.quote ? say.enter(rupiah(quoting.quote.total)) : say.title}
      </Button>
      {!isReady && <p>{quoting.isRunning ? say.reckoning : say.missing}</p>}
    </form>
  );
}

/** What to tell the caller before hanging up. */
function Entered({ order, onAnother }: { order: Order; onAnother: () => void }) {
  return (
    <Card>
      <p role="status">
        <strong>{say.entered(order.number)}</strong>
      </p>
      {order.subOrders.map(
        ({ id, dropoffPin }) => dropoffPin && <Pin about={say.tell} digits={dropoffPin} key={id} />,
      )}
      <p>{say.tellWhy(rupiah(order.total))}</p>
      <ButtonLink href="/jual" isWide>
        {say.toOrders}
      </ButtonLink>
      <Button isWide look="quiet" onPress={onAnother}>
        {say.another}
      </Button>
    </Card>
  );
}
