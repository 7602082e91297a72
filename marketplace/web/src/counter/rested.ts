import { useEffect, useState } from "preact/hooks";

/** So long after the last letter it is searched. */
const REST_MS = 300;

/** What was typed, once the fingers rest. */
export function useRested(typed: string): string {
  const [rested, setRested] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested;
}
