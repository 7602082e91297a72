import { Printer } from "lucide";
import { day, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import { Facts } from "../../ground/parts/facts";
import { FileButton } from "../../ground/parts/file-button";
import { Sheet } from "../../ground/parts/sheet";
import { Sums } from "../../ground/parts/sums";
import { dueKinds, dueWays } from "../../ground/values";
import type { ReceiptFragment } from "../api";
import { say as common } from "../words";
import { say } from "./words";

type ReceiptSheetProps = { receipt: ReceiptFragment; name: string; onClose: () => void };

/** What the member gets for his money, to be shown, printed or kept. */
export function ReceiptSheet({ receipt, name, onClose }: ReceiptSheetProps) {
  const { number, receivedOn, way, amount, credited, lines, receiptPath } = receipt;
  return (
    <Sheet
      foot={
        <div class="stack">
          {receiptPath && <FileButton path={receiptPath}>{say.downloadReceipt}</FileButton>}
          <Button icon={Printer} look="quiet" onPress={() => globalThis.print()}>
            {say.print}
          </Button>
          <Button isWide onPress={onClose}>
            {common.done}
          </Button>
        </div>
      }
      onClose={onClose}
      title={number ? say.receiptNumber(number) : say.receipt}
    >
      <Facts
        facts={[
          { name: say.received, is: `${rupiah(amount)} · ${named(dueWays, way)}`, isLarge: true },
          { name: say.members, is: name },
          { name: say.on, is: day(receivedOn) },
        ]}
      />
      <Sums
        sums={[
          ...lines.map(({ due: { kind, about }, amount: paid }) => {
            const what = named(dueKinds, kind);
            return { name: what, amount: paid, why: about && about !== what ? [about] : [] };
          }),
          ...(credited ? [{ name: say.kept, amount: credited }] : []),
          { name: say.total, amount, isTotal: true },
        ]}
      />
    </Sheet>
  );
}
