import type { Client } from "graphql-ws";
import { useEffect, useRef } from "preact/hooks";
import type { Typed } from "./client";
import { language } from "./language";
import { account, token } from "./session";
import { reviver } from "./written";

/** How often a page is asked for anew where no WebSocket holds. */
const POLL_MS = 8_000;

let client: Promise<Client> | undefined;

/** One connection for the whole app, opened by the first page that follows something. */
function connection(): Promise<Client> {
  client ??= import("graphql-ws").then(({ createClient }) =>
    createClient({
      url: `${location.origin.replace(/^http/, "ws")}/graphql`,
      lazyCloseTimeout: 5_000,
      retryAttempts: 5,
      jsonMessageReviver: reviver,
      connectionParams: async () => {
        const held = await token();
        return { ...(held ? { authorization: `Bearer ${held}` } : {}), acceptLanguage: language.value };
      },
    }),
  );
  return client;
}

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
    let isOver = false;
    let isHeard = false;
    let end = () => {};
    const pollUnheard = () => {
      if (!isHeard && !globalThis.document.hidden) latest.current.poll();
    };
    const seen = () => {
      if (!globalThis.document.hidden) latest.current.poll();
    };
    const timer = setInterval(pollUnheard, POLL_MS);
    globalThis.document.addEventListener("visibilitychange", seen);
    const silent = () => {
      isHeard = false;
    };
    void connection().then((live) => {
      if (isOver) return;
      end = live.subscribe<Message>(
        { query: document.toString(), variables },
        {
          next: ({ data }) => {
            isHeard = true;
            if (data) latest.current.hear(data);
          },
          error: silent,
          complete: silent,
        },
      );
    }, silent);
    return () => {
      isOver = true;
      clearInterval(timer);
      globalThis.document.removeEventListener("visibilitychange", seen);
      end();
    };
  }, [key]);
}
