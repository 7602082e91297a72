import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { numberIn, rupiah } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { RequestPayoutDocument } from "./api";
import { say } from "./words";

/** Below this the API pays nothing out. */
export const LEAST_PAYOUT = 10_000;

export type Whose = { sellerId: string; cooperativeId: string };
type PayoutSheetProps = {
  whose: Whose;
  /** What the co-op owes the shop now. */
  most: number;
  onChanged: () => Promise<void>;
  onClose: () => void;
  /** To say where to first: nothing is paid without. */
  onWhere: () => void;
};

/** Ask the co-op for what it owes the shop. */
export function PayoutSheet({ whose, most, onChanged, onClose, onWhere }: PayoutSheetProps) {
  const [typed, setTyped] = useState("");
  const intent = useIntent();
  const amount = numberIn(typed);
  const asking = useDoing(async () => {
    if (!amount) return;
    const wanted = { ...whose, amount };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(RequestPayoutDocument, { input })).requestPayout);
    intent.settle();
    toast(say.payoutAsked);
    onClose();
    await onChanged();
  });
  return (
    <Sheet onClose={onClose} title={say.askPayout}>
      <Field
        hint={say.payoutHint(rupiah(most), rupiah(LEAST_PAYOUT))}
        inputMode="numeric"
        label={say.payoutAmount}
        most={15}
        onChange={setTyped}
        value={typed}
        wrong={asking.refused?.field("amount")}
      />
      <Trouble refused={asking.refused} />
      {asking.refused?.code === "REQUIRED" && (
        <Button isWide look="quiet" onPress={onWhere}>
          {say.payTo}
        </Button>
      )}
      <Button isBusy={asking.isRunning} isDisabled={!amount} isWide onPress={() => void asking.run()}>
        {amount ? say.askFor(rupiah(amount)) : say.askPayout}
      </Button>
    </Sheet>
  );
}
