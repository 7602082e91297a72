import { Scale } from "lucide";
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { useAsked, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { atDay } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import {
  AppealDocument,
  DraftOwnRulingDocument,
  OwnCasesDocument,
  type OwnCasesQuery,
  WriteDefenceDocument,
} from "../api";
import { Telling } from "./telling";
import { say, states } from "./words";

type Membership = NonNullable<OwnCasesQuery["viewer"]>["memberships"][number];
type Shown = { own: Membership["expulsions"][number]; onChanged: () => Promise<void> };

/**
 * Cases in which a co-op wants the reader to leave: what is said, his defence, what is decided, his appeal. Of all his
 * co-ops, those that he has left too.
 */
export default function Cases() {
  return (
    <Page backTo="/anggota/lainnya" title={say.title}>
      <SignedIn>
        <Own />
      </SignedIn>
    </Page>
  );
}

function Own() {
  const asked = useAsked(OwnCasesDocument, {});
  return (
    <Loaded asked={asked}>
      {({ viewer }) => {
        const memberships = viewer?.memberships ?? [];
        if (!memberships.some(({ expulsions }) => expulsions.length)) {
          return (
            <Empty icon={Scale} title={say.none}>
              <p>{say.noneHelp}</p>
            </Empty>
          );
        }
        return memberships.flatMap(({ cooperative, expulsions }) =>
          expulsions.map((own) => (
            <OneCase cooperative={cooperative?.name ?? ""} key={own.id} onChanged={asked.again} own={own} />
          )),
        );
      }}
    </Loaded>
  );
}

/** Until it is decided he may answer. */
const ANSWERED = new Set(["CALLED", "HEARD", "PROPOSED"]);
const ENDED = new Set(["FINAL", "DROPPED"]);

function OneCase({ own, cooperative, onChanged }: Shown & { cooperative: string }) {
  const { state } = own;
  return (
    <Card>
      <h2>{own.reference}</h2>
      <span>
        <Badge tone={state === "DROPPED" ? "good" : "warn"}>{named(states, state)}</Badge>
      </span>
      <p>{cooperative}</p>
      <p>{state === "DROPPED" ? say.stays : !ENDED.has(state) && say.staysMember}</p>
      <Part title={say.grounds}>{own.grounds}</Part>
      <Part title={say.hearing}>{say.at(atDay(own.hearingAt), own.place)}</Part>
      <Defence onChanged={onChanged} own={own} />
      {own.minutes && (
        <Part title={say.minutes}>
          {own.wasPresent === false && `${say.stayedAway}\n`}
          {own.minutes}
        </Part>
      )}
      {own.decision && <Part title={say.decision}>{own.decision}</Part>}
      <Appealing onChanged={onChanged} own={own} />
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <h3>{title}</h3>
      <p class="lines">{children}</p>
    </>
  );
}

function Defence({ own: { id, state, defence }, onChanged }: Shown) {
  const mayAnswer = ANSWERED.has(state);
  if (!defence && !mayAnswer) return null;
  return (
    <>
      <Part title={say.defence}>{defence || say.noDefence}</Part>
      {mayAnswer && (
        <Telling
          asked={{ name: "defence", label: say.defence, start: defence ?? "" }}
          label={defence ? say.changeDefence : say.writeDefence}
          look={defence ? "quiet" : "main"}
          onDo={async (text) =>
            thing((await ask(WriteDefenceDocument, { input: { id, defence: text } })).writeDefence)
          }
          onDone={onChanged}
          send={say.sendDefence}
        />
      )}
    </>
  );
}

function Appealing({ own: { id, state, appeal, appealUntil }, onChanged }: Shown) {
  const { route } = useLocation();
  const intent = useIntent();
  const overturn = async (text: string) => {
    const wanted = { expulsionId: id, ruling: "OVERTURN" as const, text };
    const drafted = thing(
      (await ask(DraftOwnRulingDocument, { input: { ...wanted, idempotencyKey: intent.key(wanted) } })).draftRuling,
    );
    intent.settle();
    route(`/anggota/usulan/${encodeURIComponent(drafted.id)}`);
  };
  return (
    <>
      {appeal && <Part title={say.appeal}>{appeal}</Part>}
      {state === "DECIDED" && appealUntil && (
        <>
          <p>{say.appealHelp(dateName(appealUntil))}</p>
          <Telling
            asked={{ name: "appeal", label: say.why }}
            label={say.doAppeal}
            onDo={async (text) => thing((await ask(AppealDocument, { input: { id, appeal: text } })).appealExpulsion)}
            onDone={onChanged}
            send={say.doAppeal}
          />
        </>
      )}
      {state === "APPEALED" && (
        <>
          <p>{say.waits}</p>
          <Telling
            asked={{ name: "text", label: say.why }}
            label={say.overturn}
            look="quiet"
            onDo={overturn}
            onDone={() => undefined}
            send={say.overturn}
          />
        </>
      )}
    </>
  );
}
