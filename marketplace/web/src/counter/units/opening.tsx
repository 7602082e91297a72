import { LocateFixed } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { DoingButton } from "../../ground/parts/doing-button";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import type { Ending } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { position } from "../../ground/place";
import { pointIn } from "../../ground/point";
import { ask } from "../../ground/session";
import { useSettled } from "../../ground/settled";
import { OpenUnitDocument, RegionsDocument, UnitKindsDocument } from "../api";
import { say as common } from "../words";
import { say } from "./words";

/** A unit of the co-op, with the shop by which it sells: what it is, its name, and where it stands. */
export function OpeningSheet({ cooperativeId, onClose, onDone }: Ending & { cooperativeId: string }) {
  const kinds = useAsked(UnitKindsDocument, {});
  const [told, setTold] = useState({ kind: "", name: "", address: "", point: "", region: "", regionCode: "" });
  const regionText = useSettled(told.region.trim());
  const regions = useAsked(RegionsDocument, regionText.length >= 3 ? { text: regionText } : null);
  const place = pointIn(told.point);
  const intent = useIntent();
  const locating = useDoing(async () => {
    const { lat, lon } = await position();
    setTold((was) => ({ ...was, point: `${lat.toFixed(6)}, ${lon.toFixed(6)}` }));
  });
  const opening = useDoing(async () => {
    if (!place) return;
    const { kind, name, address, regionCode } = told;
    const wanted = { cooperativeId, kind, name: name.trim(), address: address.trim(), regionCode, place };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(OpenUnitDocument, { input })).openUnit);
    intent.settle();
    toast(common.carriedOut);
    await onDone();
  });
  const wrong = (path: string) => opening.refused?.field(path);
  return (
    <Sheet onClose={onClose} title={say.open}>
      <Loaded asked={kinds}>
        {({ unitKinds }) => (
          <Select
            label={say.kind}
            onChange={(kind) => setTold((was) => ({ ...was, kind }))}
            value={told.kind}
            wrong={wrong("kind")}
          >
            <option value="">{common.chooseOne}</option>
            {unitKinds.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Loaded>
      <Field
        label={say.unitName}
        most={160}
        onChange={(name) => setTold((was) => ({ ...was, name }))}
        value={told.name}
        wrong={wrong("name")}
      />
      <Field
        label={say.address}
        most={300}
        onChange={(address) => setTold((was) => ({ ...was, address }))}
        value={told.address}
        wrong={wrong("address")}
      />
      <Field
        hint={say.pointHint}
        label={say.point}
        most={40}
        onChange={(point) => setTold((was) => ({ ...was, point }))}
        value={told.point}
        wrong={wrong("place") ?? (told.point && !place ? say.noPoint : undefined)}
      />
      <Button icon={LocateFixed} isBusy={locating.isRunning} look="quiet" onPress={() => void locating.run()}>
        {say.here}
      </Button>
      {locating.refused && <p>{say.notHere}</p>}
      <Field
        label={say.region}
        most={60}
        onChange={(region) => setTold((was) => ({ ...was, region }))}
        value={told.region}
      />
      {regions.answer && (
        <Select
          label={say.whichRegion}
          onChange={(regionCode) => setTold((was) => ({ ...was, regionCode }))}
          value={told.regionCode}
          wrong={wrong("regionCode")}
        >
          <option value="">{common.chooseOne}</option>
          {regions.answer.regions.slice(0, 50).map(({ code, path }) => (
            <option key={code} value={code}>
              {path
                .map(({ name }) => name)
                .reverse()
                .join(", ")}
            </option>
          ))}
        </Select>
      )}
      <DoingButton doing={opening} isDisabled={!told.kind || !told.name.trim() || !place || !told.regionCode}>
        {say.open}
      </DoingButton>
    </Sheet>
  );
}
