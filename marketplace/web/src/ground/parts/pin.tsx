import styles from "./pin.module.css";

/** A PIN to be read out to another, large; `about` says to whom and when. */
export function Pin({ about, digits }: { about: string; digits: string }) {
  return (
    <div class={styles.pin}>
      <p>{about}</p>
      <p class={styles.digits}>{digits}</p>
    </div>
  );
}
