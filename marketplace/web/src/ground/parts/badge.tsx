import type { ComponentChildren } from "preact";
import styles from "./badge.module.css";

/** A short word on a thing's state. The word says it; the colour only helps. */
export function Badge({
  tone = "calm",
  children,
}: {
  tone?: "good" | "calm" | "warn" | "bad";
  children: ComponentChildren;
}) {
  return <span class={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}
