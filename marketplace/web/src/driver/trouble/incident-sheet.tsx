import { useState } from "preact/hooks";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import { Field } from "../../ground/parts/field";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import type { HeldJobFragment, IncidentKind } from "../api";
import { useTelling } from "../steps";
import { incidents, say } from "./words";

const KINDS: IncidentKind[] = [
  "FLAT_TYRE",
  "BREAKDOWN",
  "ACCIDENT",
  "SHOP_CLOSED",
  "GOODS_NOT_READY",
  "GOODS_DAMAGED",
  "UNSAFE_PLACE",
  "ROAD_BLOCKED",
  "ILLNESS",
  "OTHER",
];

/** What stops him; written down here and sent as soon as that works. */
export function IncidentSheet({ job, onClose }: { job: HeldJobFragment; onClose: () => void }) {
  const [kind, setKind] = useState<IncidentKind>();
  const [text, setText] = useState("");
  const telling = useTelling(job);
  const isTold = kind !== undefined && (kind !== "OTHER" || text.trim() !== "");
  const tell = async () => {
    if (!kind || !(await telling.run({ kind: "INCIDENT", incident: kind, text: text.trim() }))) return;
    toast(say.incidentSent);
    onClose();
  };
  return (
    <Sheet onClose={onClose} title={say.incident}>
      <Choices about={say.incidentWhat}>
        {KINDS.map((known) => (
          <Choice
            group="incident"
            isChosen={kind === known}
            key={known}
            label={incidents[known]}
            onChoose={() => setKind(known)}
            type="radio"
          />
        ))}
      </Choices>
      <Field label={say.incidentWords} most={300} onChange={setText} rows={2} value={text} />
      <Trouble refused={telling.refused} />
      <Button isBusy={telling.isRunning} isDisabled={!isTold} isWide onPress={() => void tell()}>
        {say.incidentSend}
      </Button>
    </Sheet>
  );
}
