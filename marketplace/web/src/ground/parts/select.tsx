import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import styles from "./field.module.css";

type SelectProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it, as the API said. */
  wrong?: string | undefined;
  /** `option` and `optgroup`. */
  children: ComponentChildren;
};

/** One of many, chosen from the phone's own list. */
export function Select({ label, value, onChange, wrong, children }: SelectProps) {
  const id = useId();
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      <select
        aria-describedby={wrong ? `${id}-told` : undefined}
        aria-invalid={wrong ? true : undefined}
        class={styles.input}
        id={id}
        onChange={(event) => onChange(event.currentTarget.value)}
        value={value}
      >
        {children}
      </select>
      {wrong && (
        <p class={styles.wrong} id={`${id}-told`}>
          {wrong}
        </p>
      )}
    </div>
  );
}
