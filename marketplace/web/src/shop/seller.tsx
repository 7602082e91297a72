import { Clock, MapPin, Share2, Star, Store } from "lucide";
import { useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { useAsked, useDoing } from "../ground/asking";
import { hourOf, rupiah } from "../ground/figures";
import { grouped } from "../ground/grouped";
import { Badge } from "../ground/parts/badge";
import { Button, ButtonLink, IconButton } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Icon } from "../ground/parts/icon";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Rows } from "../ground/parts/row";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { ShopRatings, summed } from "../ground/ratings/shop-ratings";
import { ask } from "../ground/session";
import { weekdays } from "../ground/values";
import { say as common } from "../ground/words";
import { type ListingWholeFragment, ShopDocument, type ShopQuery } from "./api";
import { goods, pieces } from "./basket";
import { ListingSheet } from "./listing-sheet";
import { MenuRow } from "./menu-row";
import styles from "./seller.module.css";
import { away, opening } from "./shops";
import { say } from "./words";

type Seller = NonNullable<ShopQuery["seller"]>;

/** A shop by its menu link: what it is, when it is open, and what it sells, section by section. */
export default function SellerPage() {
  const { params } = useRoute();
  const slug = params.slug ?? "";
  const asked = useAsked(ShopDocument, { slug });
  const seller = asked.answer?.seller;
  const foot = pieces.value > 0 && (
    <div>
      <ButtonLink href="/keranjang" isWide>
        {say.seeBasket} · {rupiah(goods.value)}
      </ButtonLink>
    </div>
  );
  return (
    <Page
      backTo="/"
      end={seller && <IconButton icon={Share2} name={say.share} onPress={() => void share(seller)} />}
      foot={foot || undefined}
      title={seller?.name ?? say.shop}
    >
      <Loaded asked={asked}>
        {({ seller: found }) =>
          found ? (
            <>
              <About seller={found} />
              <Menu seller={found} />
            </>
          ) : (
            <Empty icon={Store} title={say.noShop}>
              <ButtonLink href="/">{common.home}</ButtonLink>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

/** By the phone's own sheet where it has one; else the link is copied. */
async function share({ name, slug }: Seller): Promise<void> {
  const url = `${location.origin}/toko/${encodeURIComponent(slug)}`;
  try {
    if (navigator.share) return await navigator.share({ title: name, url });
    await navigator.clipboard.writeText(url);
    toast(say.linkCopied);
  } catch {
    // closed without sharing: nothing to say
  }
}

function About({ seller }: { seller: Seller }) {
  const [isShown, setShown] = useState(false);
  const [hasRatings, setRatings] = useState(false);
  const from = away(seller);
  return (
    <Card>
      <p class={styles.facts}>
        <Badge tone={seller.isOpen ? "good" : "calm"}>{opening(seller)}</Badge>
        {seller.minimumOrder > 0 && <Badge>{say.minimum(rupiah(seller.minimumOrder))}</Badge>}
      </p>
      <p class={styles.line}>
        <Icon of={MapPin} size={20} />
        <span class="three-lines">
          {seller.address}
          {from && ` · ${say.distanceAway(from)}`}
        </span>
      </p>
      {seller.cooperative && (
        <p class={styles.line}>
          <Icon of={Store} size={20} />
          <span class="two-lines">{say.ofCooperative(seller.cooperative.name)}</span>
        </p>
      )}
      <Button icon={Star} look="plain" onPress={() => setRatings(true)}>
        {summed(seller.rating)}
      </Button>
      {hasRatings && <ShopRatings onClose={() => setRatings(false)} slug={seller.slug} />}
      <Button icon={Clock} look="plain" onPress={() => setShown(true)}>
        {say.hoursAndCode}
      </Button>
      {isShown && (
        <Sheet onClose={() => setShown(false)} title={seller.name}>
          {seller.description && <p>{seller.description}</p>}
          <h3>{say.hours}</h3>
          {seller.openingHours?.length ? (
            <dl class={styles.hours}>
              {seller.openingHours.map(({ weekday, opens, closes }) => (
                <div class="apart" key={`${weekday}${opens}`}>
                  <dt>{weekdays[weekday]}</dt>
                  <dd>
                    {hourOf(opens)}–{hourOf(closes)}
                  </dd>
                </div>
              ))}
            </dl>
          ) : (
            <p>{seller.openingHours ? say.noHours : say.alwaysOpen}</p>
          )}
          <h3>{say.code}</h3>
          <p>{say.codeHelp}</p>
          <a href={`/toko/${seller.slug}/qr.svg`}>
            <img alt={say.codeOf(seller.name)} class={styles.code} src={`/toko/${seller.slug}/qr.svg`} />
          </a>
        </Sheet>
      )}
    </Card>
  );
}

function Menu({ seller }: { seller: Seller }) {
  const { query, route, path } = useLocation();
  const [more, setMore] = useState<{ nodes: ListingWholeFragment[]; cursor: string | null }>();
  const { pageInfo } = seller.listings;
  const cursor = more ? more.cursor : pageInfo.hasNextPage ? pageInfo.endCursor : null;
  const loading = useDoing(async () => {
    const found = (await ask(ShopDocument, { slug: seller.slug, after: cursor })).seller?.listings;
    const next = found?.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
    setMore({ nodes: [...(more?.nodes ?? []), ...(found?.nodes ?? [])], cursor: next });
  });
  const listings = [...seller.listings.nodes, ...(more?.nodes ?? [])];
  const shown = listings.find((listing) => listing.id === query.barang);
  const sections = grouped(listings, (listing) => listing.section);
  return (
    <>
      {[...sections].map(([section, inSection]) => (
        <section class="stack" key={section}>
          {sections.size > 1 && <h2 class="two-lines">{section || say.otherThings}</h2>}
          <Rows>
            {inSection.map((listing) => (
              <li key={listing.id}>
                <MenuRow listing={listing} onPress={() => route(`${path}?barang=${listing.id}`)} />
              </li>
            ))}
          </Rows>
        </section>
      ))}
      {cursor && (
        <Button isBusy={loading.isRunning} isWide look="quiet" onPress={() => void loading.run()}>
          {common.more}
        </Button>
      )}
      {shown && <ListingSheet key={shown.id} listing={shown} onClose={() => route(path, true)} />}
    </>
  );
}
