import { useEffect } from "preact/hooks";
import { usePaged } from "../../ground/paged";
import { ItemChoicesDocument } from "../api";

/** More are not looked through in a phone's own list: a unit that keeps more finds the rest by its stock list. */
const MOST = 500;

/** What of a unit's items can be chosen, page after page until all are there. */
export function useChoosable(unitId: string) {
  const { asked, nodes, more } = usePaged(
    ItemChoicesDocument,
    ({ node }) => (node?.__typename === "BusinessUnit" ? node.items : undefined),
    { id: unitId },
  );
  const isLeft = more !== null && !more.refused && nodes.length < MOST;
  useEffect(() => {
    if (isLeft) void more?.run();
  }, [isLeft, nodes.length]);
  return { asked, items: nodes };
}
