export type Pause = { name: "half" | "hour" | "twoHours" | "today"; until: Date };

const MINUTE_MS = 60_000;

/** For how long a shop may be paused by one touch; `today` ends with the day on the reader's clock. */
export function pauses(now: Date): Pause[] {
  const after = (minutes: number) => new Date(now.getTime() + minutes * MINUTE_MS);
  return [
    { name: "half", until: after(30) },
    { name: "hour", until: after(60) },
    { name: "twoHours", until: after(120) },
    { name: "today", until: new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1) },
  ];
}
