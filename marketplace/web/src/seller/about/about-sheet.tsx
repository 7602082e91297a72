import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { numberIn } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import { Field } from "../../ground/parts/field";
import type { Ending } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { say as common } from "../../ground/words";
import { type StallFragment, UpdateShopDocument } from "../api";
import { say as seller } from "../words";
import { say } from "./words";

const SERVED = ["takesCash", "takesOnline", "allowsPickup", "autoAccept"] as const;

function typedOf(stall: StallFragment) {
  const { name, description, packingFee, minimumOrder } = stall;
  return {
    name,
    description,
    phone: stall.phone ?? "",
    packingFee: String(packingFee),
    minimumOrder: String(minimumOrder),
  };
}

/** Change the shop's name, words, phone, and the terms on which it sells. */
export function AboutSheet({ stall, onClose, onDone }: Ending & { stall: StallFragment }) {
  const [typed, setTyped] = useState(() => typedOf(stall));
  const [served, setServed] = useState(() => Object.fromEntries(SERVED.map((name) => [name, stall[name]])));
  const [packingFee, minimumOrder] = [numberIn(typed.packingFee), numberIn(typed.minimumOrder)];
  const saving = useDoing(async () => {
    const { name, description, phone } = typed;
    const input = {
      ...{ id: stall.id, name: name.trim(), description: description.trim(), phone: phone.trim() },
      ...{ ...served, packingFee: packingFee ?? 0, minimumOrder: minimumOrder ?? 0 },
    };
    thing((await ask(UpdateShopDocument, { input })).updateShop);
    toast(seller.saved);
    await onDone();
  });
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: (value: string) => setTyped((was) => ({ ...was, [name]: value })),
    wrong: saving.refused?.field(name),
  });
  return (
    <Sheet
      foot={
        <div class="stack">
          <Trouble refused={saving.refused} />
          <Button
            isBusy={saving.isRunning}
            isDisabled={!typed.name.trim() || packingFee === undefined || minimumOrder === undefined}
            isWide
            onPress={() => void saving.run()}
          >
            {common.save}
          </Button>
        </div>
      }
      onClose={onClose}
      title={say.title}
    >
      <Field {...field("name")} isRequired label={say.name} most={160} />
      <Field {...field("description")} hint={say.descriptionHint} label={say.description} most={2000} rows={3} />
      <Field {...field("phone")} autocomplete="tel" hint={say.phoneHint} label={say.phone} most={20} type="tel" />
      <Choices about={say.takes}>
        {SERVED.map((name) => (
          <Choice
            group={name}
            isChosen={served[name] ?? false}
            key={name}
            label={say[name]}
            onChoose={(isChosen) => setServed((was) => ({ ...was, [name]: isChosen }))}
            type="checkbox"
          />
        ))}
      </Choices>
      <Field {...field("packingFee")} hint={say.zeroHint} inputMode="numeric" label={say.packingFee} most={12} />
      <Field {...field("minimumOrder")} hint={say.zeroHint} inputMode="numeric" label={say.minimumOrder} most={12} />
    </Sheet>
  );
}
