import { createContext } from "preact";
import { useCallback, useContext, useEffect } from "preact/hooks";
import { type Asked, type Doing, useAsked, useDoing, useIntent } from "../ground/asking";
import { thing } from "../ground/client";
import { useLive } from "../ground/live";
import { usePushed } from "../ground/push";
import { account } from "../ground/session";
import { IncomingDocument, type IncomingQuery, ToldDocument, type WorkFragment } from "./api";
import { useBell, useRinging } from "./bell";

/** What waits on the shop's people, as the whole area sees it. */
export const Incoming = createContext<Asked<IncomingQuery> | null>(null);

/** While there is work, drivers come and go of which the shop is told nothing. */
const LOOK_MS = 15_000;

const WAITING = new Set(["PAID", "CASH_AGREED"]);

/** Whether the buyer waits for the shop's answer. */
export function isWaiting(part: { state: string }): boolean {
  return WAITING.has(part.state);
}

/** Ask for what waits, follow it, and ring while an order is not answered. Once in the area. */
export function useWatch(): Asked<IncomingQuery> {
  const asked = useAsked(IncomingDocument, account.value ? {} : null);
  const refresh = useCallback(() => void asked.again(), [asked.again]);
  useLive(ToldDocument, account.value ? {} : null, refresh, refresh);
  usePushed(refresh);
  const parts = workOf(asked);
  useEffect(() => {
    if (parts.length === 0) return;
    const timer = setInterval(() => document.hidden || refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [parts.length === 0, asked.again]);
  useBell();
  useRinging(parts.some((part) => isWaiting(part) && !part.proposal)); // else it is the buyer who answers
  return asked;
}

export function useIncoming(): Asked<IncomingQuery> {
  const incoming = useContext(Incoming);
  if (!incoming) throw new Error("a page of the seller's stands in its area");
  return incoming;
}

/** The orders that wait on the shop, oldest first. */
export function workOf(asked: Asked<IncomingQuery>): WorkFragment[] {
  return asked.answer?.viewer?.incoming.nodes ?? [];
}

/** A step of an order that a button takes: done once however often it is sent, and then everything is asked anew. */
export function useStep<Input extends { subOrderId: string; idempotencyKey: string }>(
  take: (input: Input) => Promise<{ __typename: string }>,
): Doing<[Omit<Input, "idempotencyKey">]> {
  const intent = useIntent();
  const incoming = useIncoming();
  return useDoing(async (wish: Omit<Input, "idempotencyKey">) => {
    thing(await take({ ...wish, idempotencyKey: intent.key(wish) } as Input));
    intent.settle();
    await incoming.again();
  });
}
