import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { say } from "./words";

type ReasonSheetProps = {
  title: string;
  help: string;
  label?: string;
  isDanger?: boolean;
  /** Carries it out for this reason. */
  onDo: (reason: string) => Promise<unknown>;
  onClose: () => void;
};

/** Something that is done for a reason, which others will read. */
export function ReasonSheet({ title, help, label = say.why, isDanger = true, onDo, onClose }: ReasonSheetProps) {
  const [reason, setReason] = useState("");
  const doing = useDoing(async () => {
    await onDo(reason.trim());
    toast(say.done);
    onClose();
  });
  return (
    <Sheet onClose={onClose} title={title}>
      <p>{help}</p>
      <Field
        label={label}
        most={300}
        onChange={setReason}
        rows={3}
        value={reason}
        wrong={doing.refused?.field("reason") ?? doing.refused?.field("answer")}
      />
      <Trouble refused={doing.refused} />
      <Button
        isBusy={doing.isRunning}
        isDisabled={reason.trim().length < 3}
        isWide
        look={isDanger ? "danger" : "main"}
        onPress={() => void doing.run()}
      >
        {title}
      </Button>
    </Sheet>
  );
}
