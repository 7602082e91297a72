import { MapPin } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Trouble } from "../ground/parts/trouble";
import { type Place, place } from "../ground/place";
import { Refused } from "../ground/refused";
import { account, ask } from "../ground/session";
import { say as common } from "../ground/words";
import { type AddressWholeFragment, SaveAddressDocument } from "./api";
import { PlaceSheet } from "./place-sheet";
import { say } from "./words";

/** A new address: who, where in words, and the point that the driver goes to. */
export function AddressForm({ onSaved }: { onSaved: (address: AddressWholeFragment) => void }) {
  const [written, setWritten] = useState({
    label: "",
    recipient: account.value?.name ?? "",
    phone: account.value?.phone ?? "",
    street: "",
    kelurahan: "",
    patokan: "",
  });
  const [pin, setPin] = useState<Place | null>(place.value);
  const [isPinning, setPinning] = useState(false);
  const saving = useDoing(async () => {
    if (!pin) throw new Refused({ code: "REQUIRED", message: say.pinMissing });
    const address = { ...written, point: { lat: pin.lat, lon: pin.lon } };
    onSaved(thing((await ask(SaveAddressDocument, { input: { address } })).saveAddress));
  });
  const field = (name: keyof typeof written) => ({
    value: written[name],
    onChange: (value: string) => setWritten((was) => ({ ...was, [name]: value })),
    wrong: saving.refused?.field(name),
  });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
    >
      <Field {...field("street")} autocomplete="street-address" isRequired label={say.street} most={200} />
      <Field {...field("patokan")} hint={say.patokanHint} label={say.patokan} most={200} />
      <Field {...field("kelurahan")} label={say.kelurahan} most={100} />
      <div class="stack">
        <p>
          <strong>{pin ? say.pinFrom(pin.name || say.hereName) : say.pin}</strong>
        </p>
        <Button icon={MapPin} isWide look="quiet" onPress={() => setPinning(true)}>
          {say.pinHere}
        </Button>
        <p>{say.pinHelp}</p>
      </div>
      <Field {...field("recipient")} autocomplete="name" isRequired label={say.recipient} most={100} />
      <Field {...field("phone")} autocomplete="tel" isRequired label={common.phone} most={20} type="tel" />
      <Field {...field("label")} hint={say.labelHint} label={say.label} most={50} />
      <Trouble refused={saving.refused} />
      <Button isBusy={saving.isRunning} isWide type="submit">
        {common.save}
      </Button>
      {isPinning && (
        <PlaceSheet
          onChoose={(chosen) => {
            setPin(chosen);
            setPinning(false);
          }}
          onClose={() => setPinning(false)}
          title={say.pin}
        />
      )}
    </form>
  );
}
