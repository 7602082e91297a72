import { Gavel } from "lucide";
import { useAsked } from "../../ground/asking";
import { soon } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Empty } from "../../ground/parts/empty";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { meetingKinds, meetingStates } from "../../ground/values";
import { MeetingsDocument } from "../api";
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

function Lists({ membership }: { membership: Membership }) {
  const asked = useAsked(MeetingsDocument, { slug: membership.cooperative.slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => {
        const meetings = cooperative?.meetings.nodes ?? [];
        const motions = cooperative?.motions.nodes ?? [];
        return (
          <>
            {meetings.length ? (
              <Rows>
                {meetings.map(({ id, title, kind, state, startsAt, place }) => (
                  <li key={id}>
                    <Row
                      end={<Badge tone={state === "OPEN" ? "good" : "calm"}>{named(meetingStates, state)}</Badge>}
                      href={`/anggota/rapat/${encodeURIComponent(id)}`}
                      note={`${named(meetingKinds, kind)} · ${soon(startsAt)} · ${place}`}
                      title={title}
                    />
                  </li>
                ))}
              </Rows>
            ) : (
              <Empty icon={Gavel} title={say.noMeetings} />
            )}
            <h2>{say.motions}</h2>
            {motions.length ? <MotionRows motions={motions} /> : <p>{say.noMotions}</p>}
          </>
        );
      }}
    </Loaded>
  );
}
