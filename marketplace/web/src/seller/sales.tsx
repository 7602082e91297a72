import { Banknote, ChartNoAxesColumn } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { count, day, rupiah, time } from "../ground/figures";
import { grouped } from "../ground/grouped";
import { language } from "../ground/language";
import { standing } from "../ground/order-states";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { tone } from "../ground/tone";
import { say as common } from "../ground/words";
import { type SaleFragment, SalesDocument, type SalesQuery } from "./api";
import styles from "./order-card.module.css";
import { SellerTabs } from "./seller-tabs";
import { Shares } from "./shares";
import { takingsOf } from "./takings";
import { WithShop } from "./with-shop";
import { say, states } from "./words";

type Sold = Extract<NonNullable<SalesQuery["node"]>, { __typename: "Seller" }>["subOrders"];

function soldOf({ node }: SalesQuery): Sold | undefined {
  return node?.__typename === "Seller" ? node.subOrders : undefined;
}

/** What was sold, day by day, and what the shop gets of each; the way to its payouts. */
export default function Sales() {
  return (
    <Page title={say.sales}>
      <WithShop>{(shop) => <Sold id={shop.id} />}</WithShop>
      <SellerTabs />
    </Page>
  );
}

function Sold({ id }: { id: string }) {
  const asked = useAsked(SalesDocument, { id });
  return (
    <>
      <Rows>
        <li>
          <Row href="/jual/pencairan" start={<Icon of={Banknote} />} title={say.payouts} />
        </li>
      </Rows>
      <Loaded asked={asked}>
        {(answer) => {
          const first = soldOf(answer);
          if (!first?.nodes.length) return <Empty icon={ChartNoAxesColumn} title={say.noSales} />;
          return <Days first={first} id={id} key={first.nodes[0]?.id} />;
        }}
      </Loaded>
    </>
  );
}

/** Today whole, however much was sold; earlier days as they are asked for. */
function Days({ id, first }: { id: string; first: Sold }) {
  const [more, setMore] = useState<Sold>();
  const loading = useDoing(async (after: string | null) => {
    const next = soldOf(await ask(SalesDocument, { id, after }));
    if (next) setMore({ ...next, nodes: [...(more?.nodes ?? []), ...next.nodes] });
  });
  const sales = [...first.nodes, ...(more?.nodes ?? [])];
  const { hasNextPage, endCursor } = (more ?? first).pageInfo;
  const oldest = sales.at(-1);
  const isTodayLeft = hasNextPage && oldest !== undefined && day(oldest.placedAt) === common.today;
  useEffect(() => {
    if (isTodayLeft) void loading.run(endCursor);
  }, [isTodayLeft, endCursor]);
  const days = [...grouped(sales, (sale) => day(sale.placedAt))];
  return (
    <>
      {days.map(([name, members], n) => (
        <Day isWhole={!hasNextPage || n < days.length - 1} key={name} name={name} sales={members} />
      ))}
      <Trouble refused={loading.refused} />
      {hasNextPage && (
        <Button isBusy={loading.isRunning} isWide look="quiet" onPress={() => void loading.run(endCursor)}>
          {common.more}
        </Button>
      )}
    </>
  );
}

function Day({ name, sales, isWhole }: { name: string; sales: readonly SaleFragment[]; isWhole: boolean }) {
  const { orders, settled, expected } = takingsOf(sales);
  return (
    <section class="stack">
      <h2>{name}</h2>
      {isWhole && (
        <Card>
          <p>{say.dayOrders(count(orders))}</p>
          <p class={styles.due}>{say.dayGot(rupiah(settled))}</p>
          {expected !== 0 && <p>{say.dayExpected(rupiah(expected))}</p>}
        </Card>
      )}
      {sales.map((sale) => (
        <Card key={sale.id}>
          <div class={styles.head}>
            <h3>{sale.number}</h3>
            <Badge tone={tone(sale.state)}>{standing(states, sale)}</Badge>
          </div>
          <p class={styles.soft}>
            {time(sale.placedAt)} · {sale.lines.map((line) => `${line.quantity} × ${line.title}`).join(", ")}
          </p>
          {sale.split.length > 0 && <Shares split={sale.split} />}
          {sale.job?.waiting && (
            <p>{language.value === "en" ? sale.job.waiting.english : sale.job.waiting.indonesian}</p>
          )}
        </Card>
      ))}
    </section>
  );
}
