import { PieChart } from "lucide";
import { dateName } from "../ground/days";
import { count, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { Badge } from "../ground/parts/badge";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Sums } from "../ground/parts/sums";
import { pools } from "../ground/values";
import { SharesDocument, type SharesQuery } from "./api";
import { type Membership, WithMembership } from "./with-membership";
import { exclusions, say } from "./words";

type Share = Extract<
  NonNullable<SharesQuery["node"]>,
  { __typename: "Membership" }
>["surplusShares"]["nodes"][number];

/** A member's share of each year's surplus, and how it was reckoned. */
export default function Surplus() {
  return (
    <Page backTo="/anggota/lainnya" title={say.surplus}>
      <WithMembership>{(membership) => <Shares membership={membership} />}</WithMembership>
    </Page>
  );
}

function Shares({ membership }: { membership: Membership }) {
  const { asked, nodes, more } = usePaged(
    SharesDocument,
    ({ node }) => (node?.__typename === "Membership" ? node.surplusShares : undefined),
    { id: membership.id },
  );
  return (
    <Loaded asked={asked}>
      {() => {
        if (!nodes.length) {
          return (
            <Empty icon={PieChart} title={say.noShares}>
              <p>{say.noSharesHelp}</p>
            </Empty>
          );
        }
        return (
          <>
            {nodes.map((share) => (
              <ShareCard key={share.id} share={share} />
            ))}
            <More more={more} />
          </>
        );
      }}
    </Loaded>
  );
}

function ShareCard({ share }: { share: Share }) {
  const { allocation } = share;
  const paid = share.isPaidToSavings ? say.paidToSavings : say.paidOut;
  return (
    <Card>
      {allocation && (
        <>
          <h2>{say.shareOf(dateName(allocation.beginsOn), dateName(allocation.endsOn))}</h2>
          <p>{say.ofTotal(rupiah(allocation.total))}</p>
        </>
      )}
      {share.excluded && <p>{named(exclusions, share.excluded)}</p>}
      <p>{say.basis(rupiah(share.deliveries), rupiah(share.sales), rupiah(share.purchases))}</p>
      <Sums
        sums={[
          ...share.lines.map((line) => ({
            name: named(pools, line.pool),
            amount: line.amount,
            why: [say.why(count(line.own), count(line.everyones), rupiah(line.poolAmount))],
          })),
          { name: say.yourShare, amount: share.amount, isTotal: true },
        ]}
      />
      <p>
        <Badge tone={share.paidAt ? "good" : "warn"}>{share.paidAt ? paid : say.notPaid}</Badge>
      </p>
    </Card>
  );
}
