import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { CommitToRoundDocument, type JointRoundFragment } from "../api";
import { useDoing, useIntent } from "../asking";
import { thing } from "../client";
import { numberIn, rupiah } from "../figures";
import { DoingButton } from "../parts/doing-button";
import { Field } from "../parts/field";
import type { Ending } from "../parts/opener";
import { Sheet } from "../parts/sheet";
import { toast } from "../parts/toast";
import { ask } from "../session";
import { tierAt } from "./tiers";
import { say } from "./words";

/** Who joins: a shop, or a unit for one of its items. */
export type Party = { sellerId: string } | { itemId: string };

type JoinSheetProps = Ending & {
  round: JointRoundFragment;
  /** Null while it is not chosen. */
  party: Party | null;
  /** What it took before; 0: nothing. */
  held: number;
  /** By what the party is chosen. */
  children?: ComponentChildren;
};

/** So many of a round for one party; said again it replaces what stood, and can be taken back. */
export function JoinSheet({ round, party, held, children, onClose, onDone }: JoinSheetProps) {
  const [changed, setChanged] = useState<string>();
  const typed = changed ?? (held ? String(held) : "");
  const intent = useIntent();
  const commit = async (quantity: number) => {
    const wanted = { roundId: round.id, ...party, quantity };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    thing((await ask(CommitToRoundDocument, { input })).commitToPurchaseRound);
    intent.settle();
    toast(say.joined);
    await onDone();
  };
  const quantity = numberIn(typed);
  const joining = useDoing(() => commit(quantity ?? 0));
  const leaving = useDoing(() => commit(0));
  const price = tierAt(round.tiers, round.committed - held + (quantity ?? 0))?.price;
  return (
    <Sheet onClose={onClose} title={round.title}>
      <p>{say.joinHelp}</p>
      {children}
      <Field
        inputMode="numeric"
        label={say.howMany(round.measure)}
        most={7}
        onChange={setChanged}
        value={typed}
        wrong={joining.refused?.field("quantity")}
      />
      {quantity ? <p>{price ? say.estimate(rupiah(price * quantity), rupiah(price)) : say.below}</p> : null}
      <DoingButton doing={joining} isDisabled={!party || !quantity}>
        {held ? say.change : say.join}
      </DoingButton>
      {held > 0 && (
        <DoingButton doing={leaving} look="danger">
          {say.takeBack}
        </DoingButton>
      )}
    </Sheet>
  );
}
