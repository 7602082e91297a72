import type { ComponentChildren } from "preact";
import type { Asked } from "../asking";
import { say } from "../words";
import styles from "./loading.module.css";
import { Unloaded } from "./trouble";

/** Grey lines in the place of what is on its way. */
export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div aria-busy="true" class={styles.loading}>
      <span class="unseen" role="status">
        {say.loading}
      </span>
      {Array.from({ length: lines }, (_, n) => (
        <span class={styles.line} key={n} />
      ))}
    </div>
  );
}

/** What was asked for, once it is there; until then grey lines, or why it could not be loaded. */
export function Loaded<Answer>({
  asked,
  children,
}: {
  asked: Asked<Answer>;
  children: (answer: Answer) => ComponentChildren;
}) {
  if (asked.answer) return <>{children(asked.answer)}</>;
  if (asked.refused) return <Unloaded onAgain={() => void asked.again()} refused={asked.refused} />;
  return <Loading />;
}
