import { signal } from "@preact/signals";
import styles from "./toast.module.css";

const SHOWN_MS = 4_000;
/** What was said so shortly before a page is left was said on the way to the next one. */
const ON_THE_WAY_MS = 500;
const shown = signal<{ text: string; n: number; at: number } | null>(null);
let n = 0;

/** Say shortly that something was done. What went wrong stands where it went wrong instead, and stays. */
export function toast(text: string): void {
  n += 1;
  const mine = n;
  shown.value = { text, n, at: Date.now() };
  setTimeout(() => {
    if (shown.value?.n === mine) shown.value = null;
  }, SHOWN_MS);
}

/** Another page is shown: what was said on the one before stays with it, so that it lies over nothing of this one. */
export function leaveToast(): void {
  if (shown.value && Date.now() - shown.value.at > ON_THE_WAY_MS) shown.value = null;
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
