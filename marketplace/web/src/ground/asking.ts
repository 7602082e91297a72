import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Intent } from "#client";
import type { Typed } from "./client";
import { recall, remember } from "./kept";
import { language } from "./language";
import { asRefused, type Refused } from "./refused";
import { account, ask } from "./session";

export type Asked<Answer> = {
  /** The newest answer; undefined until the first came. Stays while it is asked again. */
  answer: Answer | undefined;
  /** Why the last asking failed. */
  refused: Refused | undefined;
  isAsking: boolean;
  again: () => Promise<void>;
};

/** Ask for what a page shows, anew when the variables, the person or the language change. `null` waits. */
export function useAsked<Answer, Variables>(
  document: Typed<Answer, Variables>,
  variables: Variables | null,
): Asked<Answer> {
  const key = JSON.stringify([document.toString(), variables, account.value?.id, language.value]);
  const [state, setState] = useState<{ key: string; answer?: Answer; refused?: Refused; isAsking: boolean }>();
  const newest = useRef(key);
  newest.current = key;
  const round = useRef({ asked: 0, told: 0 });
  const again = useCallback(async () => {
    if (!variables) return;
    round.current.asked += 1;
    const mine = round.current.asked;
    /** Whether this is to be shown: what was overtaken by an answer that was asked for later is old news. */
    const isNews = () => {
      if (newest.current !== key || mine < round.current.told) return false;
      round.current.told = mine;
      return true;
    };
    setState((was) => ({ ...(was?.key === key ? was : { key }), isAsking: true }));
    try {
      const answer = await ask(document, variables);
      const isShown = isNews();
      if (isShown || newest.current !== key) remember(key, answer);
      if (isShown) setState({ key, answer, isAsking: mine < round.current.asked });
    } catch (thrown) {
      const refused = asRefused(thrown);
      if (isNews())
        setState((was) => ({
          ...(was?.key === key ? was : { key }),
          refused,
          isAsking: mine < round.current.asked,
        }));
    }
  }, [key]);
  useEffect(() => void again(), [again]);
  const current = state?.key === key ? state : undefined;
  return {
    answer: current?.answer ?? recall<Answer>(key),
    refused: current?.refused,
    isAsking: current?.isAsking ?? variables !== null,
    again,
  };
}

export type Doing<Arguments extends unknown[]> = {
  run: (...args: Arguments) => Promise<boolean>;
  isRunning: boolean;
  refused: Refused | undefined;
  clear: () => void;
};

/** Something that a press of a button does: once at a time; answers whether it succeeded, and keeps why it didn't. */
export function useDoing<Arguments extends unknown[]>(
  work: (...args: Arguments) => Promise<unknown>,
): Doing<Arguments> {
  const [state, setState] = useState<{ isRunning: boolean; refused?: Refused }>({ isRunning: false });
  const busy = useRef(false);
  const run = async (...args: Arguments) => {
    if (busy.current) return false;
    busy.current = true;
    setState({ isRunning: true });
    try {
      await work(...args);
      setState({ isRunning: false });
      return true;
    } catch (thrown) {
      setState({ isRunning: false, refused: asRefused(thrown) });
      return false;
    } finally {
      busy.current = false;
    }
  };
  return { run, isRunning: state.isRunning, refused: state.refused, clear: () => setState({ isRunning: false }) };
}

/** An idempotency key for one intent of this page's. */
export function useIntent(): Intent {
  const held = useRef<Intent>(undefined);
  held.current ??= new Intent();
  return held.current;
}
