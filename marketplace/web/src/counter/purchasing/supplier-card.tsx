import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { ask } from "../../ground/session";
import { PayRoundSupplierDocument } from "../api";
import { PaySupplier } from "../units/pay-supplier";
import type { Round } from "./round-page";
import { say } from "./words";

type SupplierProps = { round: Round; total: number; onChanged: () => Promise<void> };

/** The supplier's one invoice for all of it, and what is paid of it. */
export function SupplierCard({ round, total, onChanged }: SupplierProps) {
  const { id, outstanding, dueOn, awaitedPayment } = round;
  return (
    <Card>
      <h2>{say.ofSupplier}</h2>
      <Facts
        facts={[
          { name: say.invoiced, is: rupiah(total) },
          { name: say.stillOwed, is: rupiah(outstanding ?? 0) },
          ...(outstanding && dueOn ? [{ name: say.dueOn, is: dateName(dueOn) }] : []),
        ]}
      />
      <PaySupplier
        awaited={awaitedPayment ?? 0}
        onDone={onChanged}
        onPay={async (paid) =>
          thing((await ask(PayRoundSupplierDocument, { input: { id, ...paid } })).payPurchaseRoundSupplier)
        }
        outstanding={outstanding ?? 0}
      />
    </Card>
  );
}
