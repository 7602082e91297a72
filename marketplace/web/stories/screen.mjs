/** Holds a screen against what must always be so; each function answers what is wrong, in words. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { layoutFaults } from "./layout.mjs";
import { names, told, treeFaults } from "./tree.mjs";
import { foreign } from "./words.mjs";
import { straight } from "./written.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SCHEMA = readFileSync(new URL("../../../schema/schema.graphql", import.meta.url), "utf8");
/** Values of the schema's that people say as well: programmes by their short names, the titles of a balance sheet. */
const WORDS_TOO = new Set(["QRIS", "JHT", "JKK", "JKM", "LPDB", "TOTAL", "EQUITY"]);
/** What a program says of nothing, how it names its things, and a moment as it keeps it. */
const RAW = [
  /\b[A-Z]{3,}_[A-Z_]+\b/,
  /\b(undefined|NaN|null|Infinity)\b|\[object/,
  /\b\d{4}-\d{2}-\d{2}(T\d|\b)/,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{15,}/,
  /\b[a-z]+_[a-z_]+\b/,
  /\b[a-z]+[A-Z][a-z]+[A-Za-z]*\b/,
  /\b[a-z]{3,}\.(?!(csv|xlsx|pdf|png|jpg|zip)\b)[a-z]{3,}\b/, // but for the name of a file
  /\$\{|\}\}|&(amp|lt|gt|quot|#\d+);/,
];
/** Money is written as the app's own figures write it, whoever made the sentence: `Rp18.000`. */
const MONEY = /\bRp\s\d/;
const VALUES = new Set(
  [...SCHEMA.matchAll(/^enum \w+.*?^}/gms)]
    .flatMap(([body]) => [...body.matchAll(/^ {2}([A-Z]{3,})\b/gm)])
    .map(([, value]) => value)
    .filter((value) => !WORDS_TOO.has(value)),
);

/**
 * What is shown and told: the lines of text, and what stands in attributes. What the page itself marks as no word of
 * its language (code, another language) stands apart.
 */
function linesOf() {
  const apart = [...document.body.querySelectorAll("code, pre, [lang]")];
  // biome-ignore lint/performance/useDomNodeTextContent: what is shown counts, not what stands in the page unseen
  const shown = (element) => element.innerText.split("\n");
  const attributes = ["aria-label", "placeholder", "title", "alt"].flatMap((attribute) =>
    [...document.querySelectorAll(`[${attribute}]`)]
      .filter((element) => element.checkVisibility())
      .map((element) => element.getAttribute(attribute)),
  );
  const chosen = [...document.querySelectorAll("option")].map(({ text }) => text);
  const others = apart.flatMap(shown);
  for (const element of apart) element.style.setProperty("display", "none");
  const title = others.reduce((left, other) => left.replace(other, ""), document.title);
  const lines = [title, ...shown(document.body), ...attributes, ...chosen];
  for (const element of apart) element.style.removeProperty("display");
  return { lines, others };
}

/** Wait until what the page asked for is there. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector("[aria-busy=true]"));
}

/** All that must be so of a screen in `language`; `written` are texts that people wrote. */
export async function faults(page, session, language, written = []) {
  const nodes = await told(session);
  const { lines, others } = await page.evaluate(linesOf);
  return [
    ...(await seenFaults(page, language, [...lines, ...named(nodes, others)], written)),
    ...treeFaults(nodes),
    ...(await axeFaults(page)),
  ];
}

/** The names that a screen reader says, without what stands apart. */
function named(nodes, others) {
  const apart = longestFirst(others);
  return names(nodes).map((name) => without(name, apart));
}

/** The same page in the other language's words and the other scheme's colours: what those alone can spoil. */
export async function faultsBeside(page, language, written) {
  const { lines } = await page.evaluate(linesOf);
  return [...(await seenFaults(page, language, lines, written)), ...(await axeFaults(page, ["color-contrast"]))];
}

async function seenFaults(page, language, lines, written) {
  const theirs = longestFirst(written);
  const words = [...new Set(lines)].map((line) => without(line, theirs));
  return [
    ...rawIn(words),
    ...foreign(words, language).map((line) => `not in its language: ${line}`),
    ...(await layoutFaults(page)),
  ];
}

function longestFirst(texts) {
  return [...new Set(texts)].filter((text) => text.length > 2).sort((a, b) => b.length - a.length);
}

function without(line, written) {
  let left = straight(line);
  for (const text of written) left = left.replaceAll(text, "…");
  return left;
}

function rawIn(lines) {
  return lines.flatMap((line) => {
    const raw = RAW.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
    const value = line.split(/[^A-Z_]+/).find((word) => VALUES.has(word));
    const money = MONEY.exec(line)?.[0];
    return raw || value || money ? [`raw text: ${raw ?? value ?? money} in "${line}"`] : [];
  });
}

/** What axe finds, by all of its rules or by these. */
async function axeFaults(page, rules) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const violations = await page.evaluate(async (only) => {
    const found = await globalThis.axe.run({
      resultTypes: ["violations"],
      ...(only && { runOnly: { type: "rule", values: only } }),
    });
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  }, rules);
  return violations.map(({ id, nodes }) => `axe ${id}: ${nodes.join(" | ")}`);
}
