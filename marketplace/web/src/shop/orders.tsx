import { ReceiptText } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { rupiah, time } from "../ground/figures";
import { standing } from "../ground/order-states";
import { Badge } from "../ground/parts/badge";
import { Button, ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Rows } from "../ground/parts/row";
import { ask } from "../ground/session";
import { SignedIn } from "../ground/signed-in";
import { tone } from "../ground/tone";
import { say as common } from "../ground/words";
import { OrdersDocument, type OrdersQuery } from "./api";
import styles from "./orders.module.css";
import { ShopTabs } from "./shop-tabs";
import { say, states } from "./words";

type Order = NonNullable<OrdersQuery["viewer"]>["orders"]["nodes"][number];

/** What was ordered, the newest first. */
export default function Orders() {
  return (
    <Page title={say.orders}>
      <SignedIn>
        <List />
      </SignedIn>
      <ShopTabs />
    </Page>
  );
}

function List() {
  const asked = useAsked(OrdersDocument, {});
  const [more, setMore] = useState<{ nodes: Order[]; cursor: string | null }>();
  const info = asked.answer?.viewer?.orders.pageInfo;
  const cursor = more ? more.cursor : info?.hasNextPage ? info.endCursor : null;
  const loading = useDoing(async () => {
    const found = (await ask(OrdersDocument, { after: cursor })).viewer?.orders;
    const next = found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    setMore({ nodes: [...(more?.nodes ?? []), ...(found?.nodes ?? [])], cursor: next });
  });
  return (
    <Loaded asked={asked}>
      {({ viewer }) =>
        viewer?.orders.nodes.length ? (
          <>
            <Rows>
              {[...viewer.orders.nodes, ...(more?.nodes ?? [])].map((order) => (
                <li key={order.id}>
                  <OrderRow order={order} />
                </li>
              ))}
            </Rows>
            {cursor && (
              <Button isBusy={loading.isRunning} isWide look="quiet" onPress={() => void loading.run()}>
                {common.more}
              </Button>
            )}
          </>
        ) : (
          <Empty icon={ReceiptText} title={say.noOrders}>
            <ButtonLink href="/">{say.lookAround}</ButtonLink>
          </Empty>
        )
      }
    </Loaded>
  );
}

function OrderRow({ order }: { order: Order }) {
  const lines = order.subOrders.flatMap((part) => part.lines);
  const [first] = lines;
  return (
    <a class={styles.row} href={`/pesanan/${order.id}`}>
      <span class={styles.head}>
        <strong class={styles.shops}>{order.subOrders.map((part) => part.seller.name).join(", ")}</strong>
        <span>{rupiah(order.total)}</span>
      </span>
      {first && (
        <span class={`${styles.soft} two-lines`}>
          {first.quantity} × {first.title} {lines.length > 1 && say.moreItems(lines.length - 1)}
        </span>
      )}
      <span class={styles.head}>
        <span class={styles.badges}>
          {[...new Map(order.subOrders.map((part) => [standing(states, part), part]))].map(([told, { state }]) => (
            <Badge key={told} tone={tone(state)}>
              {told}
            </Badge>
          ))}
        </span>
        <span class={styles.soft}>{time(order.placedAt)}</span>
      </span>
    </a>
  );
}
