/**
 * An idempotency key for one intent: the same until `settle()` says that its answer came, so that a press repeated
 * after a lost answer is carried out once. Another input is another intent, with a key of its own.
 */
export class Intent {
  #held: { input: string; key: string } | undefined;

  key(input: unknown): string {
    const text = JSON.stringify(input);
    if (this.#held?.input !== text) this.#held = { input: text, key: newKey() };
    return this.#held.key;
  }

  settle(): void {
    this.#held = undefined;
  }
}

/** 128 random bits, also on a page that isn't served by HTTPS, where `crypto.randomUUID` is absent. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
