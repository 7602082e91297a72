import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { distance } from "../../ground/figures";
import { Button } from "../../ground/parts/button";
import { Choice, Choices } from "../../ground/parts/choice";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { AssignDocument, CandidatesDocument, type DispatchJobFragment } from "../api";
import { say } from "./words";

type AssignSheetProps = { job: DispatchJobFragment; onClose: () => void };

/** Give a job to a driver by hand, saying why. */
export function AssignSheet({ job, onClose }: AssignSheetProps) {
  const asked = useAsked(CandidatesDocument, { id: job.id });
  const candidates = asked.answer?.node?.__typename === "DeliveryJob" ? asked.answer.node.candidates : [];
  const [driverId, setDriverId] = useState<string>();
  const [reason, setReason] = useState("");
  const intent = useIntent();
  const chosen = candidates.find(({ driver }) => driver.id === driverId)?.driver;
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
            {chosen ? (job.driver ? say.move : say.give)(chosen.name) : say.chooseDriver}
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
      <Loaded asked={asked}>
        {() =>
          candidates.length ? (
            <Choices about={say.nearest}>
              {candidates.map(({ driver, distanceToPickup }) => (
                <Choice
                  group="driver"
                  isChosen={driver.id === driverId}
                  key={driver.id}
                  label={
                    <>
                      {driver.name}
                      <br />
                      <small>
                        {driver.plate} · {say.away(distance(distanceToPickup))}
                      </small>
                    </>
                  }
                  onChoose={() => setDriverId(driver.id)}
                  type="radio"
                />
              ))}
            </Choices>
          ) : (
            <p>{say.noneReady}</p>
          )
        }
      </Loaded>
    </Sheet>
  );
}
