import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { numberIn } from "../../ground/figures";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  AddItemDocument,
  CloseUnitDocument,
  GoodsDocument,
  RecordCountDocument,
  SetUnitTermsDocument,
  type StockedFragment,
  type UnitDeskQuery,
} from "../api";
import { say } from "./words";

export type Unit = Extract<NonNullable<UnitDeskQuery["node"]>, { __typename: "BusinessUnit" }>;
type StockActsProps = { unit: Unit; items: readonly StockedFragment[]; onDone: () => Promise<void> };

/** What a unit keeps: an item more, what the shelves really hold, and on what terms it sells. */
export function StockActs({ unit, items, onDone }: StockActsProps) {
  return (
    <div class="beside">
      {unit.kind.keepsStock && <AddItem onDone={onDone} unitId={unit.id} />}
      {items.length > 0 && <Count items={items} onDone={onDone} unitId={unit.id} />}
      <Terms onDone={onDone} unit={unit} />
    </div>
  );
}

type OfUnit = { unitId: string; onDone: () => Promise<void> };

function AddItem({ unitId, onDone }: OfUnit) {
  const asked = useAsked(GoodsDocument, {});
  return (
    <Act
      fields={[
        { name: "sku", label: say.sku, most: 40 },
        { name: "name", label: say.itemName, most: 160 },
        {
          name: "categoryCode",
          label: say.category,
          options: (asked.answer?.categories ?? []).map(({ code, name }) => ({ value: code, name })),
        },
        { name: "price", label: say.price, type: "amount" },
        { name: "memberPrice", label: say.priceOfMembers, type: "amount", isOptional: true },
        { name: "reorderLevel", label: say.reorderLevel, type: "amount", isOptional: true },
        {
          name: "isPublished",
          label: say.isPublished,
          start: "yes",
          options: [
            { value: "yes", name: say.yes },
            { value: "no", name: say.no },
          ],
        },
      ]}
      label={say.addItem}
      look="quiet"
      onDo={async ({ price, memberPrice, reorderLevel, isPublished, ...told }, idempotencyKey) => {
        const input = {
          unitId,
          ...told,
          price: numberIn(price) ?? 0,
          memberPrice: numberIn(memberPrice) ?? null,
          reorderLevel: numberIn(reorderLevel) ?? null,
          isPublished: isPublished === "yes",
          idempotencyKey,
        };
        thing((await ask(AddItemDocument, { input })).addUnitItem);
      }}
      onDone={onDone}
    />
  );
}

function Count({ unitId, items, onDone }: OfUnit & { items: readonly StockedFragment[] }) {
  return (
    <Act
      fields={[
        { name: "itemId", label: say.item, options: items.map(({ id, name }) => ({ value: id, name })) },
        { name: "counted", label: say.counted, type: "amount" },
        { name: "explanation", label: say.explanation, most: 300, isOptional: true },
      ]}
      help={say.countHelp}
      label={say.count}
      look="quiet"
      onDo={async ({ itemId, counted, explanation }, idempotencyKey) => {
        const lines = [{ itemId, counted: numberIn(counted) ?? 0 }];
        thing(
          (await ask(RecordCountDocument, { input: { unitId, lines, explanation, idempotencyKey } }))
            .recordStockCount,
        );
      }}
      onDone={onDone}
    />
  );
}

/** A unit whose stock is gone ends; until then the node says what is left. */
export function Closing({ unit: { id }, onDone }: { unit: Unit; onDone: () => Promise<void> }) {
  return (
    <Act
      help={say.closeHelp}
      isWide
      label={say.close}
      look="danger"
      onDo={async () => thing((await ask(CloseUnitDocument, { input: { id } })).closeUnit)}
      onDone={onDone}
    />
  );
}

function Terms({ unit, onDone }: { unit: Unit; onDone: () => Promise<void> }) {
  return (
    <Act
      fields={[
        { name: "creditLimit", label: say.creditLimit, type: "amount", start: String(unit.creditLimit) },
        { name: "creditDays", label: say.creditDays, type: "amount", start: String(unit.creditDays) },
        { name: "bays", label: say.bays, type: "amount", start: String(unit.bays) },
      ]}
      help={say.termsHelp}
      label={say.terms}
      look="quiet"
      onDo={async ({ creditLimit, creditDays, bays }) => {
        const input = {
          id: unit.id,
          creditLimit: numberIn(creditLimit) ?? 0,
          creditDays: numberIn(creditDays) ?? 0,
          bays: numberIn(bays) ?? 0,
        };
        thing((await ask(SetUnitTermsDocument, { input })).setUnitTerms);
      }}
      onDone={onDone}
    />
  );
}
