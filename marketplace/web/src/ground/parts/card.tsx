import type { ComponentChildren } from "preact";
import styles from "./card.module.css";

/** Things that belong together, on one surface. */
export function Card({ children }: { children: ComponentChildren }) {
  return <section class={styles.card}>{children}</section>;
}
