import { Clock, PackageCheck, Play } from "lucide";
import { useState } from "preact/hooks";
import { time } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import {
  AddMinutesDocument,
  type AddMinutesMutationVariables,
  MarkReadyDocument,
  type MarkReadyMutationVariables,
  StartServiceDocument,
  type StartServiceMutationVariables,
  type WorkFragment,
} from "./api";
import { useStep } from "./incoming";
import { Minutes } from "./minutes";
import { minutesUntil, useNow } from "./now";
import styles from "./order-card.module.css";
import { say } from "./words";

const MORE = [5, 10, 15, 20, 30];

/** An order being made: until when, more time for it, and that it is ready. */
export function Progress({ part }: { part: WorkFragment }) {
  return part.fulfilment === "SERVICE" ? <Begin id={part.id} /> : <Making part={part} />;
}

function Making({ part }: { part: WorkFragment }) {
  const [isLonger, setLonger] = useState(false);
  const now = useNow();
  const ready = useStep(
    async (input: MarkReadyMutationVariables["input"]) => (await ask(MarkReadyDocument, { input })).markReady,
  );
  const left = part.readyAt ? minutesUntil(part.readyAt, now) : 0;
  return (
    <>
      {part.readyAt && (
        <p class={`${styles.due} ${left < 0 ? styles.late : ""}`}>
          {left < 0 ? say.lateBy(-left) : say.readyBy(time(part.readyAt), left)}
        </p>
      )}
      <Trouble refused={ready.refused} />
      <Button
        icon={PackageCheck}
        isBusy={ready.isRunning}
        isWide
        onPress={() => void ready.run({ subOrderId: part.id })}
      >
        {say.ready}
      </Button>
      <Button icon={Clock} isWide look="quiet" onPress={() => setLonger(true)}>
        {say.longer}
      </Button>
      {isLonger && <LongerSheet id={part.id} onClose={() => setLonger(false)} />}
    </>
  );
}

function LongerSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const [minutes, setMinutes] = useState(10);
  const adding = useStep(
    async (input: AddMinutesMutationVariables["input"]) => (await ask(AddMinutesDocument, { input })).addMinutes,
  );
  const send = async () => {
    if (await adding.run({ subOrderId: id, minutes })) onClose();
  };
  return (
    <Sheet onClose={onClose} title={say.longer}>
      <Minutes about={say.longerHelp} choices={MORE} onChange={setMinutes} value={minutes} />
      <Trouble refused={adding.refused} />
      <Button isBusy={adding.isRunning} isWide onPress={() => void send()}>
        {say.addMinutes(minutes)}
      </Button>
    </Sheet>
  );
}

function Begin({ id }: { id: string }) {
  const beginning = useStep(
    async (input: StartServiceMutationVariables["input"]) =>
      (await ask(StartServiceDocument, { input })).startService,
  );
  return (
    <>
      <Trouble refused={beginning.refused} />
      <Button icon={Play} isBusy={beginning.isRunning} isWide onPress={() => void beginning.run({ subOrderId: id })}>
        {say.begin}
      </Button>
    </>
  );
}
