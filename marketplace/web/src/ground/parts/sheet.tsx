import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { say } from "../words";
import { About } from "./about";
import { IconButton } from "./button";
import styles from "./sheet.module.css";

type SheetProps = { title: string; onClose: () => void; children: ComponentChildren; foot?: ComponentChildren };

/** What had the keyboard before the first of the sheets that are open. */
let opener: Element | null = null;

function isAnyOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

function open(sheet: HTMLDialogElement): void {
  if (!isAnyOpen()) opener = document.activeElement;
  sheet.showModal();
}

/**
 * The browser gives the keyboard back to what had it. Where that is gone, as with a sheet that followed on another, it
 * goes to what opened the first; where that too is gone or can't be pressed any more, to the page's heading.
 */
function shut(sheet: HTMLDialogElement): void {
  sheet.close();
  if (isAnyOpen()) return;
  for (const next of [opener, document.querySelector("h1")]) {
    const now = document.activeElement;
    const isLost = now === document.body || sheet.contains(now);
    if (isLost && next instanceof HTMLElement) next.focus();
  }
}

/** A panel that rises from below over the page, and takes the keyboard until it is closed. */
export function Sheet({ title, onClose, children, foot }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before the page is drawn: an effect's end after it would shut a sheet that was already taken out of the page, and
  // the browser gives the keyboard back only from one that still stands there.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    open(shown);
    return () => shut(shown);
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on its backdrop
    <dialog
      aria-labelledby={id}
      class={styles.sheet}
      onCancel={(event) => {
        if (event.target !== dialog.current) return; // of a choice of files within it, which bubbles
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
      ref={dialog}
    >
      <div class={styles.panel}>
        <header class={styles.head}>
          <h2 class="three-lines" id={id}>
            {title}
          </h2>
          <IconButton icon={X} name={say.close} onPress={onClose} />
        </header>
        <About.Provider value="">
          <div class={styles.body}>{children}</div>
          {foot && <footer class={styles.foot}>{foot}</footer>}
        </About.Provider>
      </div>
    </dialog>
  );
}
