import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { atDay } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Loaded } from "../../ground/parts/loading";
import { Older } from "../../ground/parts/older";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { ask } from "../../ground/session";
import { meetingKinds, meetingStates, motionKinds } from "../../ground/values";
import { Act } from "../act";
import {
  CallMeetingDocument,
  type CallMeetingMutationVariables,
  DraftMotionDocument,
  type DraftMotionMutationVariables,
  GovernanceDocument,
  type MeetingInListFragment,
  OlderMeetingsDocument,
  OlderMotionsDocument,
} from "../api";
import { momentOf } from "../moment";
import { WithCooperative } from "../with-cooperative";
import { itemsOf } from "./agenda";
import { Duties } from "./duties";
import { MotionList } from "./motion-list";
import { say } from "./words";

type Asking = { cooperativeId: string; onDone: () => Promise<void> };

/** A co-op's meetings and what they decide on. */
export default function Governance() {
  return (
    <Page backTo="/loket/urusan" isWide title={say.title}>
      <WithCooperative>{({ slug }) => <Both slug={slug} />}</WithCooperative>
    </Page>
  );
}

function Both({ slug }: { slug: string }) {
  const asked = useAsked(GovernanceDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative && (
          <div class="columns">
            <div class="stack">
              <Duties duties={cooperative.duties} />
              <h2>{say.meetings}</h2>
              <Calling cooperativeId={cooperative.id} onDone={asked.again} />
              <Older
                document={OlderMeetingsDocument}
                first={cooperative.meetings}
                of={(answer) => answer.cooperative?.meetings}
                variables={{ slug }}
              >
                {(meetings) => <MeetingRows meetings={meetings} />}
              </Older>
            </div>
            <div class="stack">
              <h2>{say.motions}</h2>
              <Drafting cooperativeId={cooperative.id} onDone={asked.again} />
              <Older
                document={OlderMotionsDocument}
                first={cooperative.motions}
                of={(answer) => answer.cooperative?.motions}
                variables={{ slug }}
              >
                {(motions) => <MotionList motions={motions} />}
              </Older>
              <h2>{say.otherPages}</h2>
              <Places />
            </div>
          </div>
        )
      }
    </Loaded>
  );
}

function Places() {
  const places = [
    { href: "/loket/pemilihan", title: say.newElection, note: say.newElectionNote },
    { href: "/loket/ketentuan", title: say.byLaws, note: say.byLawsNote },
    { href: "/loket/kelompok", title: say.groups, note: say.groupsNote },
  ];
  return (
    <Rows>
      {places.map((place) => (
        <li key={place.href}>
          <Row {...place} />
        </li>
      ))}
    </Rows>
  );
}

function MeetingRows({ meetings }: { meetings: readonly MeetingInListFragment[] }) {
  if (!meetings.length) return <p>{say.noMeetings}</p>;
  return (
    <Rows>
      {meetings.map(({ id, kind, state, title, startsAt, place }) => (
        <li key={id}>
          <Row
            end={<Badge tone={state === "OPEN" ? "good" : "calm"}>{named(meetingStates, state)}</Badge>}
            href={`/loket/rapat/${encodeURIComponent(id)}`}
            note={`${named(meetingKinds, kind)} · ${atDay(startsAt)} · ${place}`}
            title={title}
          />
        </li>
      ))}
    </Rows>
  );
}

/** Group meetings are called for a group, elsewhere. */
const CALLED = ["ANNUAL", "EXTRAORDINARY", "PLAN"] as const;

function Calling({ cooperativeId, onDone }: Asking) {
  type Input = CallMeetingMutationVariables["input"];
  return (
    <Act
      fields={[
        { name: "kind", label: say.kind, options: CALLED.map((value) => ({ value, name: meetingKinds[value] })) },
        { name: "title", label: say.name, most: 160 },
        { name: "place", label: say.place, most: 200 },
        { name: "startsAt", label: say.onDay, type: "date" },
        { name: "time", label: say.atTime, type: "time", start: "19:00" },
        { name: "agenda", label: say.agenda, hint: say.agendaHint, rows: 4, most: 4000 },
        { name: "reportReadyOn", label: say.reportReadyOn, type: "date", isOptional: true },
      ]}
      help={say.callHelp}
      isWide
      label={say.call}
      onDo={async ({ kind, title, place, startsAt, time, agenda, reportReadyOn }, idempotencyKey) => {
        const input = {
          cooperativeId,
          kind: kind as Input["kind"],
          title,
          place,
          startsAt: momentOf(startsAt, time),
          agenda: itemsOf(agenda),
          reportReadyOn: reportReadyOn || null,
          idempotencyKey,
        };
        thing((await ask(CallMeetingDocument, { input })).callMeeting);
      }}
      onDone={onDone}
      said={say.isCalled}
    />
  );
}

/** By-laws and elections need more than a text, and have pages of their own. */
const DRAFTED = ["ACCOUNTS", "BUDGET", "SURPLUS", "LOAN_WRITE_OFF", "OTHER"] as const;

function Drafting({ cooperativeId, onDone }: Asking) {
  type Input = DraftMotionMutationVariables["input"];
  return (
    <Act
      fields={[
        { name: "kind", label: say.kind, options: DRAFTED.map((value) => ({ value, name: motionKinds[value] })) },
        { name: "title", label: say.motionTitle, most: 160 },
        { name: "text", label: say.text, rows: 5, most: 4000 },
      ]}
      help={say.draftHelp}
      isWide
      label={say.makeMotion}
      look="quiet"
      onDo={async ({ kind, title, text }, idempotencyKey) => {
        const input = { cooperativeId, kind: kind as Input["kind"], title, text, idempotencyKey };
        thing((await ask(DraftMotionDocument, { input })).draftMotion);
      }}
      onDone={onDone}
    />
  );
}
