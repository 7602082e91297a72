/** Which of the app's pages a story has shown: `pages.json` says which it must show, and which pages there are. */
import { readFileSync } from "node:fs";

const PAGES = JSON.parse(readFileSync(new URL("pages.json", import.meta.url), "utf8"));

/** Of the pages that this story must show, the one at an address, or undefined. */
export function pageAt(story, address) {
  const parts = new URL(address).pathname.replace(/(.)\/$/, "$1").split("/");
  const matches = (page) => {
    const wanted = page.split("/");
    return wanted.length === parts.length && wanted.every((part, n) => part.startsWith(":") || part === parts[n]);
  };
  const fitting = Object.values(PAGES).flat().filter(matches);
  const page = fitting.find((each) => !each.includes(":")) ?? fitting[0];
  return PAGES[story]?.includes(page) ? page : undefined;
}

/** The pages that this story must show and has not. */
export function unseen(story, seen) {
  return (PAGES[story] ?? []).filter((page) => !seen.has(page));
}
