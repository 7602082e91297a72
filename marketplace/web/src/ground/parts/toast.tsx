import { signal } from "@preact/signals";
import styles from "./toast.module.css";

const SHOWN_MS = 4_000;
const shown = signal<{ text: string; n: number } | null>(null);
let n = 0;
/** The page on which it was said: where who said it leads on at once, the one that he leads to. */
let page: string | undefined;

/** Say shortly that something was done. What went wrong stands where it went wrong instead, and stays. */
export function toast(text: string): void {
  n += 1;
  const mine = n;
  shown.value = { text, n };
  page = undefined;
  setTimeout(() => {
    if (n === mine) page = location.pathname;
  });
  setTimeout(() => {
    if (shown.value?.n === mine) shown.value = null;
  }, SHOWN_MS);
}

/** Another page is shown: what was said on the one before stays with it, so that it lies over nothing of this one. */
export function leaveToast(): void {
  if (page !== undefined && page !== location.pathname) shown.value = null;
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
