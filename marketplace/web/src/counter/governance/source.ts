import { say } from "./words";

/** Where a rule stands: an article of the law; a by-law is the co-op's own, whose article is a motion of its. */
export function sourceOf(rule: { instrument: string; article: string }): string {
  const isLaw = rule.article && rule.instrument !== "AD/ART";
  return isLaw ? say.article(rule.instrument, rule.article) : rule.instrument;
}
