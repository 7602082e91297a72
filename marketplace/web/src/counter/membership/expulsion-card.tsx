import { useLocation } from "preact-iso";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { time } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { ask } from "../../ground/session";
import { Act } from "../act";
import {
  DecideExpulsionDocument,
  DraftRulingDocument,
  DropExpulsionDocument,
  type MemberRegisterQuery,
  RecordHearingDocument,
} from "../api";
import { expulsionStates, rulings, say } from "./words";

type Member = Extract<NonNullable<MemberRegisterQuery["node"]>, { __typename: "Membership" }>;
type ExpulsionProps = { expulsion: Member["expulsions"][number]; onChanged: () => Promise<void> };

/** A case for expulsion: called, heard, decided; or dropped. */
export function ExpulsionCard({ expulsion, onChanged }: ExpulsionProps) {
  const { id, state } = expulsion;
  return (
    <Card>
      <h2>{say.expulsionCase}</h2>
      <small>{say.caseNumber(expulsion.reference)}</small>
      <span>
        <Badge tone="warn">{named(expulsionStates, state)}</Badge>
      </span>
      <p>{expulsion.grounds}</p>
      <p>{say.hearing(time(expulsion.hearingAt), expulsion.place)}</p>
      {expulsion.defence && <p>{say.defence(expulsion.defence)}</p>}
      {expulsion.decision && <p>{expulsion.decision}</p>}
      {expulsion.minutes && <p>{say.heard(expulsion.minutes)}</p>}
      {expulsion.appeal && <p>{say.appeal(expulsion.appeal)}</p>}
      {expulsion.appealUntil && <p>{say.appealUntil(dateName(expulsion.appealUntil))}</p>}
      {state === "CALLED" && (
        <Act
          fields={[
            {
              name: "wasPresent",
              label: say.present,
              options: [
                { value: "yes", name: say.came },
                { value: "no", name: say.stayedAway },
              ],
            },
            { name: "minutes", label: say.minutes, rows: 4, most: 2000 },
          ]}
          isWide
          label={say.recordHearing}
          onDo={async ({ wasPresent, minutes }) => {
            const input = { id, wasPresent: wasPresent === "yes", minutes };
            thing((await ask(RecordHearingDocument, { input })).recordHearing);
          }}
          onDone={onChanged}
        />
      )}
      {(state === "HEARD" || state === "PROPOSED") && (
        <Act
          fields={[{ name: "decision", label: say.decision, rows: 4, most: 2000, start: expulsion.decision ?? "" }]}
          help={say.decideHelp}
          isWide
          label={say.decide}
          look="danger"
          onDo={async ({ decision }) =>
            thing((await ask(DecideExpulsionDocument, { input: { id, decision } })).decideExpulsion)
          }
          onDone={onChanged}
        />
      )}
      <Ruling id={id} state={state} />
      {state !== "APPEALED" && (
        <Act
          help={say.dropHelp}
          isWide
          label={say.drop}
          look="quiet"
          onDo={async () => thing((await ask(DropExpulsionDocument, { input: { id } })).dropExpulsion)}
          onDone={onChanged}
        />
      )}
    </Card>
  );
}

/** What the meeting may be asked to say where an expulsion stands so. */
const RULINGS = { HEARD: ["EXPEL"], APPEALED: ["UPHOLD", "OVERTURN"] } as const;

/** The motion by which the members' meeting rules; once it is adopted, what it says is carried out. */
function Ruling({ id: expulsionId, state }: { id: string; state: string }) {
  const { route } = useLocation();
  if (state !== "HEARD" && state !== "APPEALED") return null;
  return RULINGS[state].map((ruling) => (
    <Act
      fields={[{ name: "text", label: say.reasons, rows: 4, most: 4000 }]}
      help={say.rulingHelp}
      isWide
      key={ruling}
      label={named(rulings, ruling)}
      look="quiet"
      onDo={async ({ text }, idempotencyKey) => {
        const input = { expulsionId, ruling, text, idempotencyKey };
        const { id } = thing((await ask(DraftRulingDocument, { input })).draftRuling);
        route(`/loket/usulan/${encodeURIComponent(id)}`);
      }}
      onDone={() => undefined}
    />
  ));
}
