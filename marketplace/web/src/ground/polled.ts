import { useEffect, useRef } from "preact/hooks";

/** Ask again every so often while the page is looked at, for what no live message tells. */
export function usePolled(again: () => Promise<void>, everyMs: number): void {
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    const timer = setInterval(() => {
      if (!globalThis.document.hidden) void latest.current();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
