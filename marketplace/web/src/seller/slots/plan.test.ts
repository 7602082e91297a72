import { expect, test } from "vitest";
import { minutesOf, type Plan, startsOf } from "./plan";

const NOW = new Date(2026, 10, 26, 13, 0); // a Thursday
const plan: Plan = { day: "2026-11-27", from: "08:00", until: "10:00", minutes: "30", weekdays: [], weeks: 1 };
const shown = (of: Partial<Plan>) =>
  startsOf({ ...plan, ...of }, NOW).map((at) => `${at.getDate()} ${at.toTimeString().slice(0, 5)}`);

test.each<[string, Partial<Plan>, string[]]>([
  ["one after the other", {}, ["27 08:00", "27 08:30", "27 09:00", "27 09:30"]],
  ["the last ends in time", { minutes: "50" }, ["27 08:00", "27 08:50"]],
  ["what is past is left out", { day: "2026-11-26", from: "12:00", until: "15:00", minutes: "60" }, ["26 14:00"]],
  ["nothing that is so long", { minutes: "150" }, []],
  ["upside down", { from: "10:00", until: "08:00" }, []],
  ["no length", { minutes: "" }, []],
  ["no day", { day: "" }, []],
  ["no hour", { until: "" }, []],
  [
    "on weekdays, and on the first day whichever it is",
    { minutes: "120", weekdays: ["MONDAY", "FRIDAY"], weeks: 2 },
    ["27 08:00", "30 08:00", "4 08:00", "7 08:00"],
  ],
  ["without weekdays the weeks say nothing", { minutes: "120", weeks: 9 }, ["27 08:00"]],
])("%s", (_, of, starts) => {
  expect(shown(of)).toEqual(starts);
});

test.each([
  ["30", 30],
  ["4", undefined],
  ["1.440", 1440],
  ["1.441", undefined],
  ["sejam", undefined],
])("%j minutes are %j", (minutes, length) => {
  expect(minutesOf({ minutes })).toBe(length);
});
