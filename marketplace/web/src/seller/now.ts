import { useEffect, useState } from "preact/hooks";

const STEP_MS = 10_000;

/** The time now, moved on every few seconds while it is shown. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Whole minutes from now until then, below zero once it is over. */
export function minutesUntil(iso: string, now: number): number {
  return Math.ceil((Date.parse(iso) - now) / 60_000);
}
