import { named, words } from "./language";

/** What is said of a state where the buyer fetches it, or it is a service. */
const PICKUP = words({
  READY: ["Siap diambil", "Ready to fetch"],
  COLLECTED: ["Sudah diambil", "Fetched"],
  DELIVERED: ["Sudah diambil", "Fetched"],
});
const SERVICE = words({
  ACCEPTED: ["Jadwal diterima", "The time is agreed"],
  PREPARING: ["Jadwal diterima", "The time is agreed"],
  READY: ["Jadwal diterima", "The time is agreed"],
  DELIVERED: ["Sudah dikerjakan", "Done"],
});
const OWN: Record<string, Record<string, string>> = { PICKUP, SERVICE };

/** Where a part of an order stands, in the words of how it is had: a service is done, what is fetched never arrives. */
export function standing(states: Record<string, string>, part: { state: string; fulfilment: string }): string {
  const own = OWN[part.fulfilment] ?? {};
  return named(Object.hasOwn(own, part.state) ? own : states, part.state);
}
