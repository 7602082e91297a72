import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { numberIn } from "../../ground/figures";
import { DoingButton } from "../../ground/parts/doing-button";
import { Field } from "../../ground/parts/field";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { ask } from "../../ground/session";
import { OpenRoundDocument } from "../api";
import { momentOf } from "../moment";
import { Lines } from "../units/lines";
import { say as common } from "../words";
import { say } from "./words";

const EMPTY = { least: "", price: "" };
type OpeningProps = { cooperativeId: string; onClose: () => void; onOpened: (id: string) => void };

/** A purchase of several together is opened: what of whom, at which prices by quantity, and by when each pays. */
export function OpeningSheet({ cooperativeId, onClose, onOpened }: OpeningProps) {
  const [told, setTold] = useState({
    title: "",
    measure: "",
    supplier: "",
    day: "",
    time: "17:00",
    creditDays: "14",
    supplierDays: "30",
  });
  const [lines, setLines] = useState<readonly (typeof EMPTY)[]>([EMPTY]);
  const intent = useIntent();
  const tiers = lines.flatMap(({ least, price }) => {
    const [many, each] = [numberIn(least), numberIn(price)];
    return many && each ? [{ least: many, price: each }] : [];
  });
  const { day, time, creditDays, supplierDays, ...named } = told;
  const opening = useDoing(async () => {
    const wanted = {
      cooperativeId,
      ...named,
      tiers,
      closesAt: momentOf(day, time),
      creditDays: numberIn(creditDays) ?? 0,
      supplierDays: numberIn(supplierDays) ?? 0,
    };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const { id } = thing((await ask(OpenRoundDocument, { input })).openPurchaseRound);
    intent.settle();
    toast(common.carriedOut);
    onOpened(id);
  });
  const given = (name: keyof typeof told, path: string = name) => ({
    value: told[name],
    onChange: (value: string) => setTold((was) => ({ ...was, [name]: value })),
    wrong: opening.refused?.field(path),
  });
  return (
    <Sheet onClose={onClose} title={say.open}>
      <p>{say.openHelp}</p>
      <Field label={say.what} most={160} {...given("title")} />
      <Field hint={say.measureHint} label={say.measure} most={40} {...given("measure")} />
      <Field label={say.supplier} most={120} {...given("supplier")} />
      <Lines empty={EMPTY} lines={lines} onChange={setLines}>
        {(line, change, n) => (
          <>
            <Field
              inputMode="numeric"
              label={say.leastOf(n)}
              most={7}
              onChange={(least) => change({ least })}
              value={line.least}
            />
            <Field
              inputMode="numeric"
              label={say.priceOf(n)}
              most={13}
              onChange={(price) => change({ price })}
              value={line.price}
              wrong={n === lines.length ? opening.refused?.field("tiers") : undefined}
            />
          </>
        )}
      </Lines>
      <Field label={say.lastDay} type="date" {...given("day", "closesAt")} />
      <Field label={say.lastTime} type="time" {...given("time", "")} />
      <Field hint={say.daysHint} inputMode="numeric" label={say.creditDays} most={3} {...given("creditDays")} />
      <Field hint={say.daysHint} inputMode="numeric" label={say.supplierDays} most={3} {...given("supplierDays")} />
      <DoingButton
        doing={opening}
        isDisabled={Object.values(told).some((value) => !value.trim()) || tiers.length !== lines.length}
      >
        {say.open}
      </DoingButton>
    </Sheet>
  );
}
