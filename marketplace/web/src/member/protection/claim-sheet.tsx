import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { today } from "../../ground/days";
import { Button } from "../../ground/parts/button";
import { Field } from "../../ground/parts/field";
import { Select } from "../../ground/parts/select";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { ReportClaimDocument, type ReportClaimMutationVariables } from "../api";
import type { Enrolment } from "./enrolment";
import { claimKinds, say } from "./words";

type Kind = ReportClaimMutationVariables["input"]["kind"];
const KINDS = ["ACCIDENT", "ILLNESS", "DEATH", "OLD_AGE", "VEHICLE"] as const;
type ClaimSheetProps = { enrolment: Enrolment; onClose: () => void; onDone: (claimId: string) => void };

/** What happened, to whom and when; its papers come after. */
export function ClaimSheet({ enrolment, onClose, onDone }: ClaimSheetProps) {
  const isVehicles = enrolment.programme?.kind === "VEHICLE";
  const [told, setTold] = useState({
    kind: (isVehicles ? "VEHICLE" : "ACCIDENT") as Kind,
    happenedOn: today(),
    story: "",
    dependantId: "",
  });
  const intent = useIntent();
  const reporting = useDoing(async () => {
    const wanted = { enrolmentId: enrolment.id, ...told, dependantId: told.dependantId || null };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const claim = thing((await ask(ReportClaimDocument, { input })).reportProtectionClaim);
    intent.settle();
    toast(say.reported);
    onDone(claim.id);
  });
  const wrong = (path: string) => reporting.refused?.field(path);
  return (
    <Sheet onClose={onClose} title={say.report}>
      <Select
        label={say.what}
        onChange={(kind) => setTold((was) => ({ ...was, kind: kind as Kind }))}
        value={told.kind}
        wrong={wrong("kind")}
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {claimKinds[kind]}
          </option>
        ))}
      </Select>
      {enrolment.dependants.length > 0 && (
        <Select
          label={say.who}
          onChange={(dependantId) => setTold((was) => ({ ...was, dependantId }))}
          value={told.dependantId}
          wrong={wrong("dependantId")}
        >
          <option value="">{say.myself}</option>
          {enrolment.dependants.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Field
        label={say.when}
        onChange={(happenedOn) => setTold((was) => ({ ...was, happenedOn }))}
        type="date"
        value={told.happenedOn}
        wrong={wrong("happenedOn")}
      />
      <Field
        label={say.story}
        most={1000}
        onChange={(story) => setTold((was) => ({ ...was, story }))}
        rows={4}
        value={told.story}
        wrong={wrong("story")}
      />
      <Trouble refused={reporting.refused} />
      <Button
        isBusy={reporting.isRunning}
        isDisabled={told.story.trim().length < 10}
        isWide
        onPress={() => void reporting.run()}
      >
        {say.send}
      </Button>
    </Sheet>
  );
}
