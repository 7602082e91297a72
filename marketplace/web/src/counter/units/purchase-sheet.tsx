import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { DoingButton } from "../../ground/parts/doing-button";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import type { Ending } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { AddSupplierDocument, RecordPurchaseDocument, SuppliersDocument } from "../api";
import type { Cooperative } from "../with-cooperative";
import { say as common } from "../words";
import { useChoosable } from "./choosable";
import { Lines } from "./lines";
import { say } from "./words";

const EMPTY = { itemId: "", quantity: "", cost: "" };
type PurchaseSheetProps = Ending & { unitId: string; cooperative: Cooperative };

/** A supplier's invoice, line by line, as the goods come in. */
export function PurchaseSheet({ unitId, cooperative, onClose, onDone }: PurchaseSheetProps) {
  const suppliers = useAsked(SuppliersDocument, { slug: cooperative.slug });
  const { items } = useChoosable(unitId);
  const [told, setTold] = useState({ supplierId: "", reference: "", receivedOn: today(), way: "CASH" });
  const [lines, setLines] = useState<readonly (typeof EMPTY)[]>([EMPTY]);
  const intent = useIntent();
  const whole = lines.flatMap(({ itemId, quantity, cost }) => {
    const [many, paid] = [numberIn(quantity), numberIn(cost)];
    return itemId && many && paid != null ? [{ itemId, quantity: many, cost: paid }] : [];
  });
  const recording = useDoing(async () => {
    const wanted = { unitId, ...told, way: told.way as "CASH", lines: whole };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(RecordPurchaseDocument, { input })).recordUnitPurchase);
    intent.settle();
    toast(common.carriedOut);
    await onDone();
  });
  const wrong = (path: string) => recording.refused?.field(path);
  return (
    <Sheet onClose={onClose} title={say.purchase}>
      <Loaded asked={suppliers}>
        {({ cooperative: found }) => (
          <Select
            label={say.supplier}
            onChange={(supplierId) => setTold((was) => ({ ...was, supplierId }))}
            value={told.supplierId}
            wrong={wrong("supplierId")}
          >
            <option value="">{common.chooseOne}</option>
            {found?.suppliers.nodes.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Loaded>
      <AddSupplier cooperativeId={cooperative.id} onDone={suppliers.again} />
      <Field
        label={say.reference}
        most={60}
        onChange={(reference) => setTold((was) => ({ ...was, reference }))}
        value={told.reference}
        wrong={wrong("reference")}
      />
      <Field
        label={say.receivedOn}
        onChange={(receivedOn) => setTold((was) => ({ ...was, receivedOn }))}
        type="date"
        value={told.receivedOn}
        wrong={wrong("receivedOn")}
      />
      <Select
        label={say.way}
        onChange={(way) => setTold((was) => ({ ...was, way }))}
        value={told.way}
        wrong={wrong("way")}
      >
        <option value="CASH">{say.cash}</option>
        <option value="TRANSFER">{say.transfer}</option>
        <option value="CREDIT">{say.credit}</option>
      </Select>
      <Lines empty={EMPTY} lines={lines} onChange={setLines}>
        {(line, change, n) => (
          <>
            <Select label={say.itemOf(n)} onChange={(itemId) => change({ itemId })} value={line.itemId}>
              <option value="">{common.chooseOne}</option>
              {items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <Field
              inputMode="numeric"
              label={say.quantityOf(n)}
              most={7}
              onChange={(quantity) => change({ quantity })}
              value={line.quantity}
            />
            <Field
              inputMode="numeric"
              label={say.costOf(n)}
              most={15}
              onChange={(cost) => change({ cost })}
              value={line.cost}
            />
          </>
        )}
      </Lines>
      <DoingButton
        doing={recording}
        isDisabled={!told.supplierId || !told.reference.trim() || whole.length !== lines.length}
      >
        {say.purchaseOf(rupiah(whole.reduce((all, { cost }) => all + cost, 0)))}
      </DoingButton>
    </Sheet>
  );
}

function AddSupplier({ cooperativeId, onDone }: { cooperativeId: string; onDone: () => Promise<void> }) {
  return (
    <Act
      fields={[
        { name: "name", label: say.supplierName, most: 120 },
        { name: "phone", label: say.supplierPhone, most: 16, isOptional: true },
        { name: "creditDays", label: say.supplierDays, type: "amount", start: "0" },
      ]}
      label={say.addSupplier}
      look="quiet"
      onDo={async ({ name, phone, creditDays }, idempotencyKey) => {
        const days = numberIn(creditDays) ?? 0;
        const input = { cooperativeId, name, phone: phone.trim() || null, creditDays: days, idempotencyKey };
        thing((await ask(AddSupplierDocument, { input })).addSupplier);
      }}
      onDone={onDone}
    />
  );
}
