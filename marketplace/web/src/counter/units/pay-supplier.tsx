import { numberIn, rupiah } from "../../ground/figures";
import { Act } from "../act";
import { say } from "./words";

type PaySupplierProps = {
  outstanding: number;
  /** What one officer asked to be paid, while a second is awaited; 0: nothing. */
  awaited: number;
  onPay: (paid: { amount: number; way: "CASH" | "TRANSFER"; idempotencyKey: string }) => Promise<unknown>;
  onDone: () => Promise<void>;
};

/** Money for a supplier's invoice; a large amount waits until a second officer asks for the same. */
export function PaySupplier({ outstanding, awaited, onPay, onDone }: PaySupplierProps) {
  if (outstanding <= 0) return null;
  return (
    <>
      {awaited > 0 && <p>{say.secondPays(rupiah(awaited))}</p>}
      <Act
        fields={[
          { name: "amount", label: say.payAmount, type: "amount", start: String(awaited || outstanding) },
          {
            name: "way",
            label: say.way,
            start: "TRANSFER",
            options: [
              { value: "TRANSFER", name: say.transfer },
              { value: "CASH", name: say.cash },
            ],
          },
        ]}
        isWide
        label={say.paySupplier}
        look="quiet"
        onDo={({ amount, way }, idempotencyKey) =>
          onPay({ amount: numberIn(amount) ?? 0, way: way as "CASH", idempotencyKey })
        }
        onDone={onDone}
      />
    </>
  );
}
