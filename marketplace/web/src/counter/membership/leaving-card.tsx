import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, today } from "../../ground/days";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { CallToHearingDocument, EndMemberDocument, MemberRegisterDocument, RecordDeathDocument } from "../api";
import { momentOf } from "../moment";
import { ExpulsionCard } from "./expulsion-card";
import { causes, say } from "./words";

const ENDED = new Set(["FINAL", "DROPPED"]);

/** How a membership stands, and the ways in which it ends. */
export function LeavingCard({ id, onChanged }: { id: string; onChanged: () => Promise<void> }) {
  const asked = useAsked(MemberRegisterDocument, { id });
  const changed = async () => {
    await asked.again();
    await onChanged();
  };
  return (
    <Loaded asked={asked}>
      {({ node }) => {
        if (node?.__typename !== "Membership") return null;
        const underWay = node.expulsions.filter(({ state }) => !ENDED.has(state));
        return (
          <>
            <Card>
              <h2>{say.leaving}</h2>
              {node.joinedOn && <p>{say.memberSince(dateName(node.joinedOn))}</p>}
              {node.endedOn && <p>{say.leftOn(named(causes, node.endCause ?? ""), dateName(node.endedOn))}</p>}
              {node.state === "ACTIVE" && <Ways hasCase={underWay.length > 0} id={id} onChanged={changed} />}
            </Card>
            {underWay.map((expulsion) => (
              <ExpulsionCard expulsion={expulsion} key={expulsion.id} onChanged={changed} />
            ))}
          </>
        );
      }}
    </Loaded>
  );
}

type WaysProps = { id: string; hasCase: boolean; onChanged: () => Promise<void> };

function Ways({ id, hasCase, onChanged }: WaysProps) {
  return (
    <>
      <Act
        fields={[
          { name: "reason", label: say.why, rows: 2, most: 300 },
          {
            name: "isSetOff",
            label: say.owing,
            start: "no",
            options: [
              { value: "no", name: say.setOffNo },
              { value: "yes", name: say.setOffYes },
            ],
          },
        ]}
        help={say.endHelp}
        isWide
        label={say.end}
        look="danger"
        onDo={async ({ reason, isSetOff }) =>
          thing(
            (await ask(EndMemberDocument, { input: { id, reason: reason.trim(), isSetOff: isSetOff === "yes" } }))
              .endMembership,
          )
        }
        onDone={onChanged}
      />
      <Act
        fields={[
          { name: "diedOn", label: say.diedOn, type: "date", start: today() },
          { name: "document", label: say.document, most: 100 },
        ]}
        help={say.deathHelp}
        isWide
        label={say.death}
        look="quiet"
        onDo={async (told, idempotencyKey) =>
          thing(
            (await ask(RecordDeathDocument, { input: { membershipId: id, ...told, idempotencyKey } })).recordDeath,
          )
        }
        onDone={onChanged}
      />
      {!hasCase && (
        <Act
          fields={[
            { name: "grounds", label: say.grounds, rows: 3, most: 1000 },
            { name: "hearingAt", label: say.hearingDay, type: "date" },
            { name: "time", label: say.hearingTime, type: "time", start: "19:00" },
            { name: "place", label: say.place, most: 200 },
          ]}
          help={say.expelHelp}
          isWide
          label={say.expel}
          look="danger"
          onDo={async ({ grounds, hearingAt, time, place }, idempotencyKey) => {
            const input = { membershipId: id, grounds, place, hearingAt: momentOf(hearingAt, time), idempotencyKey };
            thing((await ask(CallToHearingDocument, { input })).callToHearing);
          }}
          onDone={onChanged}
        />
      )}
    </>
  );
}
