import { ShoppingBag, Store, Wrench } from "lucide";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { dateName } from "../../ground/days";
import { time } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sums } from "../../ground/parts/sums";
import { MyJobsDocument, MyPurchasesDocument, type MyPurchasesQuery, UnitsDocument } from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { BookSheet } from "./book-sheet";
import { JOB_TONES, jobStates, say, ways } from "./words";

type Mine = Extract<NonNullable<MyPurchasesQuery["node"]>, { __typename: "Membership" }>;
type Sale = Mine["unitPurchases"]["nodes"][number];

/** The co-op's shops and workshop: what a member bought there, and the jobs on his vehicle. */
export default function Units() {
  return (
    <Page backTo="/anggota/lainnya" title={say.title}>
      <WithMembership>
        {(membership) => (
          <>
            <Shops membership={membership} />
            <Jobs membershipId={membership.id} />
            <Purchases membershipId={membership.id} />
          </>
        )}
      </WithMembership>
    </Page>
  );
}

function Shops({ membership }: { membership: Membership }) {
  const [isOpen, setOpen] = useState(false);
  const { route } = useLocation();
  const asked = useAsked(UnitsDocument, { slug: membership.cooperative.slug });
  return (
    <>
      <h2>{say.units}</h2>
      <Loaded asked={asked}>
        {({ cooperative }) => {
          const open = (cooperative?.units ?? []).filter(({ closedAt }) => !closedAt);
          const workshops = open.filter(({ kind }) => kind.takesJobs);
          if (!open.length) return <p>{say.noUnits}</p>;
          return (
            <>
              <Rows>
                {open.map(({ id, name, kind, shop }) => (
                  <li key={id}>
                    <Row
                      href={`/toko/${encodeURIComponent(shop.slug)}`}
                      note={kind.name}
                      start={<Icon of={kind.takesJobs ? Wrench : Store} />}
                      title={name}
                    />
                  </li>
                ))}
              </Rows>
              {workshops.length > 0 && (
                <Button isWide onPress={() => setOpen(true)}>
                  {say.book}
                </Button>
              )}
              <ButtonLink href="/anggota/pinjaman/belanja" isWide look="quiet">
                {say.financed}
              </ButtonLink>
              {isOpen && (
                <BookSheet
                  membershipId={membership.id}
                  onClose={() => setOpen(false)}
                  onDone={(id) => route(`/anggota/servis/${encodeURIComponent(id)}`)}
                  workshops={workshops}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

/** Jobs on his vehicle; nothing of them where there are none. */
function Jobs({ membershipId }: { membershipId: string }) {
  const { nodes, more } = usePaged(
    MyJobsDocument,
    ({ node }) => (node?.__typename === "Membership" ? node.jobCards : undefined),
    { id: membershipId },
  );
  if (!nodes.length) return null;
  return (
    <>
      <h2>{say.jobs}</h2>
      <Rows>
        {nodes.map((job) => (
          <li key={job.id}>
            <Row
              end={<Badge tone={JOB_TONES[job.state]}>{named(jobStates, job.state)}</Badge>}
              href={`/anggota/servis/${encodeURIComponent(job.id)}`}
              note={time(job.bookedFor)}
              title={job.vehicle}
            />
          </li>
        ))}
      </Rows>
      <More more={more} />
    </>
  );
}

function Purchases({ membershipId }: { membershipId: string }) {
  const { asked, nodes, more } = usePaged(
    MyPurchasesDocument,
    ({ node }) => (node?.__typename === "Membership" ? node.unitPurchases : undefined),
    { id: membershipId },
  );
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          <h2>{say.purchases}</h2>
          {nodes.length === 0 && <Empty icon={ShoppingBag} title={say.noPurchases} />}
          {nodes.map((sale) => (
            <SaleCard key={sale.id} sale={sale} />
          ))}
          <More more={more} />
        </>
      )}
    </Loaded>
  );
}

function SaleCard({ sale }: { sale: Sale }) {
  return (
    <Card>
      <h3>{sale.unitName}</h3>
      <p>
        <small>
          {dateName(sale.soldOn)} · {sale.number} · {named(ways, sale.way)}
        </small>
      </p>
      <Sums
        sums={[
          ...sale.lines.map(({ name, quantity, total }) => ({ name: say.line(quantity, name), amount: total })),
          {
            name: say.total,
            amount: sale.total,
            isTotal: true,
            ...(sale.dueOn && { why: [say.dueBy(dateName(sale.dueOn))] }),
          },
        ]}
      />
      {sale.returnedAt && (
        <p>
          <Badge tone="warn">{say.returned}</Badge>
        </p>
      )}
    </Card>
  );
}
