import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Row, Rows } from "../../ground/parts/row";
import { motionKinds, motionStates } from "../../ground/values";
import type { MotionInListFragment } from "../api";

const TONES: Record<string, "good" | "warn" | "bad"> = {
  ADOPTED: "good",
  VOTING: "warn",
  REJECTED: "bad",
  LAPSED: "bad",
};

/** Motions as a list that leads to each. */
export function MotionRows({ motions }: { motions: readonly MotionInListFragment[] }) {
  return (
    <Rows>
      {motions.map(({ id, title, state, kind }) => (
        <li key={id}>
          <Row
            end={<Badge tone={TONES[state] ?? "calm"}>{named(motionStates, state)}</Badge>}
            href={`/anggota/usulan/${encodeURIComponent(id)}`}
            note={named(motionKinds, kind)}
            title={title}
          />
        </li>
      ))}
    </Rows>
  );
}
