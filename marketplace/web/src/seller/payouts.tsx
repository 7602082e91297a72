import { Banknote, Landmark } from "lucide";
import { useState } from "preact/hooks";
import { rupiah, time } from "../ground/figures";
import { named } from "../ground/language";
import { usePaged } from "../ground/paged";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Facts } from "../ground/parts/facts";
import { Loaded } from "../ground/parts/loading";
import { More } from "../ground/parts/more";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { PayoutsDocument, type PayoutsQuery } from "./api";
import { PayToSheet } from "./pay-to-sheet";
import { LEAST_PAYOUT, PayoutSheet } from "./payout-sheet";
import { type Shop, WithShop } from "./with-shop";
import { payoutStates, say } from "./words";

type Owed = Extract<NonNullable<PayoutsQuery["node"]>, { __typename: "Seller" }>;
type Payout = Owed["payouts"]["nodes"][number];

const TONES = { REQUESTED: "warn", SENT: "warn", CONFIRMED: "good", FAILED: "bad", CANCELLED: "bad" } as const;

/** What the co-op has paid out to the shop, and the way to ask for more. */
export default function Payouts() {
  return (
    <Page backTo="/jual/penjualan" title={say.payouts}>
      <WithShop>{(shop) => <List shop={shop} />}</WithShop>
    </Page>
  );
}

function List({ shop }: { shop: Shop }) {
  const { asked, nodes, more } = usePaged(
    PayoutsDocument,
    ({ node }) => (node?.__typename === "Seller" ? node.payouts : undefined),
    { id: shop.id },
  );
  const [isOpen, setOpen] = useState<"ask" | "where">();
  const close = () => setOpen(undefined);
  return (
    <Loaded asked={asked}>
      {({ node }) => {
        if (node?.__typename !== "Seller" || !node.cooperative) return null;
        const payable = node.payable ?? 0;
        const isTooLittle = node.payable !== null && payable < LEAST_PAYOUT;
        const whose = { sellerId: shop.id, cooperativeId: node.cooperative.id };
        return (
          <>
            <Card>
              {node.payable !== null && (
                <Facts facts={[{ name: say.payable, is: rupiah(node.payable), isLarge: true }]} />
              )}
              <p>{say.payoutHelp(node.cooperative.name)}</p>
              {isTooLittle && <p>{say.payoutTooLittle(rupiah(LEAST_PAYOUT))}</p>}
              <Button icon={Banknote} isWide onPress={() => setOpen("ask")}>
                {say.askPayout}
              </Button>
              <Button icon={Landmark} isWide look="quiet" onPress={() => setOpen("where")}>
                {say.payTo}
              </Button>
            </Card>
            {nodes.length ? (
              <Rows>
                {nodes.map((payout) => (
                  <li key={payout.id}>
                    <PayoutRow payout={payout} />
                  </li>
                ))}
              </Rows>
            ) : (
              <Empty icon={Banknote} title={say.noPayouts} />
            )}
            <More more={more} />
            {isOpen === "ask" && (
              <PayoutSheet
                most={payable}
                onChanged={asked.again}
                onClose={close}
                onWhere={() => setOpen("where")}
                whose={whose}
              />
            )}
            {isOpen === "where" && <PayToSheet onClose={close} whose={whose} />}
          </>
        );
      }}
    </Loaded>
  );
}

function PayoutRow({ payout }: { payout: Payout }) {
  return (
    <Row
      end={<Badge tone={TONES[payout.state]}>{named(payoutStates, payout.state)}</Badge>}
      note={
        <>
          {payout.to}
          <br />
          {time(payout.endedAt ?? payout.requestedAt)}
        </>
      }
      title={rupiah(payout.amount)}
    />
  );
}
