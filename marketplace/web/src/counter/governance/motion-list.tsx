import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Row, Rows } from "../../ground/parts/row";
import { motionKinds, motionStates } from "../../ground/values";
import type { MotionInAgendaFragment } from "../api";
import { say } from "./words";

const TONES = {
  DRAFT: "calm",
  TABLED: "calm",
  VOTING: "warn",
  ADOPTED: "good",
  REJECTED: "bad",
  LAPSED: "bad",
} as const;

export function MotionBadge({ state }: { state: MotionInAgendaFragment["state"] }) {
  return <Badge tone={TONES[state]}>{named(motionStates, state)}</Badge>;
}

export function MotionList({ motions }: { motions: readonly MotionInAgendaFragment[] }) {
  if (!motions.length) return <p>{say.noMotions}</p>;
  return (
    <Rows>
      {motions.map(({ id, kind, state, title }) => (
        <li key={id}>
          <Row
            end={<MotionBadge state={state} />}
            href={`/loket/usulan/${encodeURIComponent(id)}`}
            note={named(motionKinds, kind)}
            title={title}
          />
        </li>
      ))}
    </Rows>
  );
}
