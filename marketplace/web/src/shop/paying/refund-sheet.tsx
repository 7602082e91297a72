import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { DestinationFields, useDestination } from "../../ground/destination/fields";
import { rupiah } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import type { Ending } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { ChooseRefundWayDocument } from "../api";
import type { SubOrder } from "../order-page";
import { say } from "./words";

type Refund = SubOrder["refunds"][number];
const WAYS = ["TRANSFER", "CASH"] as const;

/** Whether the buyer still has to say how this comes back to him. */
export function isUndecided({ state, way }: Refund): boolean {
  return state === "AWAITING" && way === "ORIGINAL";
}

/** How money comes back that its provider can't give back as it came. */
export function RefundSheet({ refund, onClose, onDone }: Ending & { refund: Refund }) {
  const [way, setWay] = useState<(typeof WAYS)[number]>("TRANSFER");
  const to = useDestination();
  const intent = useIntent();
  const choosing = useDoing(async () => {
    const wanted = { refundId: refund.id, way, ...(way === "TRANSFER" ? { to: to.input } : {}) };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(ChooseRefundWayDocument, { input })).chooseRefundWay);
    intent.settle();
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={say.refundWay(rupiah(refund.amount))}>
      <p>{say.refundWhy}</p>
      <Choices about={say.refundHow}>
        {WAYS.map((each) => (
          <Choice
            group="way"
            isChosen={each === way}
            key={each}
            label={each === "CASH" ? say.refundCash : say.refundTransfer}
            onChoose={() => setWay(each)}
            type="radio"
          />
        ))}
      </Choices>
      {way === "TRANSFER" && <DestinationFields refused={choosing.refused} to={to} />}
      <Trouble refused={choosing.refused} />
      <Button isBusy={choosing.isRunning} isWide onPress={() => void choosing.run()}>
        {say.refundSend}
      </Button>
    </Sheet>
  );
}
