import { thing } from "../../ground/client";
import { day, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { ConfirmMovingSetDocument, type MovingSetsQuery, WithdrawMovingSetDocument } from "../api";
import { Proof } from "./proof";
import { movingStates, say } from "./words";

type MovingSet = NonNullable<MovingSetsQuery["cooperative"]>["movingSets"][number];

/** A set that was proposed: what it brings, its proof, and the second officer's word. */
export function SetCard({ set, onChanged }: { set: MovingSet; onChanged: () => Promise<void> }) {
  const { members, loans, items, openingTotal } = set;
  const input = { id: set.id };
  return (
    <Card>
      <div class="apart">
        <h3>{day(set.broughtAt)}</h3>
        <span>
          <Badge tone={set.state === "DONE" ? "good" : "calm"}>{named(movingStates, set.state)}</Badge>
        </span>
      </div>
      <p>
        {[
          members > 0 && say.membersIn(members),
          loans > 0 && say.loansIn(loans),
          items > 0 && say.itemsIn(items),
          openingTotal != null && say.balancesOf(rupiah(openingTotal)),
        ]
          .filter(Boolean)
          .join(", ")}
      </p>
      <Proof proof={set.proof} />
      {set.state === "PROPOSED" && (
        <div class="beside">
          <Act
            help={say.confirmHelp}
            label={say.confirm}
            onDo={async () => thing((await ask(ConfirmMovingSetDocument, { input })).confirmMovingSet)}
            onDone={onChanged}
          />
          <Act
            label={say.withdraw}
            look="danger"
            onDo={async () => thing((await ask(WithdrawMovingSetDocument, { input })).withdrawMovingSet)}
            onDone={onChanged}
          />
        </div>
      )}
    </Card>
  );
}
