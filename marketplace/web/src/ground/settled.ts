import { useEffect, useState } from "preact/hooks";

/** Shorter than one notices, longer than between two letters typed. */
const PAUSE_MS = 250;

/** A value once it has stayed the same for a moment: what is typed, asked for when the typing rests. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
