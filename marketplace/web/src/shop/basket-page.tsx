import { Plus, ShoppingBasket } from "lucide";
import { useEffect } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { rupiah } from "../ground/figures";
import { grouped } from "../ground/grouped";
import { ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loading } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Rows } from "../ground/parts/row";
import { Stepper } from "../ground/parts/stepper";
import { Trouble, Unloaded } from "../ground/parts/trouble";
import { type BasketLine, basket, goods, lineTotal, readBasket, setQuantity } from "./basket";
import styles from "./basket-page.module.css";
import { ShopTabs } from "./shop-tabs";
import { say } from "./words";

/** What was put in, shop by shop. */
export default function BasketPage() {
  const reading = useDoing(readBasket);
  const changing = useDoing(setQuantity);
  useEffect(() => void reading.run(), []);
  const held = basket.value;
  const lines = held?.lines ?? [];
  const shops = grouped(lines, (line) => line.variant?.listing?.seller.slug ?? "");
  const foot = lines.length > 0 && (
    <div>
      <ButtonLink href="/bayar" isWide>
        {say.toCheckout} · {rupiah(goods.value)}
      </ButtonLink>
    </div>
  );
  return (
    <Page backTo="/" foot={foot || undefined} title={say.basket}>
      {held === undefined &&
        (reading.refused ? <Unloaded onAgain={() => void reading.run()} refused={reading.refused} /> : <Loading />)}
      {held !== undefined && lines.length === 0 && (
        <Empty icon={ShoppingBasket} title={say.basketEmpty}>
          <p>{say.basketEmptyHelp}</p>
          <ButtonLink href="/">{say.lookAround}</ButtonLink>
        </Empty>
      )}
      <Trouble refused={changing.refused} />
      {[...shops].map(([slug, inShop]) => (
        <section class="stack" key={slug}>
          <ShopName line={inShop[0]} />
          <Rows>
            {inShop.map((line) => (
              <li key={line.id}>
                <Line line={line} onChange={(quantity) => void changing.run(line, quantity)} />
              </li>
            ))}
          </Rows>
          {slug && (
            <ButtonLink href={`/toko/${slug}`} icon={Plus} look="plain">
              {say.addMore}
            </ButtonLink>
          )}
        </section>
      ))}
      {lines.length === 0 && <ShopTabs />}
    </Page>
  );
}

function ShopName({ line }: { line: BasketLine | undefined }) {
  const seller = line?.variant?.listing?.seller;
  if (!seller) return <h2>{say.notOffered}</h2>;
  return (
    <div>
      <h2 class="two-lines">
        <a class={styles.shop} href={`/toko/${seller.slug}`}>
          {seller.name}
        </a>
      </h2>
      {!seller.isOpen && <p class={styles.closed}>{say.shopClosed}</p>}
      {seller.minimumOrder > 0 && <p class={styles.soft}>{say.minimum(rupiah(seller.minimumOrder))}</p>}
    </div>
  );
}

function Line({ line, onChange }: { line: BasketLine; onChange: (quantity: number) => void }) {
  const listing = line.variant?.listing;
  const options = listing?.optionGroups.flatMap((group) => group.options) ?? [];
  const chosen = options.filter((option) => line.options.includes(option.id)).map((option) => option.name);
  const title = listing?.title ?? say.notOffered;
  return (
    <div class={styles.line}>
      <div class={styles.words}>
        <p class={`${styles.title} three-lines`}>{title}</p>
        {line.variant?.name && line.variant.name !== title && <p class={styles.soft}>{line.variant.name}</p>}
        {chosen.length > 0 && <p class={`${styles.soft} three-lines`}>{chosen.join(", ")}</p>}
        {line.note && <p class={`${styles.soft} two-lines`}>“{line.note}”</p>}
        {listing && !listing.isAvailable && <p class={styles.closed}>{say.soldOut}</p>}
      </div>
      <div class={styles.end}>
        <strong>{rupiah(lineTotal(line))}</strong>
        <Stepper name={title} onChange={onChange} value={line.quantity} />
      </div>
    </div>
  );
}
