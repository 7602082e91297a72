/** A line of the text is an item of the agenda; empty ones are none. */
export function itemsOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
