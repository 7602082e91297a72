import { useAsked } from "../../ground/asking";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Act } from "../act";
import { AdoptedMotionsDocument, type MotionInAgendaFragment } from "../api";
import { say } from "./words";

type ByMotionProps = {
  slug: string;
  kind: MotionInAgendaFragment["kind"];
  label: string;
  look?: "main" | "danger";
  help: string;
  onDo: (motionId: string, idempotencyKey: string) => Promise<unknown>;
  onDone: () => Promise<void>;
};

/** What only an adopted motion of the members' meeting allows: the officer names the motion. */
export function ByMotion({ slug, kind, label, look = "main", help, onDo, onDone }: ByMotionProps) {
  const asked = useAsked(AdoptedMotionsDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => {
        const adopted = (cooperative?.motions.nodes ?? []).filter((motion) => motion.kind === kind);
        return (
          <Card>
            <h2>{label}</h2>
            <p>{help}</p>
            {adopted.length === 0 ? (
              <p>{say.noneAdopted}</p>
            ) : (
              <Act
                fields={[
                  {
                    name: "motionId",
                    label: say.motion,
                    options: adopted.map(({ id, title }) => ({ value: id, name: title })),
                  },
                ]}
                isWide
                label={label}
                look={look}
                onDo={({ motionId }, idempotencyKey) => onDo(motionId, idempotencyKey)}
                onDone={onDone}
              />
            )}
          </Card>
        );
      }}
    </Loaded>
  );
}
