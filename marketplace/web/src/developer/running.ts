import { useRef, useState } from "preact/hooks";
import { type Lumbung, newKey, typed } from "#client";
import { asRefused, Refused } from "../ground/refused";
import { type Example, type Examples, filled, follow, type Known, moments, unknownIn } from "./examples";
import { type As, sender } from "./persons";
import { say } from "./words";

/** How long the first message of a subscription is waited for. */
const PATIENCE_MS = 15_000;

type Answer = Record<string, unknown>;
export type Came = { answer?: Answer; refused?: Refused };
/** What the reader changed of an example. */
export type Edited = { document: string; variables: string };

export type Running = {
  came: ReadonlyMap<number, Came>;
  /** Which one is under way. */
  busy: number | undefined;
  /** Run this one; those before it first, where it needs what they answer. */
  run: (at: number, edited: Edited) => Promise<void>;
};

/** Runs the examples of one page in their order, and keeps what later ones need of earlier ones. */
export function useRunning(examples: Example[], people: Examples["people"], as: As): Running {
  const [came, setCame] = useState<ReadonlyMap<number, Came>>(new Map());
  const [busy, setBusy] = useState<number>();
  const known = useRef<Known>(moments());
  const visit = useRef(newKey().slice(0, 8));
  const answers = useRef(new Map<number, Came>());

  async function one(at: number, example: Example, { document, variables }: Edited): Promise<void> {
    setBusy(at);
    let what: Came;
    try {
      const [missing] = unknownIn(variables, known.current);
      if (missing) throw new Refused({ code: "INVALID", message: say.missing(missing) });
      const client = await sender(example.who, as, people, known.current);
      const answer = await asked(client, example.kind, document, filled(variables, known.current, visit.current));
      for (const [name, way] of Object.entries(example.save)) {
        const value = follow(way, answer);
        if (value !== undefined) known.current[name] = value;
      }
      what = { answer };
    } catch (thrown) {
      what = { refused: thrown instanceof SyntaxError ? notJson() : asRefused(thrown) };
    }
    answers.current.set(at, what);
    setCame(new Map(answers.current));
  }

  async function run(at: number, edited: Edited): Promise<void> {
    if (busy !== undefined) return;
    try {
      for (const [before, example] of examples.slice(0, at).entries()) {
        if (unknownIn(edited.variables, known.current).length === 0 && isKnown(examples[at])) break;
        if (!answers.current.get(before)?.answer) await one(before, example, example);
      }
      const example = examples[at];
      if (example) await one(at, example, edited);
    } finally {
      setBusy(undefined);
    }
  }

  /** Whether the example's sender is known: a token may come from an earlier answer. */
  function isKnown(example: Example | undefined): boolean {
    const who = example?.who ?? "nobody";
    return who === "nobody" || as === "me" || people.some(({ word }) => word === who) || who in known.current;
  }

  return { came, busy, run };
}

function notJson(): Refused {
  return new Refused({ code: "INVALID", message: say.notJson });
}

function asked(client: Lumbung, kind: Example["kind"], text: string, variables: Answer): Promise<Answer> {
  const document = typed<Answer, Answer>(text);
  if (kind !== "subscription") return client.ask(document, variables);
  return new Promise((heard, failed) => {
    const late = setTimeout(() => end(new Refused({ code: "EXPIRED", message: say.silent })), PATIENCE_MS);
    const stop = client.follow(document, variables, {
      next: (message) => end(undefined, message),
      ended: (why) => end(why),
    });
    function end(why?: Refused, message?: Answer) {
      clearTimeout(late);
      setTimeout(() => stop());
      if (message) heard(message);
      else failed(why ?? new Refused({ code: "EXPIRED", message: say.silent }));
    }
  });
}
