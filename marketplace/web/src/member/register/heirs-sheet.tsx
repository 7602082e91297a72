import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import type { Ending } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { say as common } from "../../ground/words";
import { NameHeirsDocument } from "../api";
import type { Entry } from "./register";
import { say } from "./words";

const MOST_HEIRS = 5;
const NOBODY = { name: "", relation: "", phone: "" };
type HeirsSheetProps = Ending & { entry: Entry };

/** Whom a member names to be paid what he leaves, in his order. */
export function HeirsSheet({ entry, onClose, onDone }: HeirsSheetProps) {
  const [heirs, setHeirs] = useState(entry.heirs.length ? [...entry.heirs] : [NOBODY]);
  const saving = useDoing(async () => {
    const input = { id: entry.id, heirs: heirs.map(({ name, relation, phone }) => ({ name, relation, phone })) };
    thing((await ask(NameHeirsDocument, { input })).nameHeirs);
    toast(say.saved);
    await onDone();
  });
  const change = (at: number, more: Partial<typeof NOBODY>) =>
    setHeirs(heirs.map((heir, n) => (n === at ? { ...heir, ...more } : heir)));
  const wrong = (at: number, path: string) => saving.refused?.field(`heirs.${at}.${path}`);
  return (
    <Sheet onClose={onClose} title={say.editHeirs}>
      {heirs.map((heir, n) => (
        <div class="stack" key={n}>
          <Field
            label={say.heirName(n + 1)}
            most={120}
            onChange={(name) => change(n, { name })}
            value={heir.name}
            wrong={wrong(n, "name")}
          />
          <Field
            label={say.heirRelation(n + 1)}
            most={40}
            onChange={(relation) => change(n, { relation })}
            value={heir.relation}
            wrong={wrong(n, "relation")}
          />
          <Field
            label={say.heirPhone(n + 1)}
            most={20}
            onChange={(phone) => change(n, { phone })}
            type="tel"
            value={heir.phone}
            wrong={wrong(n, "phone")}
          />
          <Button look="plain" onPress={() => setHeirs(heirs.filter((_, other) => other !== n))}>
            {say.removeHeir(n + 1)}
          </Button>
        </div>
      ))}
      {heirs.length < MOST_HEIRS && (
        <Button isWide look="quiet" onPress={() => setHeirs([...heirs, NOBODY])}>
          {say.addHeir}
        </Button>
      )}
      <Trouble refused={saving.refused} />
      <Button isBusy={saving.isRunning} isWide onPress={() => void saving.run()}>
        {common.save}
      </Button>
    </Sheet>
  );
}
