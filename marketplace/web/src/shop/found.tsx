import { SearchX } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { useAsked, useDoing } from "../ground/asking";
import { count } from "../ground/figures";
import { Button } from "../ground/parts/button";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Rows } from "../ground/parts/row";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { say as common } from "../ground/words";
import { type ListingRowFragment, NearDocument, type NearQueryVariables } from "./api";
import { ListingRow } from "./listing-row";
import { say } from "./words";

const PAGE = 20;

type More = { rows: ListingRowFragment[]; cursor: string | null };

/** The listings that a search finds, page by page. */
export function Found({ search, isCounted = false }: { search: NearQueryVariables["search"]; isCounted?: boolean }) {
  const asked = useAsked(NearDocument, { search, first: PAGE });
  const first = asked.answer?.listings;
  const [more, setMore] = useState<More>();
  useEffect(() => setMore(undefined), [first]);
  const cursor = more ? more.cursor : first?.pageInfo.hasNextPage ? first.pageInfo.endCursor : null;
  const loading = useDoing(async () => {
    const { listings } = await ask(NearDocument, { search, first: PAGE, after: cursor });
    const { hasNextPage, endCursor } = listings.pageInfo;
    setMore({ rows: [...(more?.rows ?? []), ...listings.nodes], cursor: hasNextPage ? endCursor : null });
  });
  return (
    <Loaded asked={asked}>
      {({ listings }) =>
        listings.nodes.length === 0 ? (
          <Empty icon={SearchX} title={say.nothing}>
            <p>{say.nothingHelp}</p>
          </Empty>
        ) : (
          <>
            {listings.isWidened && <p>{say.widened}</p>}
            {isCounted && <p role="status">{say.found(count(listings.total))}</p>}
            <Rows>
              {[...listings.nodes, ...(more?.rows ?? [])].map((listing) => (
                <li key={listing.id}>
                  <ListingRow listing={listing} />
                </li>
              ))}
            </Rows>
            <Trouble refused={loading.refused} />
            {cursor && (
              <Button isBusy={loading.isRunning} isWide look="quiet" onPress={() => void loading.run()}>
                {common.more}
              </Button>
            )}
          </>
        )
      }
    </Loaded>
  );
}
