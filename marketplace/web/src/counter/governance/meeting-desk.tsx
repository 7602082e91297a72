import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { soon } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { meetingKinds, meetingStates } from "../../ground/values";
import { Act } from "../act";
import { CloseMeetingDocument, MeetingDeskDocument, type MeetingDeskQuery, OpenMeetingDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { Attendance } from "./attendance";
import { MotionList } from "./motion-list";
import { say } from "./words";

export type Meeting = Extract<NonNullable<MeetingDeskQuery["node"]>, { __typename: "Meeting" }>;
type Shown = { meeting: Meeting; onChanged: () => Promise<void> };

/** One meeting: who has come, opened, its motions, its minutes, its report. */
export default function MeetingDesk() {
  const { params } = useRoute();
  const asked = useAsked(MeetingDeskDocument, { id: params.id ?? "" });
  const meeting = asked.answer?.node?.__typename === "Meeting" ? asked.answer.node : undefined;
  return (
    <Page backTo="/loket/rapat" isWide title={meeting?.title ?? say.meetings}>
      <WithCooperative>
        {({ slug }) => (
          <Loaded asked={asked}>
            {() =>
              meeting && (
                <div class="columns">
                  <div class="stack">
                    <Head meeting={meeting} onChanged={asked.again} />
                    <h2>{say.motions}</h2>
                    <MotionList motions={meeting.motions} />
                    {meeting.reportPath && <Report path={meeting.reportPath} />}
                  </div>
                  <Attendance meeting={meeting} onChanged={asked.again} slug={slug} />
                </div>
              )
            }
          </Loaded>
        )}
      </WithCooperative>
    </Page>
  );
}

function Head({ meeting, onChanged }: Shown) {
  const { id, state, entitled, represented, needed } = meeting;
  return (
    <Card>
      <div class="apart">
        <h2>{named(meetingKinds, meeting.kind)}</h2>
        <span>
          <Badge tone={state === "OPEN" ? "good" : "calm"}>{named(meetingStates, state)}</Badge>
        </span>
      </div>
      <p>
        {soon(meeting.startsAt)} · {meeting.place}
      </p>
      {meeting.onlineUrl && <p>{say.online(meeting.onlineUrl)}</p>}
      {represented != null && needed != null && <p>{say.quorum(represented, needed, entitled ?? 0)}</p>}
      <h3>{say.agenda}</h3>
      <ul class="stack">
        {meeting.agenda.map((item, n) => (
          <li key={`${n}${item}`}>{say.item(n + 1, item)}</li>
        ))}
      </ul>
      {meeting.minutes && (
        <>
          <h3>{say.minutes}</h3>
          <p>{meeting.minutes}</p>
        </>
      )}
      {state === "CALLED" && (
        <Act
          isWide
          label={say.open}
          onDo={async () => thing((await ask(OpenMeetingDocument, { input: { meetingId: id } })).openMeeting)}
          onDone={onChanged}
        />
      )}
      {state === "OPEN" && (
        <Act
          fields={[{ name: "minutes", label: say.minutes, rows: 8, most: 20_000 }]}
          help={say.closeHelp}
          isWide
          label={say.close}
          look="quiet"
          onDo={async ({ minutes }) =>
            thing((await ask(CloseMeetingDocument, { input: { meetingId: id, minutes } })).closeMeeting)
          }
          onDone={onChanged}
        />
      )}
    </Card>
  );
}

const FORMS = ["pdf", "docx", "xlsx"] as const;

function Report({ path }: { path: string }) {
  return (
    <Card>
      <h2>{say.report}</h2>
      <p>{say.reportHelp}</p>
      <div class="beside">
        {FORMS.map((form) => (
          <FileButton key={form} path={`${path}.${form}`}>
            {say[form]}
          </FileButton>
        ))}
      </div>
    </Card>
  );
}
