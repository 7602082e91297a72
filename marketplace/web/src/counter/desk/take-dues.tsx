import { HandCoins } from "lucide";
import { thing } from "../../ground/client";
import { AmountSheet } from "../../ground/parts/amount-sheet";
import { Opener } from "../../ground/parts/opener";
import { ask } from "../../ground/session";
import { type ReceiptFragment, TakeDuesDocument } from "../api";
import { say } from "./words";

type TakeDuesProps = {
  membershipId: string;
  dues: readonly { outstanding: number }[];
  onChanged: () => Promise<void>;
  onPaid: (receipt: ReceiptFragment) => void;
};

/** Cash for a member's dues, against a receipt: all of these at first. */
export function TakeDues({ membershipId, dues, onChanged, onPaid }: TakeDuesProps) {
  const take = async (amount: number, idempotencyKey: string) => {
    const input = { membershipId, amount, idempotencyKey };
    onPaid(thing((await ask(TakeDuesDocument, { input })).takeDuesCash));
  };
  return (
    <Opener icon={HandCoins} isDisabled={!dues.length} isWide label={say.takeDues} onDone={onChanged}>
      {(ending) => (
        <AmountSheet
          {...ending}
          hint={say.count}
          help={say.takeDuesHelp}
          label={say.take}
          onDo={take}
          start={dues.reduce((all, due) => all + due.outstanding, 0)}
          title={say.takeDues}
        />
      )}
    </Opener>
  );
}
