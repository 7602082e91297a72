import { useRoute } from "preact-iso";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { count, numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { Act } from "../act";
import { SetItemTermsDocument, TakeOpeningStockDocument, UnitItemDocument, type UnitItemQuery } from "../api";
import { moveKinds, say } from "./words";

type Item = Extract<NonNullable<UnitItemQuery["node"]>, { __typename: "UnitItem" }>;
type Changing = { item: Item; onChanged: () => Promise<void> };

function itemOf({ node }: UnitItemQuery): Item | undefined {
  return node?.__typename === "UnitItem" ? node : undefined;
}

/** One thing that a unit keeps: what it costs and is sold for, on what terms, and how it came and went. */
export default function ItemPage() {
  const { params } = useRoute();
  const { asked, nodes, more } = usePaged(UnitItemDocument, (answer) => itemOf(answer)?.moves, {
    id: params.item ?? "",
  });
  const item = asked.answer && itemOf(asked.answer);
  return (
    <Page backTo={`/loket/unit/${encodeURIComponent(params.id ?? "")}/barang`} isWide title={item?.name ?? say.item}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            item && (
              <div class="columns">
                <div class="stack">
                  <Told item={item} />
                  <Terms item={item} onChanged={asked.again} />
                  {nodes.length === 0 && <Opening item={item} onChanged={asked.again} unitId={params.id ?? ""} />}
                </div>
                <div class="stack">
                  <h2>{say.stockCard}</h2>
                  {nodes.length === 0 && <p>{say.noMoves}</p>}
                  <Rows>
                    {nodes.map((move, n) => (
                      <li key={`${n}${move.movedOn}`}>
                        <Row
                          end={say.left(count(move.quantityAfter))}
                          note={dateName(move.movedOn)}
                          title={`${named(moveKinds, move.kind)} ${move.quantity > 0 ? "+" : "−"}${count(Math.abs(move.quantity))}`}
                        />
                      </li>
                    ))}
                  </Rows>
                  <More more={more} />
                </div>
              </div>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Told({ item }: { item: Item }) {
  return (
    <Card>
      <Facts
        facts={[
          { name: say.sku, is: item.sku },
          { name: say.stock, is: count(item.quantity), isLarge: true },
          { name: say.priceTold, is: rupiah(item.price) },
          { name: say.memberPriceTold, is: item.memberPrice == null ? say.same : rupiah(item.memberPrice) },
          { name: say.reorderLevel, is: item.reorderLevel == null ? say.notWatched : count(item.reorderLevel) },
          { name: say.averageCost, is: rupiah(item.averageCost) },
          { name: say.lastCost, is: rupiah(item.lastCost) },
          { name: say.worth, is: rupiah(item.value) },
        ]}
      />
    </Card>
  );
}

function Terms({ item, onChanged }: Changing) {
  const { id, memberPrice, reorderLevel } = item;
  return (
    <Act
      fields={[
        {
          name: "memberPrice",
          label: say.priceOfMembers,
          type: "amount",
          start: memberPrice == null ? "" : String(memberPrice),
          isOptional: true,
        },
        {
          name: "reorderLevel",
          label: say.reorderLevel,
          type: "amount",
          start: reorderLevel == null ? "" : String(reorderLevel),
          isOptional: true,
        },
      ]}
      help={say.itemTermsHelp}
      isWide
      label={say.itemTerms}
      look="quiet"
      onDo={async (told) => {
        const input = {
          id,
          memberPrice: numberIn(told.memberPrice) ?? null,
          reorderLevel: numberIn(told.reorderLevel) ?? null,
        };
        thing((await ask(SetItemTermsDocument, { input })).setUnitItemTerms);
      }}
      onDone={onChanged}
    />
  );
}

function Opening({ item: { id }, unitId, onChanged }: Changing & { unitId: string }) {
  return (
    <Act
      fields={[
        { name: "quantity", label: say.openingQuantity, type: "amount" },
        { name: "unitCost", label: say.openingCost, type: "amount" },
      ]}
      help={say.openingHelp}
      isWide
      label={say.openingStock}
      look="quiet"
      onDo={async ({ quantity, unitCost }, idempotencyKey) => {
        const lines = [{ itemId: id, quantity: numberIn(quantity) ?? 0, unitCost: numberIn(unitCost) ?? 0 }];
        thing((await ask(TakeOpeningStockDocument, { input: { unitId, lines, idempotencyKey } })).takeOpeningStock);
      }}
      onDone={onChanged}
    />
  );
}
