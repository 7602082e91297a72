import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { distance, metresBetween } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Choice, Choices } from "../ground/parts/choice";
import { Field } from "../ground/parts/field";
import { Sheet } from "../ground/parts/sheet";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { AssignDocument, ConsideredDocument, type DispatchJobFragment } from "./api";
import type { Crew } from "./board";
import { say } from "./words";

type Candidate = { id: string; name: string; note: string; metres: number };
type AssignSheetProps = { job: DispatchJobFragment; crew: Crew; onClose: () => void };

/** Own drivers who take jobs now, the nearest first; behind them those whom dispatch has considered. */
function useCandidates(job: DispatchJobFragment, crew: Crew): Candidate[] {
  const asked = useAsked(ConsideredDocument, { id: job.id });
  const considered =
    asked.answer?.node?.__typename === "DeliveryJob" ? (asked.answer.node.considerations?.nodes ?? []) : [];
  const ready = crew.flatMap(({ id, name, plate, shift }) => {
    if (shift?.state !== "ACTIVE") return [];
    const metres = metresBetween(shift.place, job.pickup.place);
    return [{ id, name, note: `${plate} · ${say.away(distance(metres))}`, metres }];
  });
  const known = new Set(ready.map(({ id }) => id));
  const others = new Map(
    considered.flatMap(({ driver, words }) =>
      driver && !known.has(driver.id)
        ? [[driver.id, { id: driver.id, name: driver.name, note: words, metres: Number.POSITIVE_INFINITY }] as const]
        : [],
    ),
  );
  return [...ready.sort((a, b) => a.metres - b.metres), ...others.values()].filter(({ id }) => id !== job.driver?.id);
}

/** Give a job to a driver by hand, saying why. */
export function AssignSheet({ job, crew, onClose }: AssignSheetProps) {
  const candidates = useCandidates(job, crew);
  const [driverId, setDriverId] = useState<string>();
  const [reason, setReason] = useState("");
  const intent = useIntent();
  const chosen = candidates.find(({ id }) => id === driverId);
  const giving = useDoing(async () => {
    if (!chosen) return;
    const wanted = { jobId: job.id, driverId: chosen.id, reason: reason.trim() };
    thing((await ask(AssignDocument, { input: { ...wanted, idempotencyKey: intent.key(wanted) } })).reassignJob);
    intent.settle();
    toast(say.given(chosen.name));
    onClose();
  });
  return (
    <Sheet
      foot={
        <div class="stack">
          <Trouble refused={giving.refused} />
          <Button
            isBusy={giving.isRunning}
            isDisabled={!chosen || !reason.trim()}
            isWide
            onPress={() => void giving.run()}
          >
            {chosen ? say.give(chosen.name) : say.chooseDriver}
          </Button>
        </div>
      }
      onClose={onClose}
      title={job.driver ? say.reassign : say.assign}
    >
      <Field
        label={say.reason}
        most={300}
        onChange={setReason}
        value={reason}
        wrong={giving.refused?.field("reason")}
      />
      {candidates.length ? (
        <Choices about={say.nearest}>
          {candidates.map(({ id, name, note }) => (
            <Choice
              group="driver"
              isChosen={id === driverId}
              key={id}
              label={
                <>
                  {name}
                  <br />
                  <small>{note}</small>
                </>
              }
              onChoose={() => setDriverId(id)}
              type="radio"
            />
          ))}
        </Choices>
      ) : (
        <p>{say.noneReady}</p>
      )}
    </Sheet>
  );
}
