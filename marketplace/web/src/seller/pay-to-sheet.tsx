import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { DestinationFields, useDestination } from "../ground/destination/fields";
import { Button } from "../ground/parts/button";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { say as common } from "../ground/words";
import { PayToDocument } from "./api";
import type { Whose } from "./payout-sheet";
import { say } from "./words";

/** Where the shop is paid: a bank account or a wallet. */
export function PayToSheet({ whose, onClose }: { whose: Whose; onClose: () => void }) {
  const to = useDestination();
  const intent = useIntent();
  const saving = useDoing(async () => {
    const wanted = { ...whose, to: to.input };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const set = thing((await ask(PayToDocument, { input })).setPayoutDestination);
    intent.settle();
    toast(say.paidTo(set.to));
    onClose();
  });
  return (
    <Sheet onClose={onClose} title={say.payTo}>
      <DestinationFields refused={saving.refused} to={to} />
      <Trouble refused={saving.refused} />
      <Button isBusy={saving.isRunning} isWide onPress={() => void saving.run()}>
        {common.save}
      </Button>
    </Sheet>
  );
}
