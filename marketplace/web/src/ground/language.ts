import { signal } from "@preact/signals";

export type Language = "id" | "en";

const KEPT_AS = "lumbung.language";

function first(): Language {
  return localStorage.getItem(KEPT_AS) === "en" ? "en" : "id";
}

/** The language in which everything is shown; Bahasa Indonesia until somebody chooses English. */
export const language = signal<Language>(first());

export function choose(chosen: Language): void {
  localStorage.setItem(KEPT_AS, chosen);
  language.value = chosen;
  document.documentElement.lang = chosen;
}

type Both = readonly [id: string, en: string];
// biome-ignore lint/suspicious/noExplicitAny: a sentence may take whatever values it speaks of
type Sentence = (...values: any[]) => Both;
type Said<T extends Record<string, Both | Sentence>> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => Both ? (...values: V) => string : string;
};

function pick([id, en]: Both): string {
  return language.value === "en" ? en : id;
}

/**
 * An area's words, in both languages beside each other: `{ basket: ["Keranjang", "Basket"] }`, or, where a sentence
 * speaks of values, `{ left: (n: number) => [`${n} lagi`, `${n} left`] }`. Read while rendering, they change with the
 * language.
 */
export function words<const T extends Record<string, Both | Sentence>>(table: T): Said<T> {
  const said = {};
  for (const [name, entry] of Object.entries(table)) {
    const property =
      typeof entry === "function"
        ? { value: (...values: unknown[]) => pick(entry(...values)) }
        : { get: () => pick(entry) };
    Object.defineProperty(said, name, property);
  }
  return said as Said<T>;
}

/** `a, b, dan c`: several things within a sentence. */
export function listed(things: readonly string[]): string {
  const before = things.slice(0, -1);
  if (!before.length) return things.join("");
  const and = language.value === "en" ? " and " : before.length > 1 ? ", dan " : " dan ";
  return before.join(", ") + and + things.at(-1);
}

/** A word for a value of the schema's; one that this app doesn't know yet is shown as it is. */
export function named(table: Record<string, string>, value: string): string {
  return Object.hasOwn(table, value) ? (table[value] ?? value) : value;
}
