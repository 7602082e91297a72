import { signal } from "@preact/signals";
import styles from "./toast.module.css";

const SHOWN_MS = 4_000;
const shown = signal<{ text: string; n: number } | null>(null);
let n = 0;

/** Say shortly that something was done. What went wrong stands where it went wrong instead, and stays. */
export function toast(text: string): void {
  n += 1;
  const mine = n;
  shown.value = { text, n };
  setTimeout(() => {
    if (shown.value?.n === mine) shown.value = null;
  }, SHOWN_MS);
}

export function Toasts() {
  return (
    <div aria-live="polite" class={styles.place}>
      {shown.value && (
        <p class={styles.toast} key={shown.value.n}>
          {shown.value.text}
        </p>
      )}
    </div>
  );
}
