import { useState } from "preact/hooks";
import { useDoing, useIntent } from "../asking";
import { numberIn, rupiah } from "../figures";
import { say } from "../words";
import { Button } from "./button";
import { Field } from "./field";
import type { Ending } from "./opener";
import { Sheet } from "./sheet";
import { Trouble } from "./trouble";

type AmountSheetProps = Ending & {
  title: string;
  /** What should be known before it is typed. */
  help: string;
  hint: string;
  /** What is owed: stands there at first. */
  start?: number;
  /** What the button says of an amount. */
  label: (amount: string) => string;
  /** Carries it out, under an idempotency key that stays the same until it succeeded. */
  onDo: (amount: number, idempotencyKey: string) => Promise<void>;
};

/** An amount of money to be named, and what is done with it. */
export function AmountSheet({ title, help, hint, start, label, onDo, onClose, onDone }: AmountSheetProps) {
  const [typed, setTyped] = useState(start ? rupiah(start).slice(2) : "");
  const intent = useIntent();
  const amount = numberIn(typed);
  const doing = useDoing(async () => {
    if (!amount) return;
    await onDo(amount, intent.key({ title, amount }));
    intent.settle();
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={title}>
      <p>{help}</p>
      <Field
        hint={hint}
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
