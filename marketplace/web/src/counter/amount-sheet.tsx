import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../ground/asking";
import { numberIn, rupiah } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { say } from "./words";

type AmountSheetProps = {
  title: string;
  /** What the officer should know before he types. */
  help: string;
  hint?: string;
  /** What is owed: stands there at first. */
  start?: number;
  /** What the button says of an amount. */
  label: (amount: string) => string;
  /** Carries it out, under an idempotency key that stays the same until it succeeded. */
  onDo: (amount: number, idempotencyKey: string) => Promise<void>;
  onClose: () => void;
};

/** An amount of money that changes hands at the counter. */
export function AmountSheet({ title, help, hint, start, label, onDo, onClose }: AmountSheetProps) {
  const [typed, setTyped] = useState(start ? String(start) : "");
  const intent = useIntent();
  const amount = numberIn(typed);
  const doing = useDoing(async () => {
    if (!amount) return;
    await onDo(amount, intent.key({ title, amount }));
    intent.settle();
  });
  return (
    <Sheet onClose={onClose} title={title}>
      <p>{help}</p>
      <Field
        hint={hint ?? say.count}
        inputMode="numeric"
        label={say.amount}
        most={15}
        onChange={setTyped}
        value={typed}
        wrong={doing.refused?.field("amount")}
      />
      <Trouble refused={doing.refused} />
      <Button isBusy={doing.isRunning} isDisabled={!amount} isWide onPress={() => void doing.run()}>
        {label(rupiah(amount ?? 0))}
      </Button>
    </Sheet>
  );
}
