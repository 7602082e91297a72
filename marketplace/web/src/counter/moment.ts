/** A moment of the reader's own calendar and clock as the API takes it: `("2026-12-01", "19:00")`. */
export function momentOf(day: string, time: string): string {
  return new Date(`${day}T${time}`).toISOString();
}
