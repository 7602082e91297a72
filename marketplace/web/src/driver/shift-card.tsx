import { Play } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { time } from "../ground/figures";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import {
  EndShiftDocument,
  PauseShiftDocument,
  ResumeShiftDocument,
  type ShiftFragment,
  StartShiftDocument,
} from "./api";
import styles from "./shift-card.module.css";
import { here } from "./where";
import { say } from "./words";

type What = "start" | "resume" | "end" | "BREAK" | "OTHER_PLATFORM";

async function change(what: What): Promise<void> {
  if (what === "start") thing((await ask(StartShiftDocument, { input: { place: await here() } })).startShift);
  else if (what === "resume") thing((await ask(ResumeShiftDocument, {})).resumeShift);
  else if (what === "end") thing((await ask(EndShiftDocument, {})).endShift);
  else thing((await ask(PauseShiftDocument, { reason: what })).pauseShift);
}

/** Whether he works now, and what he may do about it. */
export function ShiftCard({ shift, onChanged }: { shift: ShiftFragment | null; onChanged: () => Promise<void> }) {
  const [isChoosing, setChoosing] = useState(false);
  const changing = useDoing(async (what: What) => {
    await change(what);
    setChoosing(false);
    await onChanged();
  });
  const press = (what: What) => () => void changing.run(what);
  if (!shift || shift.state === "ENDED") {
    return (
      <Card>
        <h2>{say.offShift}</h2>
        <p>{say.offShiftHelp}</p>
        <Trouble refused={changing.refused} />
        <Button icon={Play} isBusy={changing.isRunning} isWide onPress={press("start")}>
          {say.start}
        </Button>
      </Card>
    );
  }
  const isPaused = shift.state === "PAUSED";
  return (
    <Card>
      <div>
        <Badge tone={isPaused ? "warn" : "good"}>
          {isPaused ? (shift.doing === "OTHER_PLATFORM" ? say.onOther : say.onBreak) : say.onShift}
        </Badge>
      </div>
      <p>{say.since(time(shift.startedAt))}</p>
      <Trouble refused={isChoosing ? undefined : changing.refused} />
      <div class={styles.buttons}>
        {isPaused ? (
          <Button icon={Play} isBusy={changing.isRunning} onPress={press("resume")}>
            {say.resume}
          </Button>
        ) : (
          <Button look="quiet" onPress={() => setChoosing(true)}>
            {say.pause}
          </Button>
        )}
        <Button isBusy={changing.isRunning} look="plain" onPress={press("end")}>
          {say.end}
        </Button>
      </div>
      {isChoosing && (
        <Sheet onClose={() => setChoosing(false)} title={say.pauseWhy}>
          <p>{say.pauseHelp}</p>
          <Trouble refused={changing.refused} />
          <Button isBusy={changing.isRunning} isWide onPress={press("BREAK")}>
            {say.break}
          </Button>
          <Button isBusy={changing.isRunning} isWide look="quiet" onPress={press("OTHER_PLATFORM")}>
            {say.onOther}
          </Button>
        </Sheet>
      )}
    </Card>
  );
}
