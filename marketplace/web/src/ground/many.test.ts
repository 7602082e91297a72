import { afterEach, expect, test } from "vitest";
import { choose } from "./language";
import { many } from "./many";

const modules = import.meta.glob<Record<string, unknown>>("../**/words.ts", { eager: true });
const sources = import.meta.glob<string>("../**/words.ts", {
  eager: true,
  query: "?raw",
  import: "default",
});
/** Where a sentence takes values: `left: (n: number, name: string) =>`. */
const SENTENCE = /^ +(\w+): \(([^()]*)\) =>/gm;
/** What English says of more than one, after a number that is one. */
const PLURAL =
  /\b1 (?:[a-z]+ ){0,2}?(?!(?:is|was|as|its|this|less|has|waits|pays)\b)[a-z]+s\b|\b1 [a-z]+ (?:are|were|have|people|children|men)\b/;

/** One, where a sentence takes a number; else a name. */
function oneOf(parameter: string): number | string {
  if (/: number/.test(parameter)) return 1;
  return /^\s*n: string/.test(parameter) ? "1" : "Ayu";
}

afterEach(() => choose("id"));

test("English counts by a word's end", () => {
  expect([many(1, "month"), many(3, "month"), many("1", "box", "boxes"), many(0, "box", "boxes")]).toEqual([
    "1 month",
    "3 months",
    "1 box",
    "0 boxes",
  ]);
});

test("no sentence says 1 members", () => {
  choose("en");
  const found: string[] = [];
  let tried = 0;
  for (const [path, source] of Object.entries(sources)) {
    for (const [, name = "", parameters = ""] of source.matchAll(SENTENCE)) {
      const values = parameters.split(",").map(oneOf);
      for (const table of Object.values(modules[path] ?? {})) {
        const sentence = (table as Record<string, unknown>)[name];
        if (typeof sentence !== "function") continue;
        tried += 1;
        const said: string = sentence(...values);
        if (PLURAL.test(said)) found.push(`${path} ${name}: ${said}`);
      }
    }
  }
  expect(tried).toBeGreaterThan(200);
  expect(found).toEqual([]);
});
