import { useState } from "preact/hooks";
import { thing } from "../../ground/client";
import { usePaged } from "../../ground/paged";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  ApproveSellerDocument,
  RefuseSellerDocument,
  SellersOfDocument,
  type SellersOfQuery,
  SuspendSellerDocument,
} from "../api";
import { WithCooperative } from "../with-cooperative";
import { say } from "./words";

/** Which shops want to sell under the co-op, which do, and which were stopped. */
export default function Sellers() {
  // An answered shop goes from one list to another: all are asked anew.
  const [answered, setAnswered] = useState(0);
  const onDone = () => setAnswered((was) => was + 1);
  return (
    <Page backTo="/loket/urusan" isWide title={say.title}>
      <WithCooperative>
        {({ slug }) => (
          <div class="columns" key={answered}>
            <Shops empty={say.nobodyWaits} slug={slug} state="APPLIED" onDone={onDone} title={say.applied} />
            <Shops empty={say.nobodySuspended} slug={slug} state="SUSPENDED" onDone={onDone} title={say.suspended} />
            <Shops empty={say.nobodySells} slug={slug} state="APPROVED" onDone={onDone} title={say.selling} />
          </div>
        )}
      </WithCooperative>
    </Page>
  );
}

type State = "APPLIED" | "APPROVED" | "SUSPENDED";
type Shop = NonNullable<SellersOfQuery["cooperative"]>["sellers"]["nodes"][number];

type ShopsProps = { slug: string; state: State; title: string; empty: string; onDone: () => void };

function Shops({ slug, state, title, empty, onDone }: ShopsProps) {
  const { asked, nodes, more } = usePaged(SellersOfDocument, ({ cooperative }) => cooperative?.sellers, {
    slug,
    state,
  });
  return (
    <Loaded asked={asked}>
      {() => (
        <div class="stack">
          <h2>{title}</h2>
          {nodes.length === 0 && <p>{empty}</p>}
          {nodes.map((shop) => (
            <Card about={shop.name} key={shop.id}>
              <Described shop={shop} />
              <div class="beside">
                <Answers id={shop.id} onDone={onDone} state={state} />
              </div>
            </Card>
          ))}
          <More more={more} />
        </div>
      )}
    </Loaded>
  );
}

function Described({ shop: { name, description, address, phone, stateReason } }: { shop: Shop }) {
  return (
    <>
      <h3>{name}</h3>
      {description && <p class="three-lines">{description}</p>}
      <p>{[address, phone].filter(Boolean).join(" · ")}</p>
      {stateReason && <p>{say.because(stateReason)}</p>}
    </>
  );
}

/** What an officer can say of a shop in this state. Stopping and refusing tell the owner why. */
function Answers({ id, state, onDone }: { id: string; state: State; onDone: () => void }) {
  const reason = [{ name: "reason", label: say.why, rows: 3, most: 300 }] as const;
  return (
    <>
      {state !== "APPROVED" && (
        <Act
          label={state === "APPLIED" ? say.approve : say.again}
          onDo={async () => thing((await ask(ApproveSellerDocument, { input: { id } })).approveShop)}
          onDone={onDone}
        />
      )}
      {state === "APPLIED" && (
        <Act
          fields={reason}
          help={say.refuseHelp}
          label={say.refuse}
          look="danger"
          onDo={async ({ reason }) => thing((await ask(RefuseSellerDocument, { input: { id, reason } })).refuseShop)}
          onDone={onDone}
        />
      )}
      {state === "APPROVED" && (
        <Act
          fields={reason}
          help={say.suspendHelp}
          label={say.suspend}
          look="danger"
          onDo={async ({ reason }) =>
            thing((await ask(SuspendSellerDocument, { input: { id, reason } })).suspendShop)
          }
          onDone={onDone}
        />
      )}
    </>
  );
}
