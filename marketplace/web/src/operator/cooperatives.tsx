import { Building2 } from "lucide";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { Badge } from "../ground/parts/badge";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { CooperativesDocument } from "./api";
import { ForOperator } from "./for-operator";
import { OperatorTabs } from "./operator-tabs";
import { kinds, say } from "./words";

/** The node's co-ops, suspended ones too. */
export default function Cooperatives() {
  return (
    <Page isWide title={say.cooperatives}>
      <ForOperator>
        <List />
      </ForOperator>
      <OperatorTabs />
    </Page>
  );
}

function List() {
  const { asked, nodes, more } = usePaged(CooperativesDocument, ({ cooperatives }) => cooperatives);
  return (
    <Loaded asked={asked}>
      {() =>
        nodes.length ? (
          <>
            <Rows>
              {nodes.map(({ id, slug, name, kind, isSuspended }) => (
                <li key={id}>
                  <Row
                    end={isSuspended ? <Badge tone="bad">{say.stopped}</Badge> : undefined}
                    href={`/pengelola/koperasi/${encodeURIComponent(slug)}`}
                    note={named(kinds, kind)}
                    title={name}
                  />
                </li>
              ))}
            </Rows>
            <More more={more} />
          </>
        ) : (
          <Empty icon={Building2} title={say.cooperatives} />
        )
      }
    </Loaded>
  );
}
