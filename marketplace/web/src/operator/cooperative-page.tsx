import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked, useDoing } from "../ground/asking";
import { thing } from "../ground/client";
import { dayWithin, hundredths, rupiah } from "../ground/figures";
import { named } from "../ground/language";
import { Badge } from "../ground/parts/badge";
import { Button } from "../ground/parts/button";
import { Card } from "../ground/parts/card";
import { Loaded } from "../ground/parts/loading";
import { Page } from "../ground/parts/page";
import { Row, Rows } from "../ground/parts/row";
import { Trouble } from "../ground/parts/trouble";
import { ask } from "../ground/session";
import { WINDOW_TONES, windowStates } from "../ground/values";
import {
  BlockShopDocument,
  OneCooperativeDocument,
  type OneCooperativeQuery,
  ReinstateCooperativeDocument,
  SuspendCooperativeDocument,
  UnblockShopDocument,
} from "./api";
import { ForOperator } from "./for-operator";
import { ReasonSheet } from "./reason-sheet";
import { kinds, say, shopStates } from "./words";

type Cooperative = NonNullable<OneCooperativeQuery["cooperative"]>;
type Shop = Cooperative["sellers"]["nodes"][number];
type Shown = { cooperative: Cooperative; onChanged: () => Promise<void> };

/** One co-op: what it is, its shops, its clearing; suspended and reinstated from here. */
export default function CooperativePage() {
  const { params } = useRoute();
  const asked = useAsked(OneCooperativeDocument, { slug: params.slug ?? "" });
  const found = asked.answer?.cooperative;
  return (
    <Page backTo="/pengelola/koperasi" isWide title={found?.name ?? say.cooperatives}>
      <ForOperator>
        <Loaded asked={asked}>
          {() =>
            found && (
              <div class="columns">
                <div class="stack">
                  <Standing cooperative={found} onChanged={asked.again} />
                  <Windows cooperative={found} />
                </div>
                <Shops cooperative={found} onChanged={asked.again} />
              </div>
            )
          }
        </Loaded>
      </ForOperator>
    </Page>
  );
}

function Standing({ cooperative, onChanged }: Shown) {
  const [isStopping, setStopping] = useState(false);
  const { id, kind, code, regionCode, commission, foundedAt, isSuspended } = cooperative;
  const reinstating = useDoing(async () => {
    thing((await ask(ReinstateCooperativeDocument, { input: { id } })).reinstateCooperative);
    await onChanged();
  });
  const suspend = async (reason: string) => {
    thing((await ask(SuspendCooperativeDocument, { input: { id, reason } })).suspendCooperative);
    await onChanged();
  };
  return (
    <Card>
      <div class="apart">
        <h2>{say.code(code)}</h2>
        <span>
          <Badge tone={isSuspended ? "bad" : "good"}>{isSuspended ? say.stopped : say.active}</Badge>
        </span>
      </div>
      <p>{named(kinds, kind)}</p>
      <p>
        {say.region(regionCode)} · {say.commission(hundredths(commission))} · {say.founded(dayWithin(foundedAt))}
      </p>
      <Trouble refused={reinstating.refused} />
      {isSuspended ? (
        <Button isBusy={reinstating.isRunning} isWide onPress={() => void reinstating.run()}>
          {say.reinstateCooperative}
        </Button>
      ) : (
        <Button isWide look="danger" onPress={() => setStopping(true)}>
          {say.suspendCooperative}
        </Button>
      )}
      {isStopping && (
        <ReasonSheet
          help={say.suspendHelp}
          onClose={() => setStopping(false)}
          onDo={suspend}
          title={say.suspendCooperative}
        />
      )}
    </Card>
  );
}

function Windows({ cooperative }: { cooperative: Cooperative }) {
  if (!cooperative.windows.nodes.length) return null;
  return (
    <>
      <h2>{say.windows}</h2>
      <Rows>
        {cooperative.windows.nodes.map(({ id, number, state, grossTotal }) => (
          <li key={id}>
            <Row
              end={<Badge tone={WINDOW_TONES[state]}>{named(windowStates, state)}</Badge>}
              href={`/loket/kliring/${encodeURIComponent(id)}`}
              note={say.gross(rupiah(grossTotal))}
              title={say.windowTitle(number)}
            />
          </li>
        ))}
      </Rows>
    </>
  );
}

function Shops({ cooperative, onChanged }: Shown) {
  const [blocked, setBlocked] = useState<Shop>();
  const unblocking = useDoing(async (id: string) => {
    thing((await ask(UnblockShopDocument, { input: { id } })).unblockShop);
    await onChanged();
  });
  const block = async (reason: string) => {
    if (!blocked) return;
    thing((await ask(BlockShopDocument, { input: { id: blocked.id, reason } })).blockShop);
    await onChanged();
  };
  const shops = cooperative.sellers.nodes;
  return (
    <div class="stack">
      <h2>{say.shops}</h2>
      {shops.length === 0 && <p>{say.noShops}</p>}
      <Trouble refused={unblocking.refused} />
      {shops.map((shop) => (
        <Card about={shop.name} key={shop.id}>
          <div class="apart">
            <h3 class="two-lines">{shop.name}</h3>
            <span>
              <Badge tone={shop.state === "APPROVED" ? "good" : "warn"}>{named(shopStates, shop.state)}</Badge>
            </span>
          </div>
          {shop.stateReason && <p>{shop.stateReason}</p>}
          {shop.state === "BLOCKED" ? (
            <Button isBusy={unblocking.isRunning} look="quiet" onPress={() => void unblocking.run(shop.id)}>
              {say.unblock}
            </Button>
          ) : (
            <Button look="danger" onPress={() => setBlocked(shop)}>
              {say.block}
            </Button>
          )}
        </Card>
      ))}
      {blocked && (
        <ReasonSheet help={blocked.name} onClose={() => setBlocked(undefined)} onDo={block} title={say.block} />
      )}
    </div>
  );
}
