import type { ComponentChildren } from "preact";
import { useCalled } from "./about";
import styles from "./chips.module.css";

type ChipsProps = {
  name: string;
  isWrapped?: boolean;
  /** Only where the screen is wide. */
  isWrappedWide?: boolean;
  children: ComponentChildren;
};

/** Choices in a line that is pushed sideways; `isWrapped`, in as many lines as they need. */
export function Chips({ name, isWrapped = false, isWrappedWide = false, children }: ChipsProps) {
  const pushed = isWrappedWide ? `${styles.chips} ${styles.wide}` : styles.chips;
  return (
    // biome-ignore lint/a11y/useSemanticElements: switches in a line are a group, not a form's fieldset
    <div aria-label={name} class={isWrapped ? styles.wrapped : pushed} role="group">
      {children}
    </div>
  );
}

export function Chip({
  isOn,
  onPress,
  children,
}: {
  isOn: boolean;
  onPress: () => void;
  children: ComponentChildren;
}) {
  return (
    <button aria-label={useCalled(children)} aria-pressed={isOn} class={styles.chip} onClick={onPress} type="button">
      <span class={styles.words}>{children}</span>
    </button>
  );
}
