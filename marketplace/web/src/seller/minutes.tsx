import { count } from "../ground/figures";
import { Chip, Chips } from "../ground/parts/chips";
import styles from "./minutes.module.css";

type MinutesProps = { about: string; choices: readonly number[]; value: number; onChange: (minutes: number) => void };

/** How many minutes: a few to choose from by one touch. */
export function Minutes({ about, choices, value, onChange }: MinutesProps) {
  return (
    <div class={styles.minutes}>
      <p>{about}</p>
      <Chips isWrapped name={about}>
        {choices.map((minutes) => (
          <Chip isOn={minutes === value} key={minutes} onPress={() => onChange(minutes)}>
            {count(minutes)}
          </Chip>
        ))}
      </Chips>
    </div>
  );
}
