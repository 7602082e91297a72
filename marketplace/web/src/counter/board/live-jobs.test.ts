import { expect, test } from "vitest";
import type { DispatchJobFragment } from "../api";
import { changed, isLive } from "./live-jobs";

const job = (id: string, state = "OPEN") => ({ id, state }) as DispatchJobFragment;
const load = { open: 1, offered: 0, unserved: 0, held: 0, ready: 2, paused: 0 };

test("the first message is the board, the next change it", () => {
  const first = changed(undefined, { kind: "CURRENT", appeared: [job("a"), job("b")], gone: [], load });
  const next = changed(first, {
    kind: "CHANGED",
    appeared: [job("b", "ASSIGNED"), job("c")],
    gone: ["a"],
    load: { ...load, open: 2 },
  });
  expect([...next.jobs.values()].map(({ id, state }) => `${id} ${state}`)).toEqual(["b ASSIGNED", "c OPEN"]);
  expect(next.load.open).toBe(2);
  expect(changed(next, { kind: "CURRENT", appeared: [], gone: [], load }).jobs.size).toBe(0);
});

test.each([
  ["OPEN", true],
  ["UNSERVED", true],
  ["CARRYING", true],
  ["DELIVERED", false],
  ["CANCELLED", false],
] as const)("%s is live: %s", (state, is) => {
  expect(isLive(job("a", state))).toBe(is);
});
