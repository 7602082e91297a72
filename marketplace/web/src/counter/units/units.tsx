import { Store } from "lucide";
import { useAsked } from "../../ground/asking";
import { Badge } from "../../ground/parts/badge";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { UnitsDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { OpeningSheet } from "./opening";
import { say } from "./words";

/** The co-op's own shops and workshops. */
export default function Units() {
  return (
    <Page backTo="/loket/urusan" title={say.title}>
      <WithCooperative>{({ id, slug }) => <List id={id} slug={slug} />}</WithCooperative>
    </Page>
  );
}

function List({ id: cooperativeId, slug }: { id: string; slug: string }) {
  const asked = useAsked(UnitsDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => (
        <>
          {cooperative?.units.length ? (
            <Rows>
              {cooperative.units.map(({ id, name, kind, closedAt }) => (
                <li key={id}>
                  <Row
                    end={closedAt && <Badge>{say.closedUnit}</Badge>}
                    href={`/loket/unit/${encodeURIComponent(id)}`}
                    note={kind.name}
                    title={name}
                  />
                </li>
              ))}
            </Rows>
          ) : (
            <Empty icon={Store} title={say.none}>
              <p>{say.noneHelp}</p>
            </Empty>
          )}
          <Opener isWide label={say.open} look="quiet" onDone={asked.again}>
            {(ending) => <OpeningSheet {...ending} cooperativeId={cooperativeId} />}
          </Opener>
        </>
      )}
    </Loaded>
  );
}
