import { Money } from "./money";
import styles from "./sums.module.css";

export type Sum = { name: string; amount: number; why?: string[]; isTotal?: boolean };

/** Amounts below each other, each with its name; `why` explains one in small print. */
export function Sums({ sums }: { sums: Sum[] }) {
  return (
    <dl class={styles.sums}>
      {sums.map(({ name, amount, why, isTotal }, n) => (
        <div class={`apart ${isTotal ? styles.total : ""}`} key={`${n}${name}`}>
          <dt>
            {name}
            {why?.map((line) => (
              <span class={styles.why} key={line}>
                {line}
              </span>
            ))}
          </dt>
          <dd>
            <Money amount={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
