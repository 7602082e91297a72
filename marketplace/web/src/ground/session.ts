import { computed, signal } from "@preact/signals";
import {
  RefreshDocument,
  type SessionFragment,
  SignInDocument,
  type SignInMutationVariables,
  SignOutDocument,
} from "./api";
import { post, type Typed, thing } from "./client";
import { forget } from "./kept";
import { Refused } from "./refused";

type Session = SessionFragment;

const KEPT_AS = "lumbung.session";
/** A token is traded this long before it ends, so that none ends on its way. */
const EARLY_MS = 60_000;

function read(): Session | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? "null") as Session | null;
  } catch {
    return null;
  }
}

const session = signal<Session | null>(read());
addEventListener("storage", (event) => {
  if (event.key === KEPT_AS) session.value = read();
});

/** Who is signed in; null for nobody. */
export const account = computed(() => session.value?.account ?? null);

function keep(next: Session | null): void {
  if (next) localStorage.setItem(KEPT_AS, JSON.stringify(next));
  else localStorage.removeItem(KEPT_AS);
  if (next?.account.id !== session.value?.account.id) forget();
  session.value = next;
}

function isFresh(held: Session): boolean {
  return Date.parse(held.accessExpiresAt) - Date.now() > EARLY_MS;
}

/**
 * The access token to send now, or null for nobody.
 *
 * A refresh token is good once, and shown twice ends the session: one tab at a time trades it, and the others read
 * what that one got.
 */
export async function token(): Promise<string | null> {
  const held = session.value;
  if (!held || isFresh(held)) return held?.accessToken ?? null;
  return inTurn(async () => {
    const latest = read();
    if (!latest || isFresh(latest)) {
      session.value = latest;
      return latest?.accessToken ?? null;
    }
    try {
      const { refresh } = await post(RefreshDocument, { refreshToken: latest.refreshToken }, null);
      const renewed = thing(refresh);
      keep(renewed);
      return renewed.accessToken;
    } catch (refused) {
      if (refused instanceof Refused && refused.code === "OFFLINE") throw refused;
      keep(null);
      return null;
    }
  });
}

let queue: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(KEPT_AS, work) as Promise<T>;
  const mine = queue.then(work, work); // a page that isn't served by HTTPS has no locks: one at a time in this tab
  queue = mine.catch(() => undefined);
  return mine;
}

/** Ask the node as who is signed in. Throws `Refused`. */
export async function ask<Answer, Variables>(
  document: Typed<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const held = await token();
  try {
    return await post(document, variables, held);
  } catch (refused) {
    if (refused instanceof Refused && held && ENDED.has(refused.code)) keep(null);
    throw refused;
  }
}

const ENDED = new Set(["UNAUTHENTICATED", "TOKEN_EXPIRED"]);

export async function signIn(input: SignInMutationVariables["input"]): Promise<void> {
  const answer = await post(SignInDocument, { input }, null);
  keep(thing(answer.signIn));
}

/** Ends the session here at once; the node is told when it can be reached. */
export async function signOut(): Promise<void> {
  const told = ask(SignOutDocument, {}).catch(() => undefined);
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 3000))]);
  keep(null);
}
