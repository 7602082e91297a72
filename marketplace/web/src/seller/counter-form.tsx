import { useState } from "preact/hooks";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { CompleteServiceDocument, HandOverDocument, type HandOverMutationVariables, type WorkFragment } from "./api";
import { useStep } from "./incoming";
import { say } from "./words";

/** The buyer stands before the shop: by his PIN it is his, and settled. */
export function CounterForm({ part }: { part: WorkFragment }) {
  const [pin, setPin] = useState(part.dropoffPin ?? "");
  const handing = useStep(async (input: HandOverMutationVariables["input"]) =>
    part.fulfilment === "SERVICE"
      ? (await ask(CompleteServiceDocument, { input })).completeService
      : (await ask(HandOverDocument, { input })).handOver,
  );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void handing.run({ subOrderId: part.id, pin: pin.trim() });
      }}
    >
      <Field
        autocomplete="off"
        hint={say.buyerPinHint}
        inputMode="numeric"
        isRequired
        label={say.buyerPin}
        most={8}
        onChange={setPin}
        value={pin}
        wrong={handing.refused?.field("pin")}
      />
      <Trouble refused={handing.refused} />
      <Button isBusy={handing.isRunning} isWide type="submit">
        {part.fulfilment === "SERVICE" ? say.done : say.handOver}
      </Button>
    </form>
  );
}
