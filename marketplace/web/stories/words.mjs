/**
 * Which language a screen's words are in, told by the app's own tables of words and by each language's small words.
 *
 * A line that is one language's word in a table and no word of the other's, a sentence's part of several words, a small
 * word ("the", "yang") outside of what the seeded town itself wrote: each says which language it is.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const SOURCE = fileURLToPath(new URL("../src/", import.meta.url));
const TABLE = /^export const \w+ = words\(\{/m;
/** Stands in a sentence for each value that it speaks of. */
const VALUE = "\u0000";
/** Of so many words, a sentence's part is found within a longer line as well. */
const SEVERAL = 3;
const SMALL = {
  en: /\b(the|and|with|your|you|this|that|are|was|were|from|have|has|will|been|which|when|where|what|who|please|must|cannot|not|there|their|its|our)\b/i,
  id: /\b(yang|dan|untuk|belum|sudah|dengan|dari|pada|adalah|atau|Anda|tidak|akan|oleh|ini|itu|kepada|karena|bisa|juga)\b/i,
};

/** The app's modules that hold a table of words. */
function holders() {
  return readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.endsWith("api.ts"))
    .map((path) => join(SOURCE, path))
    .filter((path) => TABLE.test(readFileSync(path, "utf8")));
}

/** Stands for `ground/language.ts`, which needs a browser: a table of words is kept whole. */
const asWritten = {
  name: "tables-as-written",
  resolveId: (source) => (source === "tables" || /\/language$/.test(source) ? source.split("/").at(-1) : null),
  load: (id) =>
    ({
      tables: holders()
        .map((path, n) => `export * as of${n} from ${JSON.stringify(path)};`)
        .join("\n"),
      language:
        "export const words = (table) => ({ table }); export const language = {}; export const named = () => '';",
    })[id] ?? null,
};

/** Every table's entries, each as [Indonesian, English] with values left out. */
async function entries() {
  const bundle = await rolldown({ input: "tables", plugins: [asWritten], logLevel: "silent" });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
  const modules = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  return Object.values(modules)
    .flatMap(Object.values)
    .flatMap((exported) => Object.values(exported?.table ?? {}))
    .map((entry) => (Array.isArray(entry) ? entry : spoken(entry)));
}

/** What a sentence says of values that are left out. */
function spoken(sentence) {
  const values = Array.from({ length: sentence.length || 1 }, () => VALUE);
  return sentence(...values);
}

function parts(text) {
  return text
    .split(VALUE)
    .map((part) => part.replace(/\s+/g, " ").trim())
    .filter((part) => /\p{L}{3}/u.test(part));
}

const lines = { id: new Set(), en: new Set() };
for (const [id, en] of await entries()) {
  for (const part of parts(id)) lines.id.add(part);
  for (const part of parts(en)) lines.en.add(part);
}
const only = {
  id: [...lines.id].filter((line) => !lines.en.has(line)),
  en: [...lines.en].filter((line) => !lines.id.has(line)),
};
const whole = { id: new Set(only.id), en: new Set(only.en) };
const several = Object.fromEntries(
  Object.entries(only).map(([language, all]) => [language, all.filter((line) => line.split(" ").length >= SEVERAL)]),
);

/** Lines of a screen that are in another language than it is shown in. */
export function foreign(screen, language) {
  const other = language === "id" ? "en" : "id";
  return screen.filter((line) => {
    return whole[other].has(line) || several[other].some((part) => line.includes(part)) || SMALL[other].test(line);
  });
}
