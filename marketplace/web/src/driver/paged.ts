import { useState } from "preact/hooks";
import { type Asked, type Doing, useAsked, useDoing } from "../ground/asking";
import type { Typed } from "../ground/client";
import { account, ask } from "../ground/session";

type Connection<T> = { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
type Paged<Answer, T> = {
  asked: Asked<Answer>;
  nodes: T[];
  /** Null where there are no more. */
  more: Doing<[]> | null;
};

/** A list that is read page by page: the first as it is asked for, each next behind it. */
export function usePaged<Answer, T>(
  document: Typed<Answer, { after?: string | null }>,
  of: (answer: Answer) => Connection<T> | null | undefined,
): Paged<Answer, T> {
  const asked = useAsked(document, account.value ? {} : null);
  const [later, setLater] = useState<Connection<T>>();
  const first = asked.answer && of(asked.answer);
  const info = (later ?? first)?.pageInfo;
  const loading = useDoing(async () => {
    const next = of(await ask(document, { after: info?.endCursor ?? null }));
    if (next) setLater({ nodes: [...(later?.nodes ?? []), ...next.nodes], pageInfo: next.pageInfo });
  });
  const nodes = [...(first?.nodes ?? []), ...(later?.nodes ?? [])];
  return { asked, nodes, more: info?.hasNextPage ? loading : null };
}
