import { Bell, BellOff, BellRing, ChefHat, PhoneIncoming } from "lucide";
import { Button, ButtonLink, IconButton } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Empty } from "../ground/parts/empty";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { SignedIn } from "../ground/signed-in";
import type { WorkFragment } from "./api";
import { allowBell, bell, silenceBell } from "./bell";
import { ComingBack, useComingBack } from "./coming-back";
import { isWaiting, useIncoming, workOf } from "./incoming";
import { NoShop } from "./no-shop";
import { OrderCard } from "./order-card";
import { SellerTabs } from "./seller-tabs";
import { ShopState } from "./shop-state";
import { say } from "./words";

/** What waits on the shop: first what must be answered, then what is being made, then what waits to be fetched. */
export default function Orders() {
  const incoming = useIncoming();
  const back = useComingBack();
  const isBack = new Set(back.map(({ id }) => id)); // what was asked before the driver turned back holds them still
  const parts = workOf(incoming).filter(({ id }) => !isBack.has(id));
  const mustAnswer = parts.some(isWaiting);
  const bellButton =
    bell.value === "off" ? (
      <IconButton icon={BellOff} name={say.bellIsOff} onPress={() => void allowBell()} />
    ) : (
      <IconButton icon={Bell} name={say.bellOff} onPress={silenceBell} />
    );
  return (
    <Page end={bellButton} title={say.orders}>
      <SignedIn>
        {!mustAnswer && <BellCard />}
        {!mustAnswer && <ComingBack parts={back} />}
        <Loaded asked={incoming}>
          {({ viewer }) =>
            viewer?.selling.length ? (
              <>
                {viewer.selling.map((shop) => (
                  <ShopState key={shop.id} shop={shop} />
                ))}
                {mustAnswer && <Work isMore={viewer.incoming.pageInfo.hasNextPage} parts={parts} />}
                {viewer.selling.some(({ state }) => state === "APPROVED") && (
                  <ButtonLink href="/jual/telepon" icon={PhoneIncoming} isWide look="quiet">
                    {say.phoneOrder}
                  </ButtonLink>
                )}
                {!mustAnswer && <Work isMore={viewer.incoming.pageInfo.hasNextPage} parts={parts} />}
              </>
            ) : (
              <NoShop />
            )
          }
        </Loaded>
        {mustAnswer && <ComingBack parts={back} />}
        {mustAnswer && <BellCard />}
      </SignedIn>
      <SellerTabs />
    </Page>
  );
}

/** Asks to let orders ring, until that was allowed on this device. */
function BellCard() {
  if (bell.value === "on") return null;
  if (bell.value === "asleep") return <p role="status">{say.bellAsleep}</p>;
  return (
    <Card>
      <p>{say.bellWhy}</p>
      <Button icon={BellRing} isWide onPress={() => void allowBell()}>
        {say.bellOn}
      </Button>
    </Card>
  );
}

function Work({ parts, isMore }: { parts: readonly WorkFragment[]; isMore: boolean }) {
  const groups = [
    [say.toAnswer, parts.filter(isWaiting)],
    [say.inWork, parts.filter((part) => !isWaiting(part) && part.state !== "READY")],
    [say.toFetch, parts.filter((part) => part.state === "READY")],
  ] as const;
  if (parts.length === 0) {
    return (
      <Empty icon={ChefHat} title={say.noWork}>
        <p>{say.noWorkHelp}</p>
      </Empty>
    );
  }
  return (
    <>
      {groups.map(
        ([title, members]) =>
          members.length > 0 && (
            <section class="stack" key={title}>
              <h2>
                {title} ({members.length})
              </h2>
              {members.map((part) => (
                <OrderCard key={part.id} part={part} />
              ))}
            </section>
          ),
      )}
      {isMore && <p>{say.moreWaits}</p>}
    </>
  );
}
