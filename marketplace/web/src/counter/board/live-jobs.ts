import type { BoardLiveSubscription, DispatchJobFragment } from "../api";

type Change = BoardLiveSubscription["dispatchBoardChanged"];
export type LiveJobs = { jobs: ReadonlyMap<string, DispatchJobFragment>; load: Change["load"] };

const ENDED = new Set(["DELIVERED", "FAILED", "RETURNED", "CANCELLED", "DRAFT"]);

export function isLive({ state }: Pick<DispatchJobFragment, "state">): boolean {
  return !ENDED.has(state);
}

/** The board after a message: the first holds all of it, the next what differs. */
export function changed(was: LiveJobs | undefined, { kind, appeared, gone, load }: Change): LiveJobs {
  const jobs = new Map(kind === "CURRENT" ? [] : was?.jobs);
  for (const id of gone) jobs.delete(id);
  for (const job of appeared) jobs.set(job.id, job);
  return { jobs, load };
}
