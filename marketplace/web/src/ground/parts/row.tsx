import { ChevronRight } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "./icon";
import styles from "./row.module.css";

type RowProps = {
  title: ComponentChildren;
  note?: ComponentChildren;
  /** What stands on the right: an amount, a badge. */
  end?: ComponentChildren;
  /** What stands on the left: a picture, a drawing. */
  start?: ComponentChildren;
  href?: string;
  onPress?: () => void;
};

/** A line of a list; with `href` or `onPress` the whole line is touched. */
export function Row({ title, note, end, start, href, onPress }: RowProps) {
  const inside = (
    <>
      {start}
      <span class={styles.words}>
        <span class={styles.title}>{title}</span>
        {note && <span class={styles.note}>{note}</span>}
      </span>
      {end && <span class={styles.end}>{end}</span>}
      {(href || onPress) && !end && <Icon of={ChevronRight} size={20} />}
    </>
  );
  if (href) {
    return (
      <a class={`${styles.row} ${styles.touched}`} href={href}>
        {inside}
      </a>
    );
  }
  if (onPress) {
    return (
      <button class={`${styles.row} ${styles.touched}`} onClick={onPress} type="button">
        {inside}
      </button>
    );
  }
  return <div class={styles.row}>{inside}</div>;
}

/** Rows on one card: a list, so its children are `li`. */
export function Rows({ children }: { children: ComponentChildren }) {
  return <ul class={styles.rows}>{children}</ul>;
}
