import { LocateFixed } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { position } from "../../ground/place";
import { pointIn } from "../../ground/point";
import { Refused } from "../../ground/refused";
import { say } from "./words";

export type Spot = { lat: number; lon: number };
type SpotFieldProps = {
  spot: Spot | undefined;
  onChoose: (spot: Spot | undefined) => void;
  wrong: string | undefined;
};

/** The point that drivers come to: where the phone is; where it can't tell, one copied from a map. */
export function SpotField({ spot, onChoose, wrong }: SpotFieldProps) {
  const [text, setText] = useState("");
  const locating = useDoing(async () => {
    const found = await position().catch(() => {
      throw new Refused({ code: "NO_POSITION", message: say.notHere });
    });
    onChoose(found);
  });
  return (
    <div class="stack">
      <h2>{say.where}</h2>
      <p>{say.whereHelp}</p>
      <Button icon={LocateFixed} isBusy={locating.isRunning} isWide look="quiet" onPress={() => void locating.run()}>
        {spot ? say.hereAgain : say.here}
      </Button>
      <p role="status">{locating.refused?.message ?? (spot && say.marked)}</p>
      {locating.refused && (
        <Field
          hint={say.pointHint}
          label={say.point}
          most={40}
          onChange={(typed) => {
            setText(typed);
            onChoose(pointIn(typed));
          }}
          value={text}
          wrong={wrong ?? (text && !pointIn(text) ? say.noPoint : undefined)}
        />
      )}
    </div>
  );
}
