/**
 * The last answers, so that a page seen before is there at once while it is asked for anew.
 *
 * They live as long as the tab, and are forgotten when another person signs in.
 */
const MOST = 60;
const answers = new Map<string, unknown>();

export function recall<Answer>(key: string): Answer | undefined {
  return answers.get(key) as Answer | undefined;
}

export function remember(key: string, answer: unknown): void {
  answers.delete(key);
  answers.set(key, answer);
  const oldest = answers.keys().next();
  if (answers.size > MOST && !oldest.done) answers.delete(oldest.value);
}

export function forget(): void {
  answers.clear();
}
