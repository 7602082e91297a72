import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { thing } from "../../ground/client";
import { account, ask } from "../../ground/session";
import { SendEventsDocument } from "../api";
import { Book } from "./book";
import { sendPhoto } from "./photos";
import { type Node, Queue } from "./queue";

/** How often what is left is tried, where the browser doesn't tell that the network is back. */
const EVERY_MS = 15_000;

const node: Node = {
  async send(deviceId, events) {
    const input = { deviceId, sentAt: new Date().toISOString(), events };
    return thing((await ask(SendEventsDocument, { input })).sendCourierEvents);
  },
  sendPhoto,
};

/** The queue of who is signed in. */
export const queue = computed(() => (account.value ? new Queue(new Book(account.value.id), node) : null));

/** Drain the queue as the area is opened, when the network is back, and every few seconds while something is left. */
export function useDraining(): void {
  const own = queue.value;
  useEffect(() => {
    if (!own) return;
    const drain = () => void own.drain();
    const drainLeft = () => {
      if (own.unsent.value.length || own.photos.value.length) drain();
    };
    drain();
    addEventListener("online", drain);
    const timer = setInterval(drainLeft, EVERY_MS);
    return () => {
      removeEventListener("online", drain);
      clearInterval(timer);
    };
  }, [own]);
}
