import type { Client } from "graphql-ws";
import type { Typed } from "./documents.ts";
import { refusedBy } from "./posting.ts";
import type { Refused } from "./refused.ts";

export type Hear<Message> = {
  /** A message: first how things are, then each change. */
  next: (message: Message) => void;
  /** It ended, and nothing more comes: refused, or without a connection that holds. */
  ended?: (refused?: Refused) => void;
};

type Wire = { webSocket?: unknown; reviver?: ((key: string, value: unknown) => unknown) | undefined };

/** One WebSocket (`graphql-transport-ws`) for all that is followed, opened by the first. */
export class Followed {
  #client: Promise<Client> | undefined;
  readonly #open: () => Promise<Client>;

  constructor(url: string, greeting: () => Promise<Record<string, unknown>>, { webSocket, reviver }: Wire = {}) {
    this.#open = async () => {
      const { createClient } = await import("graphql-ws"); // nobody who follows nothing loads it
      return createClient({
        url,
        lazyCloseTimeout: 5_000,
        retryAttempts: 5,
        connectionParams: greeting,
        ...(reviver ? { jsonMessageReviver: reviver } : {}),
        ...(webSocket ? { webSocketImpl: webSocket } : {}),
      });
    };
  }

  /** Answers what ends it. */
  follow<Message, Variables>(
    document: Typed<Message, Variables>,
    variables: Variables,
    { next, ended }: Hear<Message>,
  ): () => void {
    let isOver = false;
    let end = () => {};
    const over = (refused?: Refused) => {
      if (!isOver) ended?.(refused);
      isOver = true; // told once, by the first that says why
    };
    this.#client ??= this.#open();
    this.#client.then(
      (client) => {
        if (isOver) return;
        end = client.subscribe<Message>(
          { query: document.toString(), variables: variables as Record<string, unknown> },
          {
            next: ({ data, errors }) => {
              if (data) next(data);
              else if (errors?.length) over(refusedBy(errors));
            },
            error: (thrown) => over(Array.isArray(thrown) ? refusedBy(thrown) : undefined),
            complete: () => over(),
          },
        );
      },
      () => over(),
    );
    return () => {
      isOver = true;
      end();
    };
  }
}
