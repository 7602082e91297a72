import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import type { Ending } from "../../ground/parts/opener";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { say as common } from "../../ground/words";
import { RecordDetailsDocument } from "../api";
import type { Entry } from "./register";
import { say, sexes } from "./words";

type DetailsSheetProps = Ending & { entry: Entry };

const TEXTS = [
  ["name", 120],
  ["nationalId", 16],
  ["birthPlace", 80],
  ["address", 300],
  ["occupation", 80],
] as const;

/** What the register asks of a member, written by himself. */
export function DetailsSheet({ entry, onClose, onDone }: DetailsSheetProps) {
  const { details } = entry;
  const [one, setOne] = useState({
    name: details?.name ?? "",
    nationalId: details?.nationalId ?? "",
    birthPlace: details?.birthPlace ?? "",
    bornOn: details?.bornOn ?? "",
    sex: details?.sex ?? "",
    address: details?.address ?? "",
    occupation: details?.occupation ?? "",
  });
  const saving = useDoing(async () => {
    const input = { id: entry.id, ...one, bornOn: one.bornOn || null };
    thing((await ask(RecordDetailsDocument, { input })).recordMemberDetails);
    toast(say.saved);
    await onDone();
  });
  const wrong = (path: string) => saving.refused?.field(path);
  return (
    <Sheet onClose={onClose} title={say.edit}>
      {TEXTS.map(([text, most]) => (
        <Field
          key={text}
          label={say[text]}
          most={most}
          onChange={(typed) => setOne((was) => ({ ...was, [text]: typed }))}
          value={one[text]}
          wrong={wrong(text)}
          {...(text === "nationalId" && { inputMode: "numeric" })}
        />
      ))}
      <Field
        label={say.bornOn}
        onChange={(bornOn) => setOne((was) => ({ ...was, bornOn }))}
        type="date"
        value={one.bornOn}
        wrong={wrong("bornOn")}
      />
      <Select
        label={say.sex}
        onChange={(sex) => setOne((was) => ({ ...was, sex }))}
        value={one.sex}
        wrong={wrong("sex")}
      >
        {(["", "L", "P"] as const).map((sex) => (
          <option key={sex} value={sex}>
            {sexes[sex]}
          </option>
        ))}
      </Select>
      <Trouble refused={saving.refused} />
      <Button isBusy={saving.isRunning} isDisabled={!one.name.trim()} isWide onPress={() => void saving.run()}>
        {common.save}
      </Button>
    </Sheet>
  );
}
