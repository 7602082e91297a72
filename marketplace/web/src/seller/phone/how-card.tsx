import { Card } from "../../ground/parts/card";
import { Choice, Choices } from "../../ground/parts/choice";
import type { Refused } from "../../ground/refused";
import type { Told } from "./caller";
import { DropField } from "./drop-field";
import { say } from "./words";

type HowCardProps = {
  told: Told;
  onTell: (next: Partial<Told>) => void;
  /** Whether the shop lets buyers fetch. */
  allowsPickup: boolean;
  refused: Refused | undefined;
};

/** How the caller gets goods: fetched, where the shop allows it, or carried to where he says. */
export function HowCard({ told, onTell, allowsPickup, refused }: HowCardProps) {
  return (
    <Card>
      {allowsPickup ? (
        <Choices about={say.how2}>
          <Choice
            group="how"
            isChosen={!told.isDelivered}
            label={say.fetched}
            onChoose={() => onTell({ isDelivered: false })}
            type="radio"
          />
          <Choice
            group="how"
            isChosen={told.isDelivered}
            label={say.delivered}
            onChoose={() => onTell({ isDelivered: true })}
            type="radio"
          />
        </Choices>
      ) : (
        <h2>{say.delivered}</h2>
      )}
      {told.isDelivered && <DropField onTell={onTell} refused={refused} told={told} />}
    </Card>
  );
}
