import { Coins } from "lucide";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sums } from "../../ground/parts/sums";
import { ask } from "../../ground/session";
import { pools } from "../../ground/values";
import { Act } from "../act";
import {
  AllocationsDocument,
  type AllocationsQuery,
  PaySurplusDocument,
  PostSurplusDocument,
  ProposeSurplusDocument,
  SurplusSharesDocument,
} from "../api";
import { ByMotion } from "../governance/by-motion";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { say, surplusStates } from "./words";

type Allocation = NonNullable<AllocationsQuery["cooperative"]>["surplusAllocations"]["nodes"][number];
type Shown = { allocation: Allocation; slug: string; onChanged: () => Promise<void> };

/** A year's surplus: proposed by the by-laws, booked as the meeting adopted it, paid to the members. */
export default function Surplus() {
  return (
    <Page backTo="/loket/urusan" isWide title={say.title}>
      <WithCooperative>{({ slug }) => <Years slug={slug} />}</WithCooperative>
    </Page>
  );
}

function Years({ slug }: { slug: string }) {
  const asked = useAsked(AllocationsDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative && (
          <>
            <Proposing cooperativeId={cooperative.id} onDone={asked.again} />
            {cooperative.surplusAllocations.nodes.length === 0 && (
              <Empty icon={Coins} title={say.none}>
                <p>{say.noneHelp}</p>
              </Empty>
            )}
            {cooperative.surplusAllocations.nodes
              .filter(({ state }) => state !== "REPLACED")
              .map((allocation) => (
                <div class="columns" key={allocation.id}>
                  <div class="stack">
                    <Pools allocation={allocation} />
                    <Step allocation={allocation} onChanged={asked.again} slug={slug} />
                  </div>
                  <Shares id={allocation.id} />
                </div>
              ))}
            {cooperative.surplusAllocations.nodes.length > 0 && (
              <div class="beside">
                {(["pdf", "xlsx"] as const).map((form) => (
                  <FileButton
                    key={form}
                    path={`/surplus/allocations.${form}?${new URLSearchParams({ cooperative: cooperative.id })}`}
                  >
                    {common[form]}
                  </FileButton>
                ))}
              </div>
            )}
          </>
        )
      }
    </Loaded>
  );
}

function Proposing({ cooperativeId, onDone }: { cooperativeId: string; onDone: () => Promise<void> }) {
  const thisYear = new Date().getFullYear();
  const years = [thisYear - 1, thisYear, thisYear - 2].map(String);
  return (
    <Act
      fields={[
        {
          name: "year",
          label: say.year,
          start: String(thisYear - 1),
          options: years.map((value) => ({ value, name: value })),
        },
      ]}
      help={say.proposeHelp}
      isWide
      label={say.propose}
      onDo={async ({ year }, idempotencyKey) => {
        const input = { cooperativeId, year: Number(year), idempotencyKey };
        thing((await ask(ProposeSurplusDocument, { input })).proposeSurplus);
      }}
      onDone={onDone}
    />
  );
}

function Pools({ allocation }: { allocation: Allocation }) {
  const basis = [
    ...new Set(
      allocation.rules.map(({ instrument, article }) => (article ? say.article(instrument, article) : instrument)),
    ),
  ].join("; ");
  return (
    <Card>
      <div class="apart">
        <h2>{allocation.number}</h2>
        <span>
          <Badge tone={allocation.state === "PROPOSED" ? "warn" : "good"}>
            {named(surplusStates, allocation.state)}
          </Badge>
        </span>
      </div>
      <p>{say.period(dateName(allocation.beginsOn), dateName(allocation.endsOn))}</p>
      <Sums
        sums={[
          { name: say.fromMembers, amount: allocation.fromMembers },
          { name: say.fromNonMembers, amount: allocation.fromNonMembers },
          { name: say.total, amount: allocation.total, isTotal: true },
        ]}
      />
      <h3>{say.pools}</h3>
      <Sums
        sums={allocation.pools.map(({ pool, amount, unclaimed }) => ({
          name: named(pools, pool),
          amount,
          ...(unclaimed > 0 && { why: [say.unclaimed(rupiah(unclaimed))] }),
        }))}
      />
      {basis && (
        <p>
          <small>
            {say.basis}: {basis}
          </small>
        </p>
      )}
    </Card>
  );
}

function Step({ allocation: { id, state, number }, slug, onChanged }: Shown) {
  if (state === "PROPOSED") {
    return (
      <ByMotion
        help={say.postHelp(number)}
        kind="SURPLUS"
        label={say.post}
        onDo={async (motionId, idempotencyKey) =>
          thing((await ask(PostSurplusDocument, { input: { id, motionId, idempotencyKey } })).postSurplus)
        }
        onDone={onChanged}
        slug={slug}
      />
    );
  }
  if (state !== "POSTED") return null;
  return (
    <Act
      help={say.payHelp}
      isWide
      label={say.pay}
      onDo={async (_, idempotencyKey) =>
        thing((await ask(PaySurplusDocument, { input: { id, idempotencyKey } })).paySurplus)
      }
      onDone={onChanged}
    />
  );
}

function Shares({ id }: { id: string }) {
  const { asked, nodes, more } = usePaged(
    SurplusSharesDocument,
    ({ node }) => (node?.__typename === "SurplusAllocation" ? node.shares : null),
    { id },
  );
  return (
    <div class="stack">
      <h2>{say.shares}</h2>
      <Loaded asked={asked}>
        {() => (
          <>
            <Rows>
              {nodes.map(({ id: shareId, amount, excluded, member }) => (
                <li key={shareId}>
                  <Row
                    end={excluded ? say.noShare : rupiah(amount)}
                    note={say.memberNumber(String(member?.number ?? "–"))}
                    title={member?.account?.name || say.unnamed}
                  />
                </li>
              ))}
            </Rows>
            <More more={more} />
          </>
        )}
      </Loaded>
    </div>
  );
}
