import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import type { Ending } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { AddDependantDocument, type AddDependantMutationVariables } from "../api";
import { relations, say } from "./words";

type Relation = AddDependantMutationVariables["input"]["relation"];
type DependantSheetProps = Ending & { enrolmentId: string };

/** One of his family, to be covered with him. */
export function DependantSheet({ enrolmentId, onClose, onDone }: DependantSheetProps) {
  const [one, setOne] = useState({ name: "", relation: "SPOUSE" as Relation, bornOn: "", participantNumber: "" });
  const intent = useIntent();
  const adding = useDoing(async () => {
    const wanted = { enrolmentId, ...one };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(AddDependantDocument, { input })).addProtectionDependant);
    intent.settle();
    toast(say.added);
    await onDone();
  });
  const wrong = (path: string) => adding.refused?.field(path);
  return (
    <Sheet onClose={onClose} title={say.addFamily}>
      <Field
        label={say.name}
        most={120}
        onChange={(name) => setOne((was) => ({ ...was, name }))}
        value={one.name}
        wrong={wrong("name")}
      />
      <Select
        label={say.relation}
        onChange={(relation) => setOne((was) => ({ ...was, relation: relation as Relation }))}
        value={one.relation}
      >
        {(["SPOUSE", "CHILD", "PARENT", "OTHER"] as const).map((relation) => (
          <option key={relation} value={relation}>
            {relations[relation]}
          </option>
        ))}
      </Select>
      <Field
        label={say.bornOn}
        onChange={(bornOn) => setOne((was) => ({ ...was, bornOn }))}
        type="date"
        value={one.bornOn}
        wrong={wrong("bornOn")}
      />
      <Field
        label={say.participant}
        most={20}
        onChange={(participantNumber) => setOne((was) => ({ ...was, participantNumber }))}
        value={one.participantNumber}
        wrong={wrong("participantNumber")}
      />
      <Trouble refused={adding.refused} />
      <Button
        isBusy={adding.isRunning}
        isDisabled={!one.name.trim() || !one.bornOn}
        isWide
        onPress={() => void adding.run()}
      >
        {say.addFamily}
      </Button>
    </Sheet>
  );
}
