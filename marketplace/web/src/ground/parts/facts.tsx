import type { ComponentChildren } from "preact";
import styles from "./facts.module.css";

export type Fact = { name: string; is: ComponentChildren; isLarge?: boolean };

/** What a job is, in pairs: each thing's name above it. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl class={styles.facts}>
      {facts.map(({ name, is, isLarge }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={isLarge ? styles.large : undefined}>{is}</dd>
        </div>
      ))}
    </dl>
  );
}
