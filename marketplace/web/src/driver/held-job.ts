import { useEffect, useRef, useState } from "preact/hooks";
import { type Asked, useAsked } from "../ground/asking";
import { useLive } from "../ground/live";
import { account } from "../ground/session";
import { HeldJobDocument, type HeldJobFragment, type HeldJobQuery, JobChangedDocument } from "./api";
import { ahead } from "./queue/ahead";
import type { Event } from "./queue/book";
import { queue } from "./queue/own";

const HELD = new Set(["ASSIGNED", "AT_PICKUP", "CARRYING", "AT_DROPOFF", "AT_HUB", "FAILED", "RETURNING"]);

export function isHeld(state: string): boolean {
  return HELD.has(state);
}

/** The jobs that this phone keeps, for when the node can't be asked. */
export function useKeptJobs(): HeldJobFragment[] {
  const own = queue.value;
  const [kept, setKept] = useState<HeldJobFragment[]>([]);
  useEffect(() => void own?.book.jobs().then(setKept), [own]);
  return kept;
}

/**
 * A job as its driver sees it: as the node last said, or as the phone kept it, with what he did since.
 *
 * What was sent counts on until the job is asked for anew, so that no step comes back for a moment.
 */
export function useHeldJob(id: string): { asked: Asked<HeldJobQuery>; job: HeldJobFragment | undefined } {
  const own = queue.value;
  const asked = useAsked(HeldJobDocument, account.value ? { id } : null);
  const refresh = () => void asked.again();
  useLive(JobChangedDocument, account.value ? { id } : null, refresh, refresh);
  const kept = useKeptJobs().find((found) => found.id === id);
  const { answer } = asked;
  const fresh = answer?.node?.__typename === "DeliveryJob" ? answer.node : undefined;
  useEffect(() => {
    if (own && answer) void own.book.keepJob(id, fresh && isHeld(fresh.state) ? fresh : null);
  }, [own, answer]);

  const unsent = own?.unsent.value ?? [];
  const told = useRef<{ answer: HeldJobQuery | undefined; events: Map<number, Event> }>({
    answer,
    events: new Map(),
  });
  if (told.current.answer !== answer) told.current = { answer, events: new Map() };
  for (const event of unsent) told.current.events.set(event.sequence, event);
  const left = useRef(unsent.length);
  useEffect(() => {
    if (unsent.length < left.current) refresh();
    left.current = unsent.length;
  }, [unsent.length]);

  const job = answer ? fresh : kept;
  const refused = new Set(own?.conflicts.value.map((conflict) => conflict.sequence));
  const events = [...told.current.events.values()].filter((event) => !refused.has(event.sequence));
  return { asked, job: job && ahead(job, events) };
}
