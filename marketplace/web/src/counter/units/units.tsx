import { Store } from "lucide";
import { useAsked } from "../../ground/asking";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { UnitsDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { say } from "./words";

/** The co-op's own shops and workshops. */
export default function Units() {
  return (
    <Page backTo="/loket/urusan" title={say.title}>
      <WithCooperative>{({ slug }) => <List slug={slug} />}</WithCooperative>
    </Page>
  );
}

function List({ slug }: { slug: string }) {
  const asked = useAsked(UnitsDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative?.units.length ? (
          <Rows>
            {cooperative.units.map(({ id, name, kind }) => (
              <li key={id}>
                <Row href={`/loket/unit/${encodeURIComponent(id)}`} note={kind.name} title={name} />
              </li>
            ))}
          </Rows>
        ) : (
          <Empty icon={Store} title={say.none}>
            <p>{say.noneHelp}</p>
          </Empty>
        )
      }
    </Loaded>
  );
}
