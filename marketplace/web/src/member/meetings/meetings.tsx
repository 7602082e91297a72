import { Gavel } from "lucide";
import { atDay } from "../../ground/figures";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { Badge } from "../../ground/parts/badge";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { meetingKinds, meetingStates } from "../../ground/values";
import { MeetingsDocument, MotionsDocument } from "../api";
import { MemberTabs } from "../member-tabs";
import { type Membership, WithMembership } from "../with-membership";
import { MotionRows } from "./motion-rows";
import { say } from "./words";

/** The co-op's meetings and motions: the members decide. */
export default function Meetings() {
  return (
    <Page title={say.meetings}>
      <WithMembership>{(membership) => <Lists membership={membership} />}</WithMembership>
      <MemberTabs />
    </Page>
  );
}

function Lists({ membership: { cooperative } }: { membership: Membership }) {
  const { slug } = cooperative;
  const meetings = usePaged(MeetingsDocument, (answer) => answer.cooperative?.meetings, { slug });
  const motions = usePaged(MotionsDocument, (answer) => answer.cooperative?.motions, { slug });
  return (
    <>
      <Loaded asked={meetings.asked}>
        {() => (
          <>
            {meetings.nodes.length === 0 && (
              <Empty icon={Gavel} title={say.noMeetings}>
                <p>{say.noMeetingsHelp}</p>
              </Empty>
            )}
            <Rows>
              {meetings.nodes.map(({ id, title, kind, state, startsAt, place }) => (
                <li key={id}>
                  <Row
                    end={<Badge tone={state === "OPEN" ? "good" : "calm"}>{named(meetingStates, state)}</Badge>}
                    href={`/anggota/rapat/${encodeURIComponent(id)}`}
                    note={`${named(meetingKinds, kind)} · ${atDay(startsAt)} · ${place}`}
                    title={title}
                  />
                </li>
              ))}
            </Rows>
            <More more={meetings.more} />
          </>
        )}
      </Loaded>
      <h2>{say.motions}</h2>
      <Loaded asked={motions.asked}>
        {() => (
          <>
            {motions.nodes.length ? <MotionRows motions={motions.nodes} /> : <p>{say.noMotions}</p>}
            <More more={motions.more} />
          </>
        )}
      </Loaded>
    </>
  );
}
