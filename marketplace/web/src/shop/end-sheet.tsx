import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { CancelPartDocument, DisputeDocument } from "./api";
import type { SubOrder } from "./order-page";
import { hasBegun } from "./states";
import { say } from "./words";

type EndProps = {
  how: "cancel" | "complain";
  part: SubOrder;
  onChanged: () => Promise<void>;
  onClose: () => void;
};

/** Cancel a part before it is collected, or say what was wrong with what came. */
export function EndSheet({ how, part, onChanged, onClose }: EndProps) {
  const [reason, setReason] = useState("");
  const intent = useIntent();
  const isCancelling = how === "cancel";
  const sending = useDoing(async () => {
    const wanted = { subOrderId: part.id, reason: reason.trim() };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    if (isCancelling) thing((await ask(CancelPartDocument, { input })).cancelSubOrder);
    else thing((await ask(DisputeDocument, { input })).disputeSubOrder);
    intent.settle();
    toast(isCancelling ? say.cancelled : say.complained);
    onClose();
    await onChanged();
  });
  return (
    <Sheet onClose={onClose} title={isCancelling ? say.cancelWhy : say.complainTitle}>
      <p>{isCancelling ? (hasBegun(part.state) ? say.cancelLate : say.cancelHelp) : say.complainHelp}</p>
      <Field
        label={isCancelling ? say.cancelText : say.complainText}
        most={500}
        onChange={setReason}
        rows={3}
        value={reason}
        wrong={sending.refused?.field("reason")}
      />
      <Trouble refused={sending.refused} />
      <Button
        isBusy={sending.isRunning}
        isWide
        look={isCancelling ? "danger" : "main"}
        onPress={() => void sending.run()}
      >
        {isCancelling ? say.cancelOrder : say.complainSend}
      </Button>
      {isCancelling && (
        <Button isWide look="plain" onPress={onClose}>
          {say.cancelKeep}
        </Button>
      )}
    </Sheet>
  );
}
