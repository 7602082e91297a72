import { useEffect, useRef } from "preact/hooks";
import { node, type Typed } from "./client";
import { account } from "./session";

/** How often a page is asked for anew where no WebSocket holds. */
const POLL_MS = 8_000;

/**
 * Follow something while a page shows it: `hear` gets each message. Where no WebSocket holds (an old proxy), or while
 * it is being opened again, `poll` is called every few seconds instead, and whenever the page is looked at again.
 */
export function useLive<Message, Variables extends Record<string, unknown>>(
  document: Typed<Message, Variables>,
  variables: Variables | null,
  hear: (message: Message) => void,
  poll: () => void,
): void {
  const latest = useRef({ hear, poll });
  latest.current = { hear, poll };
  const key = JSON.stringify([variables, account.value?.id]);
  useEffect(() => {
    if (!variables) return;
    let isHeard = false;
    const pollUnheard = () => {
      if (!isHeard && !globalThis.document.hidden) latest.current.poll();
    };
    const seen = () => {
      if (!globalThis.document.hidden) latest.current.poll();
    };
    const timer = setInterval(pollUnheard, POLL_MS);
    globalThis.document.addEventListener("visibilitychange", seen);
    const end = node.follow(document, variables, {
      next: (message) => {
        isHeard = true;
        latest.current.hear(message);
      },
      ended: () => {
        isHeard = false;
      },
    });
    return () => {
      clearInterval(timer);
      globalThis.document.removeEventListener("visibilitychange", seen);
      end();
    };
  }, [key]);
}
