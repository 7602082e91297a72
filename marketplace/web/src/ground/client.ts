import { signal } from "@preact/signals";
import { inBrowser, Lumbung, type Session } from "#client";
import { forget } from "./kept";
import { language } from "./language";
import { reviver, straight } from "./written";

export { Refused, type Typed, thing } from "#client";

const KEPT_AS = "lumbung.session";

/** Who is signed in, with his tokens, as this tab knows it. */
export const session = signal<Session | null>(null);

/** This node, by the client that others may use too (`client/`). */
export const node = new Lumbung({
  language: () => language.value,
  outgoing: straight,
  reviver,
  store: inBrowser(KEPT_AS),
  onSession(next) {
    if (next?.account.id !== session.value?.account.id) forget();
    session.value = next;
  },
});
session.value = node.session;
