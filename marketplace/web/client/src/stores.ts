import type { SessionFragment } from "./api.ts";

/** Who is signed in, with his tokens. */
export type Session = SessionFragment;

/** Where a session is kept. */
export type Store = {
  read(): Session | null;
  keep(session: Session | null): void;
  /** Carry this out one at a time among all that share the store: a refresh token is good once. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Call this when another holder of the store has changed it. */
  watch(changed: () => void): void;
};

/** For a program, or a page that forgets who signed in: it lives as long as the client. */
export function inMemory(): Store {
  let held: Session | null = null;
  return {
    read: () => held,
    keep: (session) => {
      held = session;
    },
    inTurn: turns(),
    watch: () => {},
  };
}

/** In a browser's `localStorage` (or the `storage` given), shared by all its tabs. */
export function inBrowser(name = "lumbung.session", storage: Storage = localStorage): Store {
  const alone = turns();
  return {
    read() {
      try {
        return JSON.parse(storage.getItem(name) ?? "null") as Session | null;
      } catch {
        return null;
      }
    },
    keep(session) {
      if (session) storage.setItem(name, JSON.stringify(session));
      else storage.removeItem(name);
    },
    // A page that isn't served by HTTPS has no locks: one at a time in this tab.
    inTurn: (work) => (navigator.locks ? (navigator.locks.request(name, work) as never) : alone(work)),
    watch(changed) {
      addEventListener("storage", (event) => {
        if (event.storageArea === storage && event.key === name) changed();
      });
    },
  };
}

function turns(): Store["inTurn"] {
  let queue: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = queue.then(work, work);
    queue = mine.catch(() => undefined);
    return mine;
  };
}
