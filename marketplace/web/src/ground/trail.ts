/** How many pages were shown since the app was opened: with more than one, there is a page of ours to go back to. */
let shown = 0;

export function step(): void {
  shown += 1;
}

export function leadsBack(): boolean {
  return shown > 1;
}
