import { useDoing } from "../ground/asking";
import { time } from "../ground/figures";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Trouble } from "../ground/parts/trouble";
import { queue } from "./queue/own";
import type { Queue } from "./queue/queue";
import styles from "./unsent.module.css";
import { eventKinds, jobStates, say } from "./words";

/** What this phone has not told yet, and what was told and is otherwise; nothing where all is well. */
export function Unsent() {
  const own = queue.value;
  if (!own) return null;
  const isLeft = own.unsent.value.length + own.photos.value.length > 0;
  const stopped = own.stopped.value;
  return (
    <>
      {isLeft && stopped && <Left own={own} />}
      <Trouble refused={stopped && stopped.code !== "OFFLINE" ? stopped : undefined} />
      {own.conflicts.value.map((conflict) => (
        <Card about={named(eventKinds, conflict.kind)} key={conflict.sequence}>
          <div>
            <Badge tone="bad">{named(eventKinds, conflict.kind)}</Badge>
          </div>
          <p role="alert">{conflict.message}</p>
          {conflict.state && (
            <p>{conflict.isYours ? say.standsAs(named(jobStates, conflict.state)) : say.notYours}</p>
          )}
          <Button isWide look="quiet" onPress={() => void own.seen(conflict)}>
            {say.understood}
          </Button>
        </Card>
      ))}
    </>
  );
}

function Left({ own }: { own: Queue }) {
  const sending = useDoing(() => own.drain());
  const events = own.unsent.value;
  return (
    <Card>
      <div>
        <Badge tone="warn">{say.unsent(events.length + own.photos.value.length)}</Badge>
      </div>
      <p>{say.unsentHelp}</p>
      <ul class={styles.list}>
        {events.map((event) => (
          <li class="apart" key={event.sequence}>
            <span>{named(eventKinds, event.kind)}</span>
            <span>{time(event.at)}</span>
          </li>
        ))}
        {own.photos.value.map((photo) => (
          <li class="apart" key={photo.name}>
            <span>{say.photoKept}</span>
            <span>{time(photo.at)}</span>
          </li>
        ))}
      </ul>
      <Button isBusy={sending.isRunning} isWide look="quiet" onPress={() => void sending.run()}>
        {say.sendNow}
      </Button>
    </Card>
  );
}
