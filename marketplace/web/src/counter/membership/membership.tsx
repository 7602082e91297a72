import { Users } from "lucide";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, dayOf } from "../../ground/days";
import { named } from "../../ground/language";
import { usePaged } from "../../ground/paged";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Page } from "../../ground/parts/page";
import { Sums } from "../../ground/parts/sums";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  ApplicationsDocument,
  ApproveMemberDocument,
  DeparturesDocument,
  type DeparturesQuery,
  RefuseMemberDocument,
} from "../api";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { causes, say } from "./words";

/** Who wants to become a member, the register of who is one, and who has left. */
export default function Membership() {
  return (
    <Page backTo="/loket/urusan" isWide title={say.title}>
      <WithCooperative>
        {({ slug }) => (
          <div class="columns">
            <Applications slug={slug} />
            <Departures slug={slug} />
          </div>
        )}
      </WithCooperative>
    </Page>
  );
}

function Applications({ slug }: { slug: string }) {
  const { asked, nodes, more } = usePaged(ApplicationsDocument, ({ cooperative }) => cooperative?.applications, {
    slug,
  });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => (
        <div class="stack">
          <h2>{say.applications}</h2>
          {nodes.length === 0 && <p>{say.noApplications}</p>}
          {nodes.map(({ id, appliedAt, account }) => (
            <Card about={account?.name || say.unnamed} key={id}>
              <h3>{account?.name || say.unnamed}</h3>
              <p>{say.appliedOn(dateName(dayOf(new Date(appliedAt))))}</p>
              <div class="beside">
                <Act
                  label={say.approve}
                  onDo={async () => thing((await ask(ApproveMemberDocument, { input: { id } })).approveMembership)}
                  onDone={asked.again}
                />
                <Act
                  fields={[{ name: "reason", label: say.why, rows: 3, most: 300 }]}
                  help={say.refuseHelp}
                  label={say.refuse}
                  look="danger"
                  onDo={async ({ reason }) =>
                    thing(
                      (await ask(RefuseMemberDocument, { input: { id, reason: reason.trim() } })).refuseMembership,
                    )
                  }
                  onDone={asked.again}
                />
              </div>
            </Card>
          ))}
          <More more={more} />
          {cooperative && <Register path={cooperative.registerPath} />}
        </div>
      )}
    </Loaded>
  );
}

function Register({ path }: { path: string }) {
  return (
    <Card>
      <h2>{say.register}</h2>
      <p>{say.registerHelp}</p>
      <ButtonLink href="/loket" icon={Users} isWide look="quiet">
        {say.findMembers}
      </ButtonLink>
      <div class="beside">
        <FileButton path={path}>{common.pdf}</FileButton>
        <FileButton path={path.replace(".pdf?", ".xlsx?")}>{common.xlsx}</FileButton>
      </div>
    </Card>
  );
}

type Departure = NonNullable<DeparturesQuery["cooperative"]>["departures"][number];

function Departures({ slug }: { slug: string }) {
  const asked = useAsked(DeparturesDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => (
        <div class="stack">
          <h2>{say.departures}</h2>
          {!cooperative?.departures.length && <p>{say.noDepartures}</p>}
          {cooperative?.departures.map((departure) => (
            <Left departure={departure} key={departure.id} />
          ))}
        </div>
      )}
    </Loaded>
  );
}

function Left({
  departure: { cause, endedOn, reason, saved, duesPaid, setOff, leftOwing, member },
}: {
  departure: Departure;
}) {
  const sums = [
    { name: say.saved, amount: saved },
    { name: say.duesPaid, amount: duesPaid },
    { name: say.setOff, amount: setOff },
    { name: say.leftOwing, amount: leftOwing },
  ];
  return (
    <Card>
      <h3>{member?.account?.name || say.unnamed}</h3>
      <p>
        {say.memberNumber(String(member?.number ?? "–"))} · {say.leftOn(named(causes, cause), dateName(endedOn))}
      </p>
      {reason && <p>{reason}</p>}
      <Sums sums={sums.filter(({ amount }) => amount > 0)} />
    </Card>
  );
}
