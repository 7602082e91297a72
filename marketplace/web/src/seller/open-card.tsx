import { Pause, Play } from "lucide";
import { useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { soon } from "../ground/figures";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Sheet } from "../ground/parts/sheet";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { PauseDocument } from "./api";
import styles from "./order-card.module.css";
import { pauses } from "./pauses";
import type { StallProps } from "./shop-page";
import { pauseNames, say } from "./words";

/** Whether orders come in, and the button that stops them for a while. */
export function OpenCard({ stall, onChanged }: StallProps) {
  const [isChoosing, setChoosing] = useState(false);
  const pausing = useDoing(async (until: string | null) => {
    thing((await ask(PauseDocument, { input: { id: stall.id, until } })).pauseShop);
    setChoosing(false);
    await onChanged();
  });
  const isPaused = stall.pausedUntil !== null && Date.parse(stall.pausedUntil) > Date.now();
  return (
    <Card>
      <div class={styles.head}>
        <h2 class="two-lines">{stall.name}</h2>
        <Badge tone={stall.isOpen ? "good" : "bad"}>{stall.isOpen ? say.open : say.closed}</Badge>
      </div>
      {isPaused && stall.pausedUntil && <p>{say.pausedUntil(soon(stall.pausedUntil))}</p>}
      {!isPaused && !stall.isOpen && stall.opensAt && <p>{say.opensAt(soon(stall.opensAt))}</p>}
      <Trouble refused={pausing.refused} />
      {isPaused ? (
        <Button icon={Play} isBusy={pausing.isRunning} isWide onPress={() => void pausing.run(null)}>
          {say.resume}
        </Button>
      ) : (
        <Button icon={Pause} isWide look="quiet" onPress={() => setChoosing(true)}>
          {say.pause}
        </Button>
      )}
      {isChoosing && (
        <Sheet onClose={() => setChoosing(false)} title={say.pause}>
          <p>{say.pauseHelp}</p>
          {pauses(new Date()).map(({ name, until }) => (
            <Button
              isBusy={pausing.isRunning}
              isWide
              key={name}
              look="quiet"
              onPress={() => void pausing.run(until.toISOString())}
            >
              {pauseNames[name]}
            </Button>
          ))}
        </Sheet>
      )}
    </Card>
  );
}
