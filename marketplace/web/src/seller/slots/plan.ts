import { numberIn } from "../../ground/figures";
import { WEEK } from "../week";

/** What a seller says of when he can, as he types it. */
export type Plan = {
  /** The first day: `2026-11-30`. */
  day: string;
  from: string;
  until: string;
  minutes: string;
  /** On these weekdays too, from the first day on for so many weeks. */
  weekdays: readonly (typeof WEEK)[number][];
  weeks: number;
};

/** As many as one press may add; the API takes them by 200. */
export const MOST = 1000;
export const AT_ONCE = 200;
export const MOST_WEEKS = 25;
/** As many buyers as the API lets one time hold. */
export const MOST_PLACES = 50;

/** How long each takes, or undefined where that is no length of a session. */
export function minutesOf({ minutes }: Pick<Plan, "minutes">): number | undefined {
  const said = numberIn(minutes);
  return typeof said === "number" && said >= 5 && said <= 1440 ? said : undefined;
}

/** When each begins, on the reader's clock: one after the other from–until, on each day; those that are past left out. */
export function startsOf(plan: Plan, now = new Date()): Date[] {
  const minutes = minutesOf(plan);
  const [opens, closes] = [minuteOf(plan.from), minuteOf(plan.until)];
  if (!minutes || opens === undefined || closes === undefined || !plan.day) return [];
  return daysOf(plan).flatMap((day) => {
    const starts: Date[] = [];
    for (let at = opens; at + minutes <= closes; at += minutes) {
      const start = new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, at);
      if (start > now) starts.push(start);
    }
    return starts;
  });
}

function daysOf({ day, weekdays, weeks }: Plan): Date[] {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const after = (days: number) => new Date(year, month - 1, date + days);
  const count = weekdays.length ? weeks * 7 : 1;
  return Array.from({ length: count }, (_, n) => after(n)).filter(
    (each, n) => n === 0 || weekdays.includes(weekdayOf(each)),
  );
}

function weekdayOf(day: Date): (typeof WEEK)[number] {
  return WEEK[(day.getDay() + 6) % 7] ?? "MONDAY";
}

/** `08:30` as minutes of the day; undefined for no time. */
function minuteOf(time: string): number | undefined {
  const [hour, minute] = time.split(":").map(Number);
  return hour === undefined || minute === undefined || Number.isNaN(hour + minute) ? undefined : hour * 60 + minute;
}
