import { Handshake } from "lucide";
import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { JoinSheet } from "../../ground/purchasing/join-sheet";
import { PartTold } from "../../ground/purchasing/part-told";
import { RoundTold, takesParts } from "../../ground/purchasing/round-told";
import { say as joint } from "../../ground/purchasing/words";
import { type JointRoundFragment, OpenRoundsDocument, ShopPartsDocument, type ShopPartsQuery } from "../api";
import { SellerTabs } from "../seller-tabs";
import { WithShop } from "../with-shop";
import { say } from "./words";

type Part = Extract<
  NonNullable<ShopPartsQuery["node"]>,
  { __typename: "Seller" }
>["purchaseCommitments"]["nodes"][number];

/** Buying together with others at the wholesale price: what may be joined now, and what became of what was. */
export default function Joint() {
  return (
    <Page backTo="/jual/toko" title={joint.title}>
      <WithShop>{({ id, state }) => <Parts isApproved={state === "APPROVED"} shopId={id} />}</WithShop>
      <SellerTabs />
    </Page>
  );
}

function Parts({ shopId, isApproved }: { shopId: string; isApproved: boolean }) {
  const mine = usePaged(
    ShopPartsDocument,
    ({ node }) => (node?.__typename === "Seller" ? node.purchaseCommitments : undefined),
    { id: shopId },
  );
  const open = usePaged(OpenRoundsDocument, ({ openPurchaseRounds }) => openPurchaseRounds);
  const again = async () => void (await Promise.all([mine.asked.again(), open.asked.again()]));
  const heldOf = (roundId: string) => mine.nodes.find(({ round }) => round?.id === roundId)?.quantity ?? 0;
  const past = mine.nodes.filter(({ round }) => round && round.state !== "OPEN");
  return (
    <>
      <p>{say.help}</p>
      <h2>{say.open}</h2>
      <Loaded asked={open.asked}>
        {() => (
          <>
            {open.nodes.length === 0 && (
              <Empty icon={Handshake} title={say.noneOpen}>
                <p>{say.noneOpenHelp}</p>
              </Empty>
            )}
            {open.nodes.map((round) => (
              <OpenRound
                held={heldOf(round.id)}
                isJoinable={isApproved && takesParts(round) && mine.asked.answer !== undefined}
                key={round.id}
                onDone={again}
                round={round}
                shopId={shopId}
              />
            ))}
            <More more={open.more} />
          </>
        )}
      </Loaded>
      {past.length > 0 && <h2>{say.yours}</h2>}
      {past.map((part) => (
        <PastPart key={part.id} part={part} />
      ))}
      <More more={mine.more} />
    </>
  );
}

type OpenRoundProps = {
  round: JointRoundFragment;
  shopId: string;
  held: number;
  isJoinable: boolean;
  onDone: () => Promise<void>;
};

function OpenRound({ round, shopId, held, isJoinable, onDone }: OpenRoundProps) {
  return (
    <Card>
      <RoundTold round={round} />
      {held > 0 && (
        <p>
          <strong>{say.youTake(held, round.measure)}</strong>
        </p>
      )}
      {isJoinable && (
        <Opener isWide label={held ? joint.change : joint.join} look={held ? "quiet" : "main"} onDone={onDone}>
          {(ending) => <JoinSheet {...ending} held={held} party={{ sellerId: shopId }} round={round} />}
        </Opener>
      )}
    </Card>
  );
}

function PastPart({ part }: { part: Part }) {
  const { round } = part;
  return (
    round && (
      <Card>
        <RoundTold round={round} />
        <PartTold measure={round.measure} part={part} />
      </Card>
    )
  );
}
