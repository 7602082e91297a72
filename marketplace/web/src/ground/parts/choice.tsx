import type { ComponentChildren } from "preact";
import styles from "./choice.module.css";

type ChoiceProps = {
  /** `radio`: one of those with the same `group`; `checkbox`: any of them. */
  type: "radio" | "checkbox";
  group: string;
  label: ComponentChildren;
  note?: ComponentChildren;
  isChosen: boolean;
  isDisabled?: boolean;
  onChoose: (isChosen: boolean) => void;
};

/** A row to choose by touching it anywhere. Stands in a `Choices`. */
export function Choice({ type, group, label, note, isChosen, isDisabled, onChoose }: ChoiceProps) {
  return (
    <label class={styles.choice}>
      <input
        checked={isChosen}
        disabled={isDisabled}
        name={group}
        onChange={(event) => onChoose(event.currentTarget.checked)}
        type={type}
      />
      <span class={styles.label}>{label}</span>
      {note && <span class={styles.note}>{note}</span>}
    </label>
  );
}

/** Choices that belong together, under what they are about. */
export function Choices({ about, children }: { about: ComponentChildren; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend class={styles.about}>{about}</legend>
      {children}
    </fieldset>
  );
}
