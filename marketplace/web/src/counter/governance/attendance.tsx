import { useState } from "preact/hooks";
import { thing } from "../../ground/client";
import { Card } from "../../ground/parts/card";
import { ask } from "../../ground/session";
import { RegisterAttendanceDocument } from "../api";
import { MemberSearch } from "../member-search";
import type { Meeting } from "./meeting-desk";
import { say } from "./words";

type AttendanceProps = { meeting: Meeting; slug: string; onChanged: () => Promise<void> };

/** Who has come; while it isn't over, an officer writes down more. */
export function Attendance({ meeting, slug, onChanged }: AttendanceProps) {
  const [searches, setSearches] = useState(0);
  const { nodes, pageInfo } = meeting.attendees;
  const add = async (membershipId: string) => {
    const input = { meetingId: meeting.id, membershipIds: [membershipId] };
    thing((await ask(RegisterAttendanceDocument, { input })).registerAttendance);
    setSearches((n) => n + 1);
    await onChanged();
  };
  return (
    <div class="stack">
      <Card>
        <h2>{say.attendance}</h2>
        {nodes.length === 0 && <p>{say.nobodyYet}</p>}
        <ul class="stack">
          {nodes.map(({ way, membership }, n) => (
            <li class="apart" key={membership?.id ?? n}>
              <span>{membership?.account?.name || say.unnamed}</span>
              <small>{way === "ONLINE" ? say.byWire : say.inPerson}</small>
            </li>
          ))}
        </ul>
        {pageInfo.hasNextPage && <p>{say.more}</p>}
      </Card>
      {meeting.state !== "CLOSED" && (
        <MemberSearch key={searches} label={say.addAttendee} onChoose={({ id }) => add(id)} slug={slug} />
      )}
    </div>
  );
}
