import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { monthName } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { ask } from "../../ground/session";
import { Act, type Wanted } from "../act";
import { CoveringDocument, type CoveringQuery, EnrolMemberDocument } from "../api";
import { WithCooperative } from "../with-cooperative";
import { say } from "./words";

type Programme = NonNullable<CoveringQuery["cooperative"]>["protectionProgrammes"][number];
type Asked = "income" | "hasOldAge" | "healthClass" | "contribution" | "participantNumber";

/** In which programmes a member at the counter is, and those that an officer may enrol him in. */
export default function Covering() {
  const { params } = useRoute();
  const id = params.id ?? "";
  return (
    <Page backTo={`/loket/anggota/${encodeURIComponent(id)}`} title={say.covering}>
      <WithCooperative>{({ slug }) => <Programmes id={id} slug={slug} />}</WithCooperative>
    </Page>
  );
}

function Programmes({ id, slug }: { id: string; slug: string }) {
  const asked = useAsked(CoveringDocument, { id, slug });
  return (
    <Loaded asked={asked}>
      {({ node, cooperative }) => {
        if (node?.__typename !== "Membership") return null;
        const current = node.protection.nodes.filter(({ until }) => !until);
        const inAlready = new Set(current.map(({ programme }) => programme?.id));
        const open = (cooperative?.protectionProgrammes ?? []).filter(
          (programme) => !programme.isRetired && !inAlready.has(programme.id),
        );
        return (
          <>
            <h2>{node.account?.name || say.unnamed}</h2>
            {current.length ? (
              <Rows>
                {current.map(({ id: enrolmentId, since, programme }) => (
                  <li key={enrolmentId}>
                    <Row note={say.since(monthName(since))} title={programme?.name ?? "–"} />
                  </li>
                ))}
              </Rows>
            ) : (
              <p>{say.notIn}</p>
            )}
            <h2>{say.open}</h2>
            {open.length === 0 && <p>{say.noneOpen}</p>}
            {open.map((programme) => (
              <Enrolling key={programme.id} membershipId={node.id} onChanged={asked.again} programme={programme} />
            ))}
          </>
        );
      }}
    </Loaded>
  );
}

/** What each kind of programme asks of who enrols. */
function fieldsOf(kind: Programme["kind"]): Wanted<Asked>[] {
  const participant = { name: "participantNumber" as const, label: say.participant, most: 20, isOptional: true };
  if (kind === "EMPLOYMENT") {
    const options = [
      { value: "no", name: say.no },
      { value: "yes", name: say.yes },
    ];
    return [
      { name: "income", label: say.income, type: "amount" },
      { name: "hasOldAge", label: say.oldAge, start: "no", options },
      participant,
    ];
  }
  if (kind === "HEALTH") {
    const options = ["1", "2", "3"].map((value) => ({ value, name: value }));
    return [{ name: "healthClass", label: say.healthClass, start: "3", options }, participant];
  }
  if (kind === "PENSION") return [{ name: "contribution", label: say.contribution, type: "amount" }, participant];
  return [participant];
}

type EnrollingProps = { programme: Programme; membershipId: string; onChanged: () => Promise<void> };

function Enrolling({ programme, membershipId, onChanged }: EnrollingProps) {
  return (
    <Card about={programme.name}>
      <h3>{programme.name}</h3>
      <p>
        {[programme.provider, programme.premium && say.premium(rupiah(programme.premium))]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Act
        fields={fieldsOf(programme.kind)}
        help={say.enrolHelp}
        isWide
        label={say.enrol}
        onDo={async (told: Partial<Record<Asked, string>>, idempotencyKey) => {
          const input = {
            membershipId,
            programmeId: programme.id,
            income: numberIn(told.income ?? "") ?? 0,
            hasOldAge: told.hasOldAge === "yes",
            healthClass: Number(told.healthClass ?? 3),
            contribution: numberIn(told.contribution ?? "") ?? 0,
            participantNumber: (told.participantNumber ?? "").trim(),
            idempotencyKey,
          };
          thing((await ask(EnrolMemberDocument, { input })).enrolInProtection);
        }}
        onDone={onChanged}
        said={say.enrolled}
      />
    </Card>
  );
}
