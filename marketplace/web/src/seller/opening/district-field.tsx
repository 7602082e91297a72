import { MapPin } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Icon } from "../../ground/parts/icon";
import { Row, Rows } from "../../ground/parts/row";
import { Trouble } from "../../ground/parts/trouble";
import { useSettled } from "../../ground/settled";
import { DistrictsDocument, type DistrictsQuery } from "../api";
import { nearestFirst } from "./nearest";
import { say } from "./words";

export type District = DistrictsQuery["regions"][number];

/** Fewer letters find half the country. */
const LEAST_LETTERS = 3;
/** What fits a phone: more letters find fewer. */
const MOST_SHOWN = 8;

type DistrictFieldProps = {
  chosen: District | undefined;
  onChoose: (district: District | undefined) => void;
  /** Of several with one name, those near this point come first. */
  near: { lat: number; lon: number } | undefined;
  wrong: string | undefined;
};

/** The district that something lies in, found by its name. */
export function DistrictField({ chosen, onChoose, near, wrong }: DistrictFieldProps) {
  const [text, setText] = useState("");
  const rested = useSettled(text.trim());
  const asked = useAsked(DistrictsDocument, !chosen && rested.length >= LEAST_LETTERS ? { text: rested } : null);
  if (chosen) {
    return (
      <div class="stack">
        <p>
          {say.district}: <strong>{nameOf(chosen)}</strong>
        </p>
        <Button look="plain" onPress={() => onChoose(undefined)}>
          {say.otherDistrict}
        </Button>
      </div>
    );
  }
  const districts = asked.answer?.regions.filter(({ level }) => level === "DISTRICT");
  return (
    <div class="stack">
      <Field
        autocomplete="off"
        hint={say.districtHint}
        label={say.district}
        most={60}
        onChange={setText}
        type="search"
        value={text}
        wrong={wrong ?? (districts?.length === 0 ? say.noDistrict : undefined)}
      />
      <Trouble refused={asked.refused} />
      {districts && districts.length > 0 && (
        <Rows>
          {nearestFirst(districts, near)
            .slice(0, MOST_SHOWN)
            .map((district) => (
              <li key={district.code}>
                <Row
                  note={above(district)}
                  onPress={() => onChoose(district)}
                  start={<Icon of={MapPin} />}
                  title={district.name}
                />
              </li>
            ))}
        </Rows>
      )}
    </div>
  );
}

function above({ path }: District): string {
  return path
    .slice(0, -1)
    .reverse()
    .map(({ name }) => name)
    .join(", ");
}

function nameOf(district: District): string {
  return `${district.name}, ${above(district)}`;
}
