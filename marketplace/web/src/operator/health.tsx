import { CircleAlert, CircleCheck, MailCheck } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { count, time } from "../ground/figures";
import { usePaged } from "../ground/paged";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Facts } from "../ground/parts/facts";
import { Icon } from "../ground/parts/icon";
import { Loaded, Loading } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { toast } from "../ground/parts/toast";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { type DeadLetterFragment, DeadLettersDocument, ReplayDocument } from "./api";
import { ForOperator } from "./for-operator";
import styles from "./health.module.css";
import { OperatorTabs } from "./operator-tabs";
import { type Readiness, readiness } from "./readiness";
import { say } from "./words";

/** Whether the node is well, and what waits for a person. */
export default function Health() {
  return (
    <Page isWide title={say.health}>
      <ForOperator>
        <State />
      </ForOperator>
      <OperatorTabs />
    </Page>
  );
}

function State() {
  const [replays, setReplays] = useState(0);
  return (
    <div class="columns">
      <Ready replays={replays} />
      <Letters onReplayed={() => setReplays((n) => n + 1)} />
    </div>
  );
}

/** Whether the node serves; asked anew when a dead letter was replayed. */
function Ready({ replays }: { replays: number }) {
  const [ready, setReady] = useState<Readiness>();
  const asking = useDoing(async () => setReady(await readiness()));
  useEffect(() => void asking.run(), [replays]);
  if (asking.refused) return <Trouble refused={asking.refused} />;
  if (!ready) return <Loading lines={2} />;
  const isReady = ready.status === "ready";
  return (
    <Card>
      <p class={`${styles.state} ${isReady ? styles.well : styles.ill}`}>
        <Icon of={isReady ? CircleCheck : CircleAlert} />
        <strong>{isReady ? say.ready : say.notReady}</strong>
      </p>
      {ready.reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <Facts
        facts={[
          { name: say.deadLetters, is: count(ready.dead_letters ?? 0), isLarge: true },
          { name: say.search, is: ready.search === "ready" ? say.searchReady : say.searchDegraded },
          { name: say.outboxLag, is: say.seconds(count(ready.outbox_lag_s ?? 0)) },
          { name: say.searchLag, is: say.seconds(count(ready.search_lag_s ?? 0)) },
          { name: say.sealLag, is: say.seconds(count(ready.seal_lag_s ?? 0)) },
        ]}
      />
    </Card>
  );
}

function Letters({ onReplayed }: { onReplayed: () => void }) {
  const { asked, nodes, more } = usePaged(DeadLettersDocument, ({ deadLetters }) => deadLetters);
  return (
    <section class="stack">
      <h2>{say.deadLetters}</h2>
      <Loaded asked={asked}>
        {() =>
          nodes.length ? (
            <>
              <p>{say.deadHelp}</p>
              {nodes.map((letter, n) => (
                <Letter
                  key={letter.id}
                  letter={letter}
                  place={n + 1}
                  onReplayed={async () => {
                    onReplayed();
                    await asked.again();
                  }}
                />
              ))}
              <More more={more} />
            </>
          ) : (
            <Empty icon={MailCheck} title={say.noDeadLetters}>
              <p>{say.noDeadLettersHelp}</p>
            </Empty>
          )
        }
      </Loaded>
    </section>
  );
}

type LetterProps = { letter: DeadLetterFragment; place: number; onReplayed: () => Promise<void> };

function Letter({ letter, place, onReplayed }: LetterProps) {
  const replaying = useDoing(async () => {
    thing((await ask(ReplayDocument, { input: { id: letter.id } })).replayDeadLetter);
    toast(say.replayed);
    await onReplayed();
  });
  return (
    <Card about={String(place)}>
      <h3>
        <code>{letter.event}</code>
      </h3>
      <p>
        <code>{letter.handler}</code>
      </p>
      {letter.error && (
        <p class={styles.error} lang="en">
          {letter.error}
        </p>
      )}
      <p>
        {say.tried(letter.attempts)} · {say.since(time(letter.deadAt ?? letter.recordedAt))}
      </p>
      <Trouble refused={replaying.refused} />
      <Button isBusy={replaying.isRunning} isWide look="quiet" onPress={() => void replaying.run()}>
        {say.replay}
      </Button>
    </Card>
  );
}
