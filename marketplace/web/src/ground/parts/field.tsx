import { useId } from "preact/hooks";
import styles from "./field.module.css";

type FieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it, as the API said. */
  wrong?: string | undefined;
  hint?: string;
  type?: "text" | "tel" | "search" | "password" | "number" | "date" | "time" | "email";
  inputMode?: "text" | "numeric" | "tel" | "decimal" | "email";
  autocomplete?: string;
  rows?: number;
  most?: number;
  isRequired?: boolean;
};

/** One labelled input; with `rows` a text of several lines. */
export function Field({
  label,
  value,
  onChange,
  wrong,
  hint,
  type = "text",
  rows,
  most,
  isRequired,
  ...more
}: FieldProps) {
  const id = useId();
  const told = wrong ?? hint;
  const common = {
    id,
    value,
    maxLength: most,
    required: isRequired,
    class: styles.input,
    autocomplete: more.autocomplete,
    inputMode: more.inputMode,
    "aria-invalid": wrong ? true : undefined,
    "aria-describedby": told ? `${id}-told` : undefined,
  } as const;
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {label}
      </label>
      {rows ? (
        <textarea {...common} onInput={(event) => onChange(event.currentTarget.value)} rows={rows} />
      ) : (
        // Preact's types tell which roles go with which type; this input is given no role, so any type will do.
        <input {...common} onInput={(event) => onChange(event.currentTarget.value)} type={type as "text"} />
      )}
      {told && (
        <p class={wrong ? styles.wrong : styles.hint} id={`${id}-told`}>
          {told}
        </p>
      )}
    </div>
  );
}
