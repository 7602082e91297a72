import type { DeliveryJobState, DropState } from "../api";
import type { Event } from "./book";

type Standing = { id: string; state: DeliveryJobState; drops: { id: string; state: DropState }[] };

const OPEN_DROPS = new Set<DropState>(["WAITING", "CARRIED", "AT_DOOR"]);
const TO: Partial<Record<Event["kind"], DeliveryJobState>> = {
  ARRIVE_AT_PICKUP: "AT_PICKUP",
  PICK_UP: "CARRYING",
  ARRIVE_AT_DROP_OFF: "AT_DROPOFF",
  RETURN: "RETURNED",
  GIVE_UP: "OPEN",
};

/** The drop where he is, or that comes next. */
export function dropAt<D extends { state: DropState }>(drops: D[]): D | undefined {
  return drops.find((drop) => drop.state === "AT_DOOR") ?? drops.find((drop) => OPEN_DROPS.has(drop.state));
}

/** A job as it stands when all that waits here will have been carried out: what the driver sees on his way. */
export function ahead<J extends Standing>(job: J, unsent: Event[]): J {
  return unsent.filter((event) => event.jobId === job.id).reduce(after, job);
}

function after<J extends Standing>(job: J, event: Event): J {
  const to = TO[event.kind];
  switch (event.kind) {
    case "ARRIVE_AT_DROP_OFF":
      return { ...at(job, event, "AT_DOOR"), state: "AT_DROPOFF" };
    case "DROP_OFF":
      return ended(at(job, event, "DELIVERED"));
    case "FAIL":
      return ended(at(job, event, "FAILED"));
    case "RETRY":
      return { ...at(job, event, "CARRIED"), state: "CARRYING" };
    default:
      return to ? { ...job, state: to } : job;
  }
}

function at<J extends Standing>(job: J, event: Event, state: DropState): J {
  const id = event.dropId ?? dropAt(job.drops)?.id;
  return { ...job, drops: job.drops.map((drop) => (drop.id === id ? { ...drop, state } : drop)) };
}

function ended<J extends Standing>(job: J): J {
  if (dropAt(job.drops)) return { ...job, state: "CARRYING" };
  return { ...job, state: job.drops.some((drop) => drop.state === "FAILED") ? "RETURNING" : "DELIVERED" };
}
