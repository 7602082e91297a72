import { useState } from "preact/hooks";
import { Button } from "../ground/parts/button";
import { Field } from "../ground/parts/field";
import { Row, Rows } from "../ground/parts/row";
import { Sheet } from "../ground/parts/sheet";
import { Stepper } from "../ground/parts/stepper";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { OfferLessDocument, type OfferLessMutationVariables, type WorkFragment } from "./api";
import { useStep } from "./incoming";
import { say } from "./words";

/** Not all of it is there: how much of each the shop has instead, for the buyer to take or leave. */
export function LessSheet({ part, onClose }: { part: WorkFragment; onClose: () => void }) {
  const [left, setLeft] = useState<Record<string, number>>({});
  const [note, setNote] = useState("");
  const offering = useStep(async (input: OfferLessMutationVariables["input"]) => {
    const { proposeAlternative } = await ask(OfferLessDocument, { input });
    if (proposeAlternative.__typename === "SubOrder") onClose();
    return proposeAlternative;
  });
  const lines = part.lines.map(({ id, quantity }) => ({ lineId: id, quantity: left[id] ?? quantity }));
  const isLess = part.lines.some(({ id, quantity }) => (left[id] ?? quantity) < quantity);
  const isNothing = lines.every(({ quantity }) => quantity === 0);
  return (
    <Sheet onClose={onClose} title={say.less}>
      <p>{say.lessHelp}</p>
      <Rows>
        {part.lines.map(({ id, title, quantity }) => (
          <li key={id}>
            <Row
              end={
                <Stepper
                  most={quantity}
                  name={title}
                  onChange={(value) => setLeft((was) => ({ ...was, [id]: value }))}
                  value={left[id] ?? quantity}
                />
              }
              note={say.ordered(quantity)}
              title={title}
            />
          </li>
        ))}
      </Rows>
      <Field
        hint={say.lessNoteHint}
        label={say.lessNote}
        most={300}
        onChange={setNote}
        rows={2}
        value={note}
        wrong={offering.refused?.field("note")}
      />
      <Trouble refused={offering.refused} />
      {isNothing && <p>{say.lessIsNothing}</p>}
      <Button
        isBusy={offering.isRunning}
        isDisabled={!isLess || isNothing}
        isWide
        onPress={() => void offering.run({ subOrderId: part.id, lines, note: note.trim() })}
      >
        {say.lessAsk}
      </Button>
    </Sheet>
  );
}
