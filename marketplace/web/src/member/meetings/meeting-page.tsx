import { useRoute } from "preact-iso";
import { useAsked, useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { atDay } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { SignedIn } from "../../ground/signed-in";
import { meetingKinds, meetingStates } from "../../ground/values";
import { AttendDocument, OneMeetingDocument, type OneMeetingQuery } from "../api";
import { MotionRows } from "./motion-rows";
import { Proxies } from "./proxies";
import { say } from "./words";

export type Meeting = Extract<NonNullable<OneMeetingQuery["node"]>, { __typename: "Meeting" }>;

/** One meeting: when and where, what is on its agenda, and attending it. */
export default function MeetingPage() {
  const { params } = useRoute();
  const asked = useAsked(OneMeetingDocument, { id: params.id ?? "" });
  const meeting = asked.answer?.node?.__typename === "Meeting" ? asked.answer.node : undefined;
  return (
    <Page backTo="/anggota/rapat" title={meeting?.title ?? say.meetings}>
      <SignedIn>
        <Loaded asked={asked}>{() => meeting && <Shown meeting={meeting} onChanged={asked.again} />}</Loaded>
      </SignedIn>
    </Page>
  );
}

function Shown({ meeting, onChanged }: { meeting: Meeting; onChanged: () => Promise<void> }) {
  const attending = useDoing(async () => {
    thing((await ask(AttendDocument, { input: { meetingId: meeting.id } })).attendMeeting);
    toast(say.attended);
    await onChanged();
  });
  return (
    <>
      <Card>
        <div class="apart">
          <h2>{named(meetingKinds, meeting.kind)}</h2>
          <span>
            <Badge tone={meeting.state === "OPEN" ? "good" : "calm"}>{named(meetingStates, meeting.state)}</Badge>
          </span>
        </div>
        <p>
          {atDay(meeting.startsAt)} · {meeting.place}
        </p>
        {meeting.onlineUrl && (
          <p>
            {say.online} {meeting.onlineUrl}
          </p>
        )}
        {meeting.group && <p>{say.ofGroup(meeting.group.name)}</p>}
        <p>{say.quorum(meeting.count.represented, meeting.count.needed, meeting.count.entitled)}</p>
        {meeting.mine?.way && <p>{meeting.mine.way === "ONLINE" ? say.byWire : say.isHere}</p>}
        <Trouble refused={attending.refused} />
        {meeting.state !== "CLOSED" && !meeting.mine?.way && (
          <Button isBusy={attending.isRunning} isWide onPress={() => void attending.run()}>
            {say.attend}
          </Button>
        )}
      </Card>
      <Proxies meeting={meeting} onChanged={onChanged} />
      {meeting.agenda.length > 0 && (
        <Card>
          <h2>{say.agenda}</h2>
          <ul class="stack">
            {meeting.agenda.map((item, n) => (
              <li key={`${n}${item}`}>{say.place(n + 1, item)}</li>
            ))}
          </ul>
        </Card>
      )}
      <h2>{say.motions}</h2>
      {meeting.motions.length ? <MotionRows motions={meeting.motions} /> : <p>{say.noMotions}</p>}
      {meeting.minutes && (
        <Card>
          <h2>{say.minutes}</h2>
          <p class="lines">{meeting.minutes}</p>
        </Card>
      )}
      {meeting.reportPath && (
        <Card>
          <h2>{say.report}</h2>
          <FileButton path={`${meeting.reportPath}.pdf`}>{say.pdf}</FileButton>
        </Card>
      )}
    </>
  );
}
