import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { today } from "../../ground/days";
import { numberIn } from "../../ground/figures";
import { Loaded } from "../../ground/parts/loading";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { RecordCountDocument, RecordPurchaseDocument, type StockedFragment, SuppliersDocument } from "../api";
import { say } from "./words";

type StockActsProps = {
  unitId: string;
  slug: string;
  items: readonly StockedFragment[];
  onDone: () => Promise<void>;
};

/** What comes from a supplier, and what the shelves really hold. */
export function StockActs({ unitId, slug, items, onDone }: StockActsProps) {
  const asked = useAsked(SuppliersDocument, { slug });
  const item = {
    name: "itemId" as const,
    label: say.item,
    options: items.map(({ id, name }) => ({ value: id, name })),
  };
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => (
        <div class="beside">
          <Act
            fields={[
              {
                name: "supplierId",
                label: say.supplier,
                options: (cooperative?.suppliers.nodes ?? []).map(({ id, name }) => ({ value: id, name })),
              },
              { name: "reference", label: say.reference, most: 80 },
              { name: "receivedOn", label: say.receivedOn, type: "date", start: today() },
              {
                name: "way",
                label: say.way,
                options: [
                  { value: "CASH", name: say.cash },
                  { value: "TRANSFER", name: say.transfer },
                  { value: "CREDIT", name: say.credit },
                ],
              },
              item,
              { name: "quantity", label: say.quantity, type: "amount" },
              { name: "cost", label: say.cost, type: "amount" },
            ]}
            label={say.purchase}
            look="quiet"
            onDo={async ({ itemId, quantity, cost, way, ...told }, idempotencyKey) => {
              const lines = [{ itemId, quantity: numberIn(quantity) ?? 0, cost: numberIn(cost) ?? 0 }];
              const input = { unitId, ...told, way: way as "CASH", lines, idempotencyKey };
              thing((await ask(RecordPurchaseDocument, { input })).recordUnitPurchase);
            }}
            onDone={onDone}
          />
          <Act
            fields={[
              item,
              { name: "counted", label: say.counted, type: "amount" },
              { name: "explanation", label: say.explanation, most: 300, isOptional: true },
            ]}
            help={say.countHelp}
            label={say.count}
            look="quiet"
            onDo={async ({ itemId, counted, explanation }, idempotencyKey) => {
              const input = {
                unitId,
                lines: [{ itemId, counted: numberIn(counted) ?? 0 }],
                explanation,
                idempotencyKey,
              };
              thing((await ask(RecordCountDocument, { input })).recordStockCount);
            }}
            onDone={onDone}
          />
        </div>
      )}
    </Loaded>
  );
}
