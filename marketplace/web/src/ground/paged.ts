import { useEffect, useState } from "preact/hooks";
import { type Asked, type Doing, useAsked, useDoing } from "./asking";
import type { Typed } from "./client";
import { account, ask } from "./session";

type Connection<T> = { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
type Paged<Answer, T> = {
  asked: Asked<Answer>;
  nodes: T[];
  /** Null where there are no more. */
  more: Doing<[]> | null;
};

/** A list that is read page by page: the first as it is asked for, each next behind it. */
export function usePaged<Answer, Variables extends { after?: string | null }, T>(
  document: Typed<Answer, Variables>,
  of: (answer: Answer) => Connection<T> | null | undefined,
  ...[variables]: Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables]
): Paged<Answer, T> {
  const asked = useAsked(document, account.value ? ((variables ?? {}) as Variables) : null);
  const [later, setLater] = useState<Connection<T>>();
  useEffect(() => setLater(undefined), [JSON.stringify(variables)]);
  const first = asked.answer && of(asked.answer);
  const info = (later ?? first)?.pageInfo;
  const loading = useDoing(async () => {
    const next = of(await ask(document, { ...variables, after: info?.endCursor ?? null } as Variables));
    if (next) setLater({ nodes: [...(later?.nodes ?? []), ...next.nodes], pageInfo: next.pageInfo });
  });
  const again = async () => {
    setLater(undefined); // what was read further on may have changed too
    await asked.again();
  };
  const nodes = [...(first?.nodes ?? []), ...(later?.nodes ?? [])];
  return { asked: { ...asked, again }, nodes, more: info?.hasNextPage ? loading : null };
}
