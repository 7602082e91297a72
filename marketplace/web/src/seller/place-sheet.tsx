import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import type { Ending } from "../ground/parts/opener";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { say as common } from "../ground/words";
import { type StallFragment, UpdateShopDocument } from "./api";
import { type District, DistrictField } from "./opening/district-field";
import { type Spot, SpotField } from "./opening/spot-field";
import { say as opening } from "./opening/words";
import { say } from "./words";

/** The shop moves, or its address is put right. Orders under way keep the place that they were placed with. */
export function PlaceSheet({ stall, onClose, onDone }: Ending & { stall: StallFragment }) {
  const [address, setAddress] = useState(stall.address);
  const [spot, setSpot] = useState<Spot>();
  const [district, setDistrict] = useState<District>();
  const saving = useDoing(async () => {
    const moved = { ...(spot && { place: spot }), ...(district && { regionCode: district.code }) };
    const input = { id: stall.id, address: address.trim(), ...moved };
    thing((await ask(UpdateShopDocument, { input })).updateShop);
    toast(say.saved);
    await onDone();
  });
  // A point in another district than the shop's region would price its deliveries by the wrong tariff.
  const isReady = address.trim() && (!spot || district);
  return (
    <Sheet
      foot={
        <div class="stack">
          <Trouble refused={saving.refused} />
          {!isReady && <p>{spot ? say.whichDistrict : say.needsAddress}</p>}
          <Button isBusy={saving.isRunning} isDisabled={!isReady} isWide onPress={() => void saving.run()}>
            {common.save}
          </Button>
        </div>
      }
      onClose={onClose}
      title={say.changePlace}
    >
      <Field
        autocomplete="street-address"
        hint={say.addressHint}
        isRequired
        label={opening.address}
        most={300}
        onChange={setAddress}
        rows={2}
        value={address}
        wrong={saving.refused?.field("address")}
      />
      <SpotField onChoose={setSpot} spot={spot} wrong={saving.refused?.field("place")} />
      <DistrictField
        chosen={district}
        near={spot ?? stall.place}
        onChoose={setDistrict}
        wrong={saving.refused?.field("regionCode")}
      />
      <p>{say.placeHelp}</p>
    </Sheet>
  );
}
