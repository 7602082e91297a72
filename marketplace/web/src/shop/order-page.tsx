import { ReceiptText, RotateCcw } from "lucide";
import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { useAsked, useDoing } from "../ground/asking";
import { time } from "../ground/figures";
import { useLive } from "../ground/live";
import { Button, ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { account, ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { again } from "./again";
import {
  OrderAgainDocument,
  OrderChangedDocument,
  OrderPageDocument,
  type OrderPageQuery,
  PaymentChangedDocument,
} from "./api";
import { add } from "./basket";
import { isUnpaid, PaymentCard } from "./paying/payment-card";
import { isOver } from "./states";
import { SubOrderCard } from "./sub-order-card";
import { say } from "./words";

export type Order = Extract<NonNullable<OrderPageQuery["node"]>, { __typename: "Order" }>;
export type SubOrder = Order["subOrders"][number];

/** An order: followed live until nothing more happens by itself. */
export default function OrderPage() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const asked = useAsked(OrderPageDocument, account.value ? { id } : null);
  const order = asked.answer?.node?.__typename === "Order" ? asked.answer.node : undefined;
  const [heard, setHeard] = useState(0);
  const isFollowed = order?.subOrders.some((part) => !isOver(part.state)) ?? false;
  const refresh = () => void asked.again();
  useLive(
    OrderChangedDocument,
    isFollowed ? { id } : null,
    ({ orderChanged }) => {
      if (orderChanged.version !== heard) refresh();
      setHeard(orderChanged.version);
    },
    refresh,
  );
  // Money moves on after the goods do: a refund is told when the order is long over.
  const isPaid = order?.payments.some((payment) => payment.method !== "CASH") ?? false;
  useLive(PaymentChangedDocument, isPaid ? { orderId: id } : null, refresh, refresh);
  return (
    <Page backTo="/pesanan" title={say.orders}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            order ? (
              <>
                <p>
                  {say.orderNumber(order.number)} · {time(order.placedAt)}
                </p>
                {isUnpaid(order) && <PaymentCard onChanged={asked.again} order={order} />}
                {order.subOrders.map((part) => (
                  <SubOrderCard key={part.id} onChanged={asked.again} part={part} />
                ))}
                {!isUnpaid(order) && <PaymentCard onChanged={asked.again} order={order} />}
                {!isFollowed && <Again id={order.id} />}
              </>
            ) : (
              <Empty icon={ReceiptText} title={say.noOrder}>
                <ButtonLink href="/pesanan">{say.orders}</ButtonLink>
              </Empty>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

/** Puts what is still sold into the basket once more; of a service another time is chosen. */
function Again({ id }: { id: string }) {
  const { route } = useLocation();
  const adding = useDoing(async () => {
    const { node } = await ask(OrderAgainDocument, { id });
    const lines = node?.__typename === "Order" ? node.subOrders.flatMap((part) => part.lines) : [];
    const service = lines.find(({ listing }) => listing?.kind === "SERVICE")?.listing;
    if (service) return route(`/barang/${service.id}`);
    const { wanted, isPartial } = again(lines);
    for (const line of wanted) await add(line);
    if (isPartial) toast(say.someGone);
    route("/keranjang");
  });
  return (
    <>
      <Trouble refused={adding.refused} />
      <Button icon={RotateCcw} isBusy={adding.isRunning} isWide look="quiet" onPress={() => void adding.run()}>
        {say.orderAgain}
      </Button>
    </>
  );
}
