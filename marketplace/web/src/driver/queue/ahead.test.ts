import { expect, test } from "vitest";
import type { DeliveryJobState, DropState } from "../api";
import { ahead, dropAt } from "./ahead";
import type { Event } from "./book";

type Told = Partial<Event> & Pick<Event, "kind">;

function told(events: Told[]): Event[] {
  return events.map((event, n) => ({
    sequence: n + 1,
    id: `${n}`,
    at: "2026-01-01T00:00:00Z",
    jobId: "job",
    ...event,
  }));
}

function job(state: DeliveryJobState, ...drops: DropState[]) {
  return { id: "job", state, drops: drops.map((state, n) => ({ id: `drop-${n}`, state })) };
}

test.each<[string, DeliveryJobState, DropState[], Told[], DeliveryJobState]>([
  ["nothing waits", "ASSIGNED", ["WAITING"], [], "ASSIGNED"],
  ["at the shop", "ASSIGNED", ["WAITING"], [{ kind: "ARRIVE_AT_PICKUP" }], "AT_PICKUP"],
  ["picked up", "AT_PICKUP", ["WAITING"], [{ kind: "PICK_UP" }], "CARRYING"],
  ["to the door", "CARRYING", ["CARRIED"], [{ kind: "ARRIVE_AT_DROP_OFF" }], "AT_DROPOFF"],
  ["all of it", "AT_PICKUP", ["WAITING"], [{ kind: "PICK_UP" }, { kind: "DROP_OFF" }], "DELIVERED"],
  ["one of two", "AT_DROPOFF", ["AT_DOOR", "CARRIED"], [{ kind: "DROP_OFF" }], "CARRYING"],
  ["nobody home", "AT_DROPOFF", ["AT_DOOR"], [{ kind: "FAIL" }], "RETURNING"],
  ["tried again", "RETURNING", ["FAILED"], [{ kind: "RETRY", dropId: "drop-0" }], "CARRYING"],
  ["brought back", "RETURNING", ["FAILED"], [{ kind: "RETURN" }], "RETURNED"],
  ["what was said changes nothing", "CARRYING", ["CARRIED"], [{ kind: "MESSAGE" }], "CARRYING"],
  ["another job's", "ASSIGNED", ["WAITING"], [{ kind: "ARRIVE_AT_PICKUP", jobId: "other" }], "ASSIGNED"],
])("%s", (_, state, drops, events, wanted) => {
  expect(ahead(job(state, ...drops), told(events)).state).toBe(wanted);
});

test("the drop at whose door he stands comes before the next", () => {
  expect(dropAt(job("AT_DROPOFF", "CARRIED", "AT_DOOR").drops)?.id).toBe("drop-1");
  expect(dropAt(job("DELIVERED", "DELIVERED").drops)).toBeUndefined();
});
