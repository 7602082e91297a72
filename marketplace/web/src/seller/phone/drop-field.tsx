import { Field } from "../../ground/parts/field";
import { pointIn } from "../../ground/point";
import type { Refused } from "../../ground/refused";
import { DistrictField } from "../opening/district-field";
import type { Told } from "./caller";
import { say } from "./words";

type DropFieldProps = { told: Told; onTell: (next: Partial<Told>) => void; refused: Refused | undefined };

/** Street and landmark in words, and the point: one that the caller shared, else the middle of his district. */
export function DropField({ told, onTell, refused }: DropFieldProps) {
  return (
    <>
      <Field
        isRequired
        label={say.street}
        most={200}
        onChange={(street) => onTell({ street })}
        value={told.street}
        wrong={refused?.field("street")}
      />
      <Field
        hint={say.patokanHint}
        label={say.patokan}
        most={200}
        onChange={(patokan) => onTell({ patokan })}
        value={told.patokan}
        wrong={refused?.field("patokan")}
      />
      <DistrictField
        chosen={told.district}
        near={undefined}
        onChoose={(district) => onTell({ district })}
        wrong={undefined}
      />
      <p>{say.districtHelp}</p>
      <Field
        hint={say.pointHint}
        label={say.point}
        most={40}
        onChange={(copied) => onTell({ copied })}
        value={told.copied}
        wrong={told.copied.trim() && !pointIn(told.copied) ? say.noPoint : undefined}
      />
    </>
  );
}
