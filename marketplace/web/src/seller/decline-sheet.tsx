import { useState } from "preact/hooks";
import { Button } from "../ground/parts/button";
import { Choice, Choices } from "../ground/parts/choice";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { DeclineDocument, type DeclineMutationVariables } from "./api";
import { useStep } from "./incoming";
import { declineReasons, say } from "./words";

const REASONS = ["soldOut", "tooBusy", "closing", "other"] as const;

/** Why an order is declined, in words that the buyer reads. */
export function DeclineSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const [chosen, setChosen] = useState<(typeof REASONS)[number]>("soldOut");
  const [own, setOwn] = useState("");
  const declining = useStep(
    async (input: DeclineMutationVariables["input"]) => (await ask(DeclineDocument, { input })).declineSubOrder,
  );
  const reason = chosen === "other" ? own.trim() : declineReasons[chosen];
  return (
    <Sheet onClose={onClose} title={say.declineWhy}>
      <Choices about={say.declineHelp}>
        {REASONS.map((each) => (
          <Choice
            group="decline-reason"
            isChosen={each === chosen}
            key={each}
            label={declineReasons[each]}
            onChoose={() => setChosen(each)}
            type="radio"
          />
        ))}
      </Choices>
      {chosen === "other" && (
        <Field
          label={say.declineOwn}
          most={300}
          onChange={setOwn}
          rows={2}
          value={own}
          wrong={declining.refused?.field("reason")}
        />
      )}
      <Trouble refused={declining.refused} />
      <Button
        isBusy={declining.isRunning}
        isDisabled={!reason}
        isWide
        look="danger"
        onPress={() => void declining.run({ subOrderId: id, reason })}
      >
        {say.declineThis}
      </Button>
    </Sheet>
  );
}
