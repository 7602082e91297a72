import { Check } from "lucide";
import { useState } from "preact/hooks";
import { rupiah, time } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { AcceptDocument, type AcceptMutationVariables, type WorkFragment } from "./api";
import { DeclineSheet } from "./decline-sheet";
import { useStep } from "./incoming";
import { LessSheet } from "./less-sheet";
import { Minutes } from "./minutes";
import { minutesUntil, useNow } from "./now";
import styles from "./order-card.module.css";
import { say } from "./words";

const CHOICES = [5, 10, 15, 20, 30, 45, 60];
const USUAL = 15;

/** Take an order or decline it, before time decides. */
export function Answer({ part }: { part: WorkFragment }) {
  const [minutes, setMinutes] = useState(USUAL);
  const [isDeclining, setDeclining] = useState(false);
  const [isLessening, setLessening] = useState(false);
  const accepting = useStep(
    async (input: AcceptMutationVariables["input"]) => (await ask(AcceptDocument, { input })).acceptSubOrder,
  );
  const isService = part.fulfilment === "SERVICE";
  const canBeLess = part.lines.length > 1 || part.lines.some(({ quantity }) => quantity > 1);
  return (
    <>
      {part.proposal ? <p>{say.lessWaits(rupiah(part.proposal.total))}</p> : part.dueAt && <Due at={part.dueAt} />}
      {!isService && <Minutes about={say.readyIn} choices={CHOICES} onChange={setMinutes} value={minutes} />}
      <Trouble refused={accepting.refused} />
      <Button
        icon={Check}
        isBusy={accepting.isRunning}
        isWide
        look={part.proposal ? "quiet" : "main"}
        onPress={() => void accepting.run({ subOrderId: part.id, ...(isService ? {} : { minutes }) })}
      >
        {isService ? say.accept : part.proposal ? say.allIsThere(minutes) : say.acceptIn(minutes)}
      </Button>
      {canBeLess && !part.proposal && (
        <Button isDisabled={accepting.isRunning} isWide look="quiet" onPress={() => setLessening(true)}>
          {say.less}
        </Button>
      )}
      <Button isDisabled={accepting.isRunning} isWide look="danger" onPress={() => setDeclining(true)}>
        {say.decline}
      </Button>
      {isLessening && <LessSheet onClose={() => setLessening(false)} part={part} />}
      {isDeclining && <DeclineSheet id={part.id} onClose={() => setDeclining(false)} />}
    </>
  );
}

function Due({ at }: { at: string }) {
  const left = minutesUntil(at, useNow());
  return (
    <p class={`${styles.due} ${left <= 2 ? styles.late : ""}`}>
      {left > 0 ? say.answerWithin(left, time(at)) : say.tooLate}
    </p>
  );
}
