import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import type { HeldJobFragment } from "./api";
import { useTelling } from "./steps";
import { say } from "./words";

/** Put a job back before its pickup. */
export function GiveUpSheet({ job, onClose }: { job: HeldJobFragment; onClose: () => void }) {
  const [why, setWhy] = useState("");
  const { route } = useLocation();
  const telling = useTelling(job);
  const give = async () => {
    if (await telling.run({ kind: "GIVE_UP", text: why.trim() })) route("/antar");
  };
  return (
    <Sheet onClose={onClose} title={say.giveUp}>
      <p>{say.giveUpHelp}</p>
      <Field label={say.giveUpWhy} most={300} onChange={setWhy} rows={2} value={why} />
      <Trouble refused={telling.refused} />
      <Button isBusy={telling.isRunning} isWide look="danger" onPress={() => void give()}>
        {say.giveUp}
      </Button>
      <Button isWide look="plain" onPress={onClose}>
        {say.keepJob}
      </Button>
    </Sheet>
  );
}
