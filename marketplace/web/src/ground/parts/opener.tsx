import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button, type ButtonProps } from "./button";

/** How a sheet ends: shut by who reads it, or because its work is done. */
export type Ending = { onClose: () => void; onDone: () => Promise<void> };

type OpenerProps = Omit<ButtonProps, "children" | "onPress" | "isBusy" | "type"> & {
  label: ComponentChildren;
  /** What follows when the sheet's work is done: the page asks anew. */
  onDone: () => unknown;
  /** The sheet. */
  children: (ending: Ending) => ComponentChildren;
};

/** A button that opens a sheet. When the work in it is done, the sheet closes and the page asks anew. */
export function Opener({ label, onDone, children, ...button }: OpenerProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const done = async () => {
    close();
    await onDone();
  };
  return (
    <>
      <Button {...button} onPress={() => setOpen(true)}>
        {label}
      </Button>
      {isOpen && children({ onClose: close, onDone: done })}
    </>
  );
}
