import {
  RefreshDocument,
  RequestCodeDocument,
  SignInDocument,
  type SignInMutationVariables,
  SignOutDocument,
} from "./api.ts";
import { type Typed, thing } from "./documents.ts";
import type { Language } from "./figures.ts";
import { Followed, type Hear } from "./following.ts";
import { post } from "./posting.ts";
import { Refused } from "./refused.ts";
import { inMemory, type Session, type Store } from "./stores.ts";

export type Options = {
  /** Where the node is, `https://pasar.example`; the page's own node where it is left out. */
  node?: string;
  /** In which language the node speaks; asked before each request. */
  language?: () => Language;
  /** Where the session is kept; in memory where it is left out. */
  store?: Store;
  /** Called when somebody signed in or out, here or in another tab, and when tokens were traded. */
  onSession?: (session: Session | null) => void;
  /** What becomes of each request's JSON before it is sent. */
  outgoing?: (json: string) => string;
  /** As `JSON.parse` takes it: what becomes of each value that the node answers. */
  reviver?: (key: string, value: unknown) => unknown;
  /** For a Node without a `WebSocket` of its own (before 22): the class of the `ws` package. */
  webSocket?: unknown;
};

/** A token is traded this long before it ends, so that none ends on its way. */
const EARLY_MS = 60_000;
const ENDED = new Set(["UNAUTHENTICATED", "TOKEN_EXPIRED"]);
/** Signing out waits no longer for the node. */
const FAREWELL_MS = 3_000;

/** A node of Lumbung's, as one person, or nobody, sees it. */
export class Lumbung {
  readonly #address: string;
  readonly #language: () => Language;
  readonly #store: Store;
  readonly #onSession: (session: Session | null) => void;
  readonly #followed: Followed;
  readonly #written: Pick<Options, "outgoing" | "reviver">;
  #session: Session | null;

  constructor({
    node = globalThis.location?.origin ?? "",
    language,
    store,
    onSession,
    outgoing,
    reviver,
    webSocket,
  }: Options = {}) {
    this.#address = `${node.replace(/\/$/, "")}/graphql`;
    this.#language = language ?? (() => "id");
    this.#store = store ?? inMemory();
    this.#onSession = onSession ?? (() => {});
    this.#written = { outgoing, reviver };
    this.#session = this.#store.read();
    this.#store.watch(() => this.#hold(this.#store.read()));
    this.#followed = new Followed(this.#address.replace(/^http/, "ws"), () => this.#greeting(), {
      webSocket,
      reviver,
    });
  }

  /** Who is signed in, with his tokens; null for nobody. */
  get session(): Session | null {
    return this.#session;
  }

  /** Ask as who is signed in. Throws `Refused`. */
  async ask<Answer, Variables>(document: Typed<Answer, Variables>, variables: Variables): Promise<Answer> {
    const token = await this.token();
    try {
      return await this.#post(document, variables, token);
    } catch (refused) {
      if (refused instanceof Refused && token && ENDED.has(refused.code)) this.#keep(null);
      throw refused;
    }
  }

  /** Ask as nobody, whoever is signed in. Throws `Refused`. */
  askAsNobody<Answer, Variables>(document: Typed<Answer, Variables>, variables: Variables): Promise<Answer> {
    return this.#post(document, variables, null);
  }

  /** Follow a subscription; answers what ends it. */
  follow<Message, Variables>(document: Typed<Message, Variables>, variables: Variables, hear: Hear<Message>) {
    return this.#followed.follow(document, variables, hear);
  }

  /** Have a code sent to this phone. Throws `Refused`. */
  async requestCode(phone: string) {
    return thing((await this.askAsNobody(RequestCodeDocument, { phone })).requestCode);
  }

  /** Throws `Refused`. */
  async signIn(input: SignInMutationVariables["input"]): Promise<void> {
    this.#keep(thing((await this.askAsNobody(SignInDocument, { input })).signIn));
  }

  /** Ends the session here at once; the node is told when it can be reached. */
  async signOut(): Promise<void> {
    const told = this.ask(SignOutDocument, {}).catch(() => undefined);
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS))]);
    this.#keep(null);
  }

  /**
   * The access token to send now, or null for nobody. Throws `Refused` where it can't be renewed for want of a network.
   *
   * A refresh token is good once, and shown twice ends the session: one at a time trades it, and the others read what
   * that one got.
   */
  async token(): Promise<string | null> {
    const held = this.#session;
    if (!held || isFresh(held)) return held?.accessToken ?? null;
    return this.#store.inTurn(async () => {
      const latest = this.#store.read();
      if (!latest || isFresh(latest)) {
        this.#hold(latest);
        return latest?.accessToken ?? null;
      }
      try {
        const renewed = thing(
          (await this.askAsNobody(RefreshDocument, { refreshToken: latest.refreshToken })).refresh,
        );
        this.#keep(renewed);
        return renewed.accessToken;
      } catch (refused) {
        if (refused instanceof Refused && refused.code === "OFFLINE") throw refused;
        this.#keep(null);
        return null;
      }
    });
  }

  #post<Answer, Variables>(document: Typed<Answer, Variables>, variables: Variables, token: string | null) {
    return post(this.#address, document, variables, { token, language: this.#language(), ...this.#written });
  }

  async #greeting(): Promise<Record<string, unknown>> {
    const token = await this.token();
    return { ...(token ? { authorization: `Bearer ${token}` } : {}), acceptLanguage: this.#language() };
  }

  #keep(session: Session | null): void {
    this.#store.keep(session);
    this.#hold(session);
  }

  #hold(session: Session | null): void {
    this.#session = session;
    this.#onSession(session);
  }
}

function isFresh(held: Session): boolean {
  return Date.parse(held.accessExpiresAt) - Date.now() > EARLY_MS;
}
