import { rupiah } from "../figures";
import styles from "./money.module.css";

/** An amount in whole rupiah. */
export function Money({ amount }: { amount: number }) {
  return <span class={styles.money}>{rupiah(amount)}</span>;
}
