import { useEffect, useState } from "preact/hooks";
import type { Asked } from "../ground/asking";
import { asRefused, offline } from "../ground/refused";

/** An example of docs/api as `marketplace/web/examples.py` reads it. */
export type Example = {
  /** The operation's name. */
  name: string;
  /** The heading that it stands under. */
  heading: string;
  kind: "query" | "mutation" | "subscription";
  document: string;
  variables: string;
  /** Who sends it: the word of a person, `nobody`, or the name of a token that an earlier example saved. */
  who: string;
  /** What later examples need of its answer: names, with the way to each. */
  save: Record<string, string>;
  /** The code with which it is refused, as the page shows. */
  refused: string | null;
  /** What happens before it in the world: words of docs/api/README.md. */
  needs: string[];
};
export type Person = { word: string; who: string; phone: string };
export type ExamplesPage = { name: string; title: string; about: string; examples: Example[] };
export type Examples = { people: Person[]; pages: ExamplesPage[] };
/** What is known by the names in `{{…}}`. */
export type Known = Record<string, unknown>;

let fetched: Promise<Examples> | undefined;

async function load(): Promise<Examples> {
  const answer = await fetch("/examples.json").catch(() => null);
  if (!answer?.ok) throw offline();
  return answer.json();
}

/** Every page of examples; fetched once. */
export function useExamples(): Asked<Examples> {
  const [state, setState] = useState<Omit<Asked<Examples>, "again">>({
    answer: undefined,
    refused: undefined,
    isAsking: true,
  });
  const again = async () => {
    fetched ??= load();
    try {
      setState({ answer: await fetched, refused: undefined, isAsking: false });
    } catch (thrown) {
      fetched = undefined;
      setState({ answer: undefined, refused: asRefused(thrown), isAsking: false });
    }
  };
  useEffect(() => void again(), []);
  return { ...state, again };
}

const HOUR_MS = 3_600_000;

/** The names that are known before anything ran. */
export function moments(now = Date.now()): Known {
  const from = (hours: number) => new Date(now + hours * HOUR_MS).toISOString();
  return { soon: from(2), tomorrow: from(24).slice(0, 10), nextWeek: from(8 * 24), nextMonth: from(30 * 24) };
}

const NAME = /\{\{(\w+)\}\}/g;

/** The names in a text that nothing is known of yet. */
export function unknownIn(text: string, known: Known): string[] {
  return [...text.matchAll(NAME)].flatMap(([, name = ""]) => (name in known ? [] : [name]));
}

/**
 * The variables with each `{{name}}` replaced; a string that is nothing else takes the value as it is. An idempotency key
 * gets `visit` behind it: whoever runs an example again on another day has another intent.
 */
export function filled(text: string, known: Known, visit: string): Record<string, unknown> {
  return JSON.parse(text, (key, value: unknown) => {
    if (typeof value !== "string") return value;
    if (key === "idempotencyKey") return `${value}-${visit}`;
    const whole = /^\{\{(\w+)\}\}$/.exec(value);
    return whole ? known[whole[1] ?? ""] : value.replace(NAME, (_, name: string) => String(known[name]));
  });
}

/** What stands at `placeOrder.subOrders.0.id` in an answer. */
export function follow(way: string, answer: unknown): unknown {
  return way.split(".").reduce<unknown>((at, step) => (at as Record<string, unknown> | null)?.[step], answer);
}
