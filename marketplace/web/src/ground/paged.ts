import { useState } from "preact/hooks";
import { type Asked, type Doing, useAsked, useDoing } from "./asking";
import type { Typed } from "./client";
import { account, ask } from "./session";

export type Connection<T> = { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
type After = { after?: string | null };
type Pages<T> = {
  nodes: T[];
  /** Null where there are no more. */
  more: Doing<[]> | null;
};

/**
 * What follows a first page that came with the rest of its page: each next is asked for by a document of the list's own.
 * Once the first is asked for anew it stands alone again: what was read further on may have changed too.
 */
export function useOlder<Answer, Variables extends After, T>(
  first: Connection<T> | null | undefined,
  document: Typed<Answer, Variables>,
  of: (answer: Answer) => Connection<T> | null | undefined,
  variables: Omit<Variables, "after">,
): Pages<T> {
  const [later, setLater] = useState<{ behind: typeof first; read: Connection<T> }>();
  const read = later?.behind === first ? later?.read : undefined;
  const info = (read ?? first)?.pageInfo;
  const loading = useDoing(async () => {
    const next = of(await ask(document, { ...variables, after: info?.endCursor ?? null } as Variables));
    if (next) setLater({ behind: first, read: { ...next, nodes: [...(read?.nodes ?? []), ...next.nodes] } });
  });
  const nodes = [...(first?.nodes ?? []), ...(read?.nodes ?? [])];
  return { nodes, more: info?.hasNextPage ? loading : null };
}

/** A list that is read page by page: the first as it is asked for, each next behind it. */
export function usePaged<Answer, Variables extends After, T>(
  document: Typed<Answer, Variables>,
  of: (answer: Answer) => Connection<T> | null | undefined,
  ...[variables]: Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables]
): Pages<T> & { asked: Asked<Answer> } {
  const wanted = (variables ?? {}) as Variables;
  const asked = useAsked(document, account.value ? wanted : null);
  return { asked, ...useOlder(asked.answer && of(asked.answer), document, of, wanted) };
}
