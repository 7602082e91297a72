import { LocateFixed, MapPin } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Icon } from "../ground/parts/icon";
import { Row, Rows } from "../ground/parts/row";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { type Place, position } from "../ground/place";
import { Refused } from "../ground/refused";
import { useSettled } from "../ground/settled";
import { RegionsDocument } from "./api";
import { say } from "./words";

/** Fewer letters find half the country. */
const LEAST_LETTERS = 3;

/** Choose a point: by the phone's position, or by the name of a city or district. */
export function PlaceSheet({
  title,
  onChoose,
  onClose,
}: {
  title: string;
  onChoose: (place: Place) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState("");
  const words = useSettled(text.trim());
  const asked = useAsked(RegionsDocument, words.length >= LEAST_LETTERS ? { text: words } : null);
  const finding = useDoing(async () => {
    const found = await position().catch(() => {
      throw new Refused({ code: "NO_POSITION", message: say.noPosition });
    });
    onChoose({ ...found, name: "" });
  });
  const regions = asked.answer?.regions.filter((region) => region.level !== "PROVINCE").slice(0, 20) ?? [];
  return (
    <Sheet onClose={onClose} title={title}>
      <Button icon={LocateFixed} isBusy={finding.isRunning} isWide look="quiet" onPress={() => void finding.run()}>
        {finding.isRunning ? say.finding : say.here}
      </Button>
      <Trouble refused={finding.refused} />
      <Field autocomplete="off" label={say.placeHint} onChange={setText} type="search" value={text} />
      {regions.length > 0 && (
        <Rows>
          {regions.map(({ code, name, point, path }) => (
            <li key={code}>
              <Row
                note={path
                  .slice(0, -1)
                  .reverse()
                  .map((above) => above.name)
                  .join(", ")}
                onPress={() => onChoose({ ...point, name })}
                start={<Icon of={MapPin} />}
                title={name}
              />
            </li>
          ))}
        </Rows>
      )}
    </Sheet>
  );
}
