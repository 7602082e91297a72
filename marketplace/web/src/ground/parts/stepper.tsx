import { Minus, Plus } from "lucide";
import { count } from "../figures";
import { say } from "../words";
import { IconButton } from "./button";
import styles from "./stepper.module.css";

type StepperProps = { value: number; least?: number; most?: number; name: string; onChange: (value: number) => void };

/** A number changed by one at a time. */
export function Stepper({ value, least = 0, most = 999, name, onChange }: StepperProps) {
  const step = (by: number) => {
    const next = value + by;
    if (next >= least && next <= most) onChange(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons and a number are a group, not a form's fieldset
    <div aria-label={name} class={styles.stepper} role="group">
      <IconButton icon={Minus} name={`${say.fewer} – ${name}`} onPress={() => step(-1)} />
      <output class={styles.value}>{count(value)}</output>
      <IconButton icon={Plus} name={`${say.another} – ${name}`} onPress={() => step(1)} />
    </div>
  );
}
