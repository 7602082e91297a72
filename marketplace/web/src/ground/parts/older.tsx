import type { ComponentChildren } from "preact";
import type { Typed } from "../client";
import { type Connection, useOlder } from "../paged";
import { More } from "./more";

type OlderProps<Answer, Variables extends { after?: string | null }, T> = {
  /** The first page of the list, as it came with the rest. */
  first: Connection<T>;
  /** What asks for a next page, and where in its answer it is. */
  document: Typed<Answer, Variables>;
  of: (answer: Answer) => Connection<T> | null | undefined;
  variables: Omit<Variables, "after">;
  children: (nodes: readonly T[]) => ComponentChildren;
};

/** One of several lists on a page: what was read of it, and a button for what is older. */
export function Older<Answer, Variables extends { after?: string | null }, T>(
  props: OlderProps<Answer, Variables, T>,
) {
  const { nodes, more } = useOlder(props.first, props.document, props.of, props.variables);
  return (
    <>
      {props.children(nodes)}
      <More more={more} />
    </>
  );
}
