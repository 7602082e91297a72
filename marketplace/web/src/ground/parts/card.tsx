import type { ComponentChildren } from "preact";
import { About } from "./about";
import styles from "./card.module.css";

type CardProps = {
  /** What it is of, where several on the page have the same buttons: these say so after their own word. */
  about?: string;
  children: ComponentChildren;
};

/** Things that belong together, on one surface. */
export function Card({ about, children }: CardProps) {
  const card = <section class={styles.card}>{children}</section>;
  return about === undefined ? card : <About.Provider value={about}>{card}</About.Provider>;
}
