import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
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
  const [to, setTo] = useState({ institution: "", number: "", holder: "" });
  const intent = useIntent();
  const saving = useDoing(async () => {
    const wanted = {
      ...whose,
      to: { institution: to.institution.trim().toLowerCase(), number: to.number.trim(), holder: to.holder.trim() },
    };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const set = thing((await ask(PayToDocument, { input })).setPayoutDestination);
    intent.settle();
    toast(say.paidTo(set.to));
    onClose();
  });
  return (
    <Sheet onClose={onClose} title={say.payTo}>
      <Field
        hint={say.institutionHint}
        label={say.institution}
        most={20}
        onChange={(institution) => setTo((was) => ({ ...was, institution }))}
        value={to.institution}
        wrong={saving.refused?.field("institution")}
      />
      <Field
        inputMode="numeric"
        label={say.accountNumber}
        most={30}
        onChange={(number) => setTo((was) => ({ ...was, number }))}
        value={to.number}
        wrong={saving.refused?.field("number")}
      />
      <Field
        hint={say.holderHint}
        label={say.holder}
        most={60}
        onChange={(holder) => setTo((was) => ({ ...was, holder }))}
        value={to.holder}
        wrong={saving.refused?.field("holder")}
      />
      <Trouble refused={saving.refused} />
      <Button isBusy={saving.isRunning} isWide onPress={() => void saving.run()}>
        {common.save}
      </Button>
    </Sheet>
  );
}
