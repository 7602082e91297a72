import { X } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { say } from "../words";
import { IconButton } from "./button";
import styles from "./sheet.module.css";

type SheetProps = { title: string; onClose: () => void; children: ComponentChildren; foot?: ComponentChildren };

/** A panel that rises from below over the page, and takes the keyboard until it is closed. */
export function Sheet({ title, onClose, children, foot }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on its backdrop
    <dialog
      aria-labelledby={id}
      class={styles.sheet}
      onCancel={(event) => {
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
        <div class={styles.body}>{children}</div>
        {foot && <footer class={styles.foot}>{foot}</footer>}
      </div>
    </dialog>
  );
}
