import { Package } from "lucide";
import { useRoute } from "preact-iso";
import { count, rupiah } from "../../ground/figures";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { SignedIn } from "../../ground/signed-in";
import { UnitItemsDocument } from "../api";
import { say } from "./words";

/** Everything that a unit keeps; each leads to its stock card and its terms. */
export default function ItemList() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const { asked, nodes, more } = usePaged(
    UnitItemsDocument,
    ({ node }) => (node?.__typename === "BusinessUnit" ? node.items : undefined),
    { id },
  );
  return (
    <Page backTo={`/loket/unit/${encodeURIComponent(id)}`} title={say.itemList}>
      <SignedIn>
        <Loaded asked={asked}>
          {() => (
            <>
              {nodes.length === 0 && <Empty icon={Package} title={say.noItems} />}
              <Rows>
                {nodes.map((item) => (
                  <li key={item.id}>
                    <Row
                      end={item.isToReorder && <Badge tone="warn">{say.toReorder}</Badge>}
                      href={`/loket/unit/${encodeURIComponent(id)}/barang/${encodeURIComponent(item.id)}`}
                      note={`${item.sku} · ${say.inStock(count(item.quantity), rupiah(item.price))}`}
                      title={item.name}
                    />
                  </li>
                ))}
              </Rows>
              <More more={more} />
            </>
          )}
        </Loaded>
      </SignedIn>
    </Page>
  );
}
