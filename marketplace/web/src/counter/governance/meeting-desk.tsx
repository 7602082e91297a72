import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { atDay } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { usePolled } from "../../ground/polled";
import { ask } from "../../ground/session";
import { meetingKinds, meetingStates } from "../../ground/values";
import { Act } from "../act";
import { CloseMeetingDocument, MeetingDeskDocument, type MeetingDeskQuery, OpenMeetingDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { Attendance } from "./attendance";
import { minutesOf } from "./minutes";
import { MotionList } from "./motion-list";
import { Proxies } from "./proxies";
import { say } from "./words";

export type Meeting = Extract<NonNullable<MeetingDeskQuery["node"]>, { __typename: "Meeting" }>;
type Shown = { meeting: Meeting; onChanged: () => Promise<void> };

/** Who attends on line comes in by himself: the quorum is looked at again. */
const QUORUM_MS = 8_000;

/** One meeting: who has come, opened, its motions, its minutes, its report. */
export default function MeetingDesk() {
  const { params } = useRoute();
  const asked = useAsked(MeetingDeskDocument, { id: params.id ?? "" });
  usePolled(asked.again, QUORUM_MS);
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
                  <div class="stack">
                    <Attendance meeting={meeting} onChanged={asked.again} slug={slug} />
                    {meeting.delegates.length > 0 && <Delegates meeting={meeting} />}
                    <Proxies meetingId={meeting.id} />
                  </div>
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
  const { id, state, count, group } = meeting;
  return (
    <Card>
      <div class="apart">
        <h2>{named(meetingKinds, meeting.kind)}</h2>
        <span>
          <Badge tone={state === "OPEN" ? "good" : "calm"}>{named(meetingStates, state)}</Badge>
        </span>
      </div>
      <p>
        {atDay(meeting.startsAt)} · {meeting.place}
      </p>
      {meeting.onlineUrl && <p>{say.online(meeting.onlineUrl)}</p>}
      {group && <p>{say.ofGroup(group.name)}</p>}
      <p>
        <strong>{say.quorum(count.represented, count.needed, count.entitled)}</strong>
      </p>
      <h3>{say.agenda}</h3>
      <ul class="stack">
        {meeting.agenda.map((item, n) => (
          <li key={`${n}${item}`}>{say.item(n + 1, item)}</li>
        ))}
      </ul>
      {meeting.minutes && (
        <>
          <h3>{say.minutes}</h3>
          <p class="lines">{meeting.minutes}</p>
        </>
      )}
      {state === "CALLED" && (
        <Act
          isWide
          label={say.open}
          onDo={async () => thing((await ask(OpenMeetingDocument, { input: { meetingId: id } })).openMeeting)}
          onDone={onChanged}
          said={say.isOpened}
        />
      )}
      {state === "OPEN" && (
        <Act
          fields={[{ name: "minutes", label: say.minutes, rows: 12, most: 20_000, start: minutesOf(meeting) }]}
          help={say.closeHelp}
          isWide
          label={say.close}
          look="quiet"
          onDo={async ({ minutes }) =>
            thing((await ask(CloseMeetingDocument, { input: { meetingId: id, minutes } })).closeMeeting)
          }
          onDone={onChanged}
          said={say.isClosed}
        />
      )}
    </Card>
  );
}

/** Whom groups sent: each votes for who elected him and does not come himself. */
function Delegates({ meeting }: { meeting: Meeting }) {
  return (
    <Card>
      <h2>{say.delegates}</h2>
      {meeting.delegates.map(({ standsFor, group, membership }, n) => (
        <p key={membership?.id ?? n}>
          {membership?.account?.name || say.unnamed}
          <br />
          <small>{say.delegate(group?.name ?? "", standsFor)}</small>
        </p>
      ))}
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
            {common[form]}
          </FileButton>
        ))}
      </div>
    </Card>
  );
}
