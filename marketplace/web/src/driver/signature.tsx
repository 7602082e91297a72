import { Signature as Pen } from "lucide";
import { useRef, useState } from "preact/hooks";
import { Button } from "../ground/parts/button";
import { Sheet } from "../ground/parts/sheet";
import { type Dot, pathOf } from "./drawing";
import styles from "./signature.module.css";
import { say } from "./words";

/** The receiver signs with a finger; the drawing goes with the hand-over. */
export function SignatureButton({ path, onSigned }: { path: string; onSigned: (path: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={Pen} isWide look="quiet" onPress={() => setOpen(true)}>
        {path ? say.signedAgain : say.sign}
      </Button>
      {isOpen && (
        <SignatureSheet
          onClose={() => setOpen(false)}
          onSigned={(drawn) => {
            onSigned(drawn);
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function SignatureSheet({ onSigned, onClose }: { onSigned: (path: string) => void; onClose: () => void }) {
  const [strokes, setStrokes] = useState<Dot[][]>([]);
  const field = useRef<SVGSVGElement>(null);
  const path = pathOf(strokes);
  const dotOf = (event: PointerEvent): Dot => {
    const { left, top, width, height } = field.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: ((event.clientX - left) / width) * 1000, y: ((event.clientY - top) / height) * 1000 };
  };
  const begin = (event: PointerEvent) => {
    field.current?.setPointerCapture(event.pointerId);
    const dot = dotOf(event);
    setStrokes((drawn) => [...drawn, [dot]]);
  };
  const go = (event: PointerEvent) => {
    if (!field.current?.hasPointerCapture(event.pointerId)) return;
    const dot = dotOf(event);
    setStrokes((drawn) => [...drawn.slice(0, -1), [...(drawn.at(-1) ?? []), dot]]);
  };
  return (
    <Sheet onClose={onClose} title={say.sign}>
      <p>{say.signHelp}</p>
      <svg
        aria-label={say.signField}
        class={styles.field}
        onPointerDown={begin}
        onPointerMove={go}
        preserveAspectRatio="none"
        ref={field}
        role="img"
        viewBox="0 0 1000 1000"
      >
        <path d={path} />
      </svg>
      <Button isDisabled={!path} isWide onPress={() => onSigned(path)}>
        {say.signDone}
      </Button>
      <Button isDisabled={!path} isWide look="plain" onPress={() => setStrokes([])}>
        {say.signClear}
      </Button>
    </Sheet>
  );
}
