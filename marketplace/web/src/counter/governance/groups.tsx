import { Users } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Field } from "../../ground/parts/field";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  CallGroupMeetingDocument,
  GroupsDocument,
  type GroupsQuery,
  MakeGroupDocument,
  PutIntoGroupDocument,
} from "../api";
import { MemberSearch } from "../member-search";
import { momentOf } from "../moment";
import { WithCooperative } from "../with-cooperative";
import { itemsOf } from "./agenda";
import { say } from "./words";

type Cooperative = NonNullable<GroupsQuery["cooperative"]>;
type Shown = { cooperative: Cooperative; slug: string; onChanged: () => Promise<void> };

/** Groups of members, which meet before the general meeting and send delegates to it. */
export default function Groups() {
  return (
    <Page backTo="/loket/rapat" title={say.groups}>
      <WithCooperative>{({ slug }) => <All slug={slug} />}</WithCooperative>
    </Page>
  );
}

function All({ slug }: { slug: string }) {
  const asked = useAsked(GroupsDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) =>
        cooperative && (
          <>
            <p>{say.groupsHelp}</p>
            <Making cooperative={cooperative} onChanged={asked.again} slug={slug} />
            {cooperative.memberGroups.nodes.length === 0 && <Empty icon={Users} title={say.noGroups} />}
            {cooperative.memberGroups.nodes.map((group) => (
              <Group cooperative={cooperative} group={group} key={group.id} onChanged={asked.again} slug={slug} />
            ))}
          </>
        )
      }
    </Loaded>
  );
}

/** A group begins with one member; the others are added to it. */
function Making({ cooperative, slug, onChanged }: Shown) {
  const [name, setName] = useState("");
  const intent = useIntent();
  return (
    <Card>
      <h2>{say.makeGroup}</h2>
      <Field label={say.groupName} most={80} onChange={setName} value={name} />
      <MemberSearch
        label={say.firstMember}
        onChoose={async ({ id }) => {
          const wanted = { cooperativeId: cooperative.id, name, membershipIds: [id] };
          const input = { ...wanted, idempotencyKey: intent.key(wanted) };
          thing((await ask(MakeGroupDocument, { input })).makeMemberGroup);
          intent.settle();
          setName("");
          await onChanged();
        }}
        slug={slug}
      />
    </Card>
  );
}

type GroupProps = Shown & { group: Cooperative["memberGroups"]["nodes"][number] };

function Group({ cooperative, group, slug, onChanged }: GroupProps) {
  const ahead = cooperative.meetings.nodes.filter(({ kind, state }) => kind !== "GROUP" && state === "CALLED");
  return (
    <Card>
      <div class="apart">
        <h2>{group.name}</h2>
        <span>{say.groupSize(group.size)}</span>
      </div>
      <MemberSearch
        label={say.putIn(group.name)}
        onChoose={async ({ id }) => {
          const input = { groupId: group.id, membershipIds: [id] };
          thing((await ask(PutIntoGroupDocument, { input })).putIntoGroup);
          await onChanged();
        }}
        slug={slug}
      />
      {ahead.length > 0 && (
        <Act
          fields={[
            {
              name: "forMeetingId",
              label: say.forMeeting,
              options: ahead.map(({ id, title }) => ({ value: id, name: title })),
            },
            { name: "title", label: say.name, most: 160 },
            { name: "place", label: say.place, most: 200 },
            { name: "startsAt", label: say.onDay, type: "date" },
            { name: "time", label: say.atTime, type: "time", start: "19:00" },
            { name: "agenda", label: say.agenda, hint: say.agendaHint, rows: 4, most: 4000 },
          ]}
          isWide
          label={say.callGroup(group.name)}
          look="quiet"
          onDo={async ({ startsAt, time, agenda, ...told }, idempotencyKey) => {
            const when = { startsAt: momentOf(startsAt, time), agenda: itemsOf(agenda) };
            const input = { groupId: group.id, ...told, ...when, idempotencyKey };
            thing((await ask(CallGroupMeetingDocument, { input })).callGroupMeeting);
          }}
          onDone={onChanged}
        />
      )}
    </Card>
  );
}
