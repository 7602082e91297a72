import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, firstOfYear, monthFrom, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Sums } from "../../ground/parts/sums";
import { ask } from "../../ground/session";
import { pools, replayedParts } from "../../ground/values";
import { Act } from "../act";
import { type ReplayedFragment, ReplayedMembersDocument, ReplayMotionDocument } from "../api";
import { months } from "../months";
import { say } from "./words";

type ReplayProps = {
  motion: { id: string; state: string };
  replay: ReplayedFragment | null | undefined;
  onChanged: () => Promise<void>;
};

/** What each member would have had under the proposed rule, shown before anybody votes. */
export function ReplayCard({ motion, replay, onChanged }: ReplayProps) {
  const isOpen = motion.state === "DRAFT" || motion.state === "TABLED";
  return (
    <Card>
      <h2>{say.replay}</h2>
      <p>{say.replayHelp}</p>
      {replay && <Totals replay={replay} />}
      {replay && <Members id={motion.id} />}
      {isOpen && (
        <Act
          fields={[
            { name: "firstMonth", label: say.firstMonth, options: months(), start: firstOfYear() },
            { name: "lastMonth", label: say.lastMonth, options: months(), start: monthFrom(today(), -1) },
          ]}
          isWide
          label={say.tryIt}
          look={replay ? "quiet" : "main"}
          onDo={async (months, idempotencyKey) => {
            const input = { motionId: motion.id, ...months, idempotencyKey };
            thing((await ask(ReplayMotionDocument, { input })).replayMotion);
          }}
          onDone={onChanged}
        />
      )}
    </Card>
  );
}

function Totals({ replay }: { replay: ReplayedFragment }) {
  const why = (before: number) => [say.from(rupiah(before))];
  return (
    <>
      <p>{say.period(dateName(replay.beginsOn), dateName(replay.endsOn))}</p>
      <p>{say.whoGains(replay.better, replay.worse, replay.same)}</p>
      <Sums
        sums={[
          ...replay.totals.map(({ part, before, after }) => ({
            name: named(replayedParts, part),
            amount: after,
            why: why(before),
          })),
          ...replay.pools.map(({ pool, before, after }) => ({
            name: named(pools, pool),
            amount: after,
            why: why(before),
          })),
        ]}
      />
    </>
  );
}

function Members({ id }: { id: string }) {
  const asked = useAsked(ReplayedMembersDocument, { id });
  return (
    <Loaded asked={asked}>
      {({ node }) => {
        const lines = node?.__typename === "Motion" ? (node.replay?.members.nodes ?? []) : [];
        return (
          <>
            <h3>{say.eachMember}</h3>
            <Sums
              sums={lines.map(({ gained, member }) => ({
                name: member?.account?.name || say.memberNumber(String(member?.number ?? "–")),
                amount: gained,
              }))}
            />
          </>
        );
      }}
    </Loaded>
  );
}
