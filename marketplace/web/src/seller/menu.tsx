import { FileSpreadsheet, Plus, UtensilsCrossed } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { Button, ButtonLink } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Rows } from "../ground/parts/row";
import { ask } from "../ground/session";
import { say as common } from "../ground/words";
import { MenuDocument, type MenuQuery, OfferedAgainDocument, type OfferedFragment } from "./api";
import { MenuRow } from "./menu-row";
import { SellerTabs } from "./seller-tabs";
import { WithShop } from "./with-shop";
import { say } from "./words";

type Listings = Extract<NonNullable<MenuQuery["node"]>, { __typename: "Seller" }>["listings"];

function listingsOf({ node }: MenuQuery): Listings | undefined {
  return node?.__typename === "Seller" ? node.listings : undefined;
}

/** What the shop offers: what is there today, prices, stock, and something new. */
export default function Menu() {
  return (
    <Page title={say.menu}>
      <WithShop>{(shop) => <List id={shop.id} />}</WithShop>
      <SellerTabs />
    </Page>
  );
}

function List({ id }: { id: string }) {
  const asked = useAsked(MenuDocument, { id });
  const [more, setMore] = useState<Listings>();
  const [changed, setChanged] = useState<Record<string, OfferedFragment>>({});
  const loading = useDoing(async (after: string | null) => {
    const next = listingsOf(await ask(MenuDocument, { id, after }));
    if (next) setMore({ ...next, nodes: [...(more?.nodes ?? []), ...next.nodes] });
  });
  const reload = async (listingId: string) => {
    const { node } = await ask(OfferedAgainDocument, { id: listingId });
    if (node?.__typename === "Listing") setChanged((was) => ({ ...was, [listingId]: node }));
  };
  return (
    <>
      <ButtonLink href="/jual/menu/baru" icon={Plus} isWide>
        {say.newThing}
      </ButtonLink>
      <ButtonLink href="/jual/impor" icon={FileSpreadsheet} isWide look="quiet">
        {say.manyAtOnce}
      </ButtonLink>
      <Loaded asked={asked}>
        {(answer) => {
          const first = listingsOf(answer);
          const { hasNextPage, endCursor } = (more ?? first)?.pageInfo ?? { hasNextPage: false, endCursor: null };
          const things = [...(first?.nodes ?? []), ...(more?.nodes ?? [])];
          if (things.length === 0) return <Empty icon={UtensilsCrossed} title={say.noMenu} />;
          return (
            <>
              <Rows>
                {things.map((thing) => (
                  <li key={thing.id}>
                    <MenuRow listing={changed[thing.id] ?? thing} onChanged={() => reload(thing.id)} />
                  </li>
                ))}
              </Rows>
              {hasNextPage && (
                <Button isBusy={loading.isRunning} isWide look="quiet" onPress={() => void loading.run(endCursor)}>
                  {common.more}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
