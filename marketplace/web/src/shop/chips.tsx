import type { ComponentChildren } from "preact";
import styles from "./chips.module.css";

/** Choices in a line that is pushed sideways. */
export function Chips({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: switches in a line are a group, not a form's fieldset
    <div aria-label={name} class={styles.chips} role="group">
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
    <button aria-pressed={isOn} class={styles.chip} onClick={onPress} type="button">
      <span class={styles.words}>{children}</span>
    </button>
  );
}
