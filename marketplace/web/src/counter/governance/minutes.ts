import { dateName, dayOf } from "../../ground/days";
import { clock } from "../../ground/figures";
import { named } from "../../ground/language";
import { motionStates } from "../../ground/values";
import type { Meeting } from "./meeting-desk";
import { say } from "./words";

/** How the minutes begin: when, where, who was there, and what was decided; the officer writes on from there. */
export function minutesOf({ startsAt, place, count, motions }: Meeting): string {
  const lines = [
    say.opened(dateName(dayOf(new Date(startsAt))), clock(startsAt), place),
    `${say.quorum(count.represented, count.needed, count.entitled)}.`,
    ...motions.map(({ title, state }) => say.decided(title, named(motionStates, state))),
  ];
  return lines.join("\n");
}
