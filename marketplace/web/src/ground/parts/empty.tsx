import type { IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import styles from "./empty.module.css";
import { Icon } from "./icon";

type EmptyProps = { icon: IconNode; title: string; children?: ComponentChildren };

/** Nothing is here, and what to do now. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class={styles.empty}>
      <span class={styles.drawing}>
        <Icon of={icon} size={40} />
      </span>
      <p class={styles.title}>{title}</p>
      {children}
    </div>
  );
}
