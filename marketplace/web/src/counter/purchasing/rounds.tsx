import { Handshake } from "lucide";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { dateName } from "../../ground/days";
import { count, rupiah, soon } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Chip, Chips } from "../../ground/parts/chips";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { say as joint, roundStates } from "../../ground/purchasing/words";
import {
  JoinableRoundsDocument,
  OwnPartsDocument,
  type OwnPartsQuery,
  OwnRoundsDocument,
  type RoundLineFragment,
} from "../api";
import { type Cooperative, isOfficer, WithCooperative } from "../with-cooperative";
import { OpeningSheet } from "./opening";
import { say } from "./words";

const VIEWS = ["joinable", "ours", "parts"] as const;

/** Purchases of several co-ops and sellers together: to join, those that this co-op runs, and what it took of any. */
export default function Rounds() {
  return (
    <Page backTo="/loket/urusan" title={joint.title}>
      <WithCooperative>{(cooperative) => <Views cooperative={cooperative} />}</WithCooperative>
    </Page>
  );
}

function Views({ cooperative }: { cooperative: Cooperative }) {
  const [view, setView] = useState<(typeof VIEWS)[number]>("joinable");
  const { route } = useLocation();
  return (
    <>
      <p>{say.help}</p>
      {isOfficer(cooperative) && (
        <Opener isWide label={say.open} onDone={() => undefined}>
          {({ onClose }) => (
            <OpeningSheet cooperativeId={cooperative.id} onClose={onClose} onOpened={(id) => route(addressOf(id))} />
          )}
        </Opener>
      )}
      <Chips name={joint.title}>
        {VIEWS.map((each) => (
          <Chip isOn={each === view} key={each} onPress={() => setView(each)}>
            {say[each]}
          </Chip>
        ))}
      </Chips>
      {view === "joinable" && <Joinable />}
      {view === "ours" && <Ours slug={cooperative.slug} />}
      {view === "parts" && <Parts slug={cooperative.slug} />}
    </>
  );
}

function addressOf(id: string): string {
  return `/loket/pembelian-bersama/${encodeURIComponent(id)}`;
}

function Joinable() {
  const { asked, nodes, more } = usePaged(JoinableRoundsDocument, ({ openPurchaseRounds }) => openPurchaseRounds);
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          <Lines none={say.noneJoinable} rounds={nodes} />
          <More more={more} />
        </>
      )}
    </Loaded>
  );
}

function Ours({ slug }: { slug: string }) {
  const { asked, nodes, more } = usePaged(OwnRoundsDocument, ({ cooperative }) => cooperative?.purchaseRounds, {
    slug,
  });
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          <Lines isOurs none={say.noneOurs} rounds={nodes} />
          <More more={more} />
        </>
      )}
    </Loaded>
  );
}

type LinesProps = { rounds: readonly RoundLineFragment[]; none: string; isOurs?: boolean };

function Lines({ rounds, none, isOurs = false }: LinesProps) {
  if (!rounds.length) return <Empty icon={Handshake} title={none} />;
  return (
    <Rows>
      {rounds.map(({ id, title, measure, supplier, state, closesAt, committed, priceNow, cooperative }) => (
        <li key={id}>
          <Row
            end={state === "OPEN" ? priceNow != null && rupiah(priceNow) : <Badge>{named(roundStates, state)}</Badge>}
            href={addressOf(id)}
            note={[
              isOurs ? supplier : cooperative?.name,
              `${count(committed)} ${measure}`,
              state === "OPEN" && say.until(soon(closesAt)),
            ]
              .filter(Boolean)
              .join(" · ")}
            title={title}
          />
        </li>
      ))}
    </Rows>
  );
}

type Part = NonNullable<OwnPartsQuery["cooperative"]>["purchaseCommitments"]["nodes"][number];

function Parts({ slug }: { slug: string }) {
  const { asked, nodes, more } = usePaged(OwnPartsDocument, ({ cooperative }) => cooperative?.purchaseCommitments, {
    slug,
  });
  return (
    <Loaded asked={asked}>
      {() => (
        <>
          {nodes.length === 0 && <Empty icon={Handshake} title={say.noneParts} />}
          <Rows>
            {nodes.map((part) => (
              <li key={part.id}>
                <PartRow part={part} />
              </li>
            ))}
          </Rows>
          <More more={more} />
        </>
      )}
    </Loaded>
  );
}

function PartRow({ part: { party, quantity, isRefused, received, outstanding, dueOn, round } }: { part: Part }) {
  const measure = round?.measure ?? "";
  const told = () => {
    if (isRefused) return joint.isRefused;
    if (quantity === 0) return joint.isOut;
    if (!dueOn) return joint.mine(count(quantity), measure);
    return joint.got(count(received), measure);
  };
  const owed = dueOn && outstanding > 0 && joint.owed(rupiah(outstanding), dateName(dueOn));
  return (
    <Row
      {...(round && { href: addressOf(round.id) })}
      note={[round?.title, told(), owed].filter(Boolean).join(" · ")}
      title={party}
    />
  );
}
