import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import { DoingButton } from "../../ground/parts/doing-button";
import { Field } from "../../ground/parts/field";
import type { Ending } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { Stepper } from "../../ground/parts/stepper";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { say as common } from "../../ground/words";
import { type OptionGroupInput, UpdateListingDocument } from "../api";
import { say as seller } from "../words";
import {
  boundsOf,
  type Draft,
  draftOf,
  type Group,
  groupOf,
  groupsWith,
  isLacking,
  LONGEST_NAME,
  NEW,
} from "./draft";
import { Lines } from "./lines";
import { say } from "./words";

export type GroupSheetProps = Ending & {
  listingId: string;
  /** All of the listing's groups: the API takes them together. */
  groups: readonly Group[];
  /** The place of the one that is changed; past the last, it is new. */
  at: number;
};

/** A group of options: what it is called, how many are chosen of it, and what there is with its price. */
export function GroupSheet({ listingId, groups, at, onClose, onDone }: GroupSheetProps) {
  const stands = groups[at];
  const [draft, setDraft] = useState<Draft>(() => (stands ? draftOf(stands) : NEW));
  const change = (next: Partial<Draft>) => setDraft((was) => ({ ...was, ...next }));
  const group = groupOf(draft);
  const send = async (changed: OptionGroupInput | null) => {
    const input = { id: listingId, optionGroups: groupsWith(groups, at, changed) };
    thing((await ask(UpdateListingDocument, { input })).updateListing);
    toast(changed ? seller.saved : say.removed);
    await onDone();
  };
  const saving = useDoing(async () => group && (await send(group)));
  const removing = useDoing(() => send(null));
  return (
    <Sheet
      foot={
        <div class="stack">
          {isLacking(draft) && <small>{say.lacking}</small>}
          <DoingButton doing={saving} isDisabled={!group || removing.isRunning}>
            {common.save}
          </DoingButton>
        </div>
      }
      onClose={onClose}
      title={stands ? say.change : say.add}
    >
      <Field
        hint={say.nameHint}
        isRequired
        label={say.name}
        most={LONGEST_NAME}
        onChange={(name) => change({ name })}
        value={draft.name}
      />
      <Rules draft={draft} onChange={change} />
      <Lines isNew={!stands} lines={draft.lines} onChange={(lines) => change({ lines })} />
      {stands && (
        <div class="stack">
          <Trouble refused={removing.refused} />
          <Button isBusy={removing.isRunning} isWide look="danger" onPress={() => void removing.run()}>
            {say.remove}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

/** Whether one must be chosen, and how many may be. */
function Rules({ draft, onChange }: { draft: Draft; onChange: (next: Partial<Draft>) => void }) {
  const { least, most } = boundsOf(draft);
  return (
    <>
      <Choices about={say.rules}>
        <Choice
          group="must"
          isChosen={draft.isRequired}
          label={say.must}
          onChoose={(isRequired) => onChange({ isRequired })}
          type="checkbox"
        />
        <Choice
          group="several"
          isChosen={draft.isSeveral}
          label={say.several}
          onChoose={(isSeveral) => onChange({ isSeveral })}
          type="checkbox"
        />
      </Choices>
      {draft.isSeveral && draft.isRequired && (
        <div class="apart">
          <p>{say.least}</p>
          <Stepper
            least={1}
            most={most}
            name={say.least}
            onChange={(chosen) => onChange({ least: chosen })}
            value={least}
          />
        </div>
      )}
      {draft.isSeveral && (
        <div class="apart">
          <p>{say.most}</p>
          <Stepper
            least={1}
            most={boundsOf({ ...draft, most: null }).most}
            name={say.most}
            onChange={(chosen) => onChange({ most: chosen })}
            value={most}
          />
        </div>
      )}
    </>
  );
}
