import { thing } from "../../ground/client";
import { numberIn } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { PartTold } from "../../ground/purchasing/part-told";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { TakeDeliveryDocument, TakePartPaymentDocument } from "../api";
import { type Cooperative, isKeeper, isOfficer } from "../with-cooperative";
import type { Part, Round } from "./round-page";
import { say } from "./words";

type PartProps = {
  part: Part;
  round: Round;
  cooperative: Cooperative;
  /** Whether this co-op runs it, and so has what each owes. */
  isRunner: boolean;
  onChanged: () => Promise<void>;
};

/** What one took of a joint purchase: into a unit's stock, and paid to who runs it. */
export function PartCard({ part, round, cooperative, isRunner, onChanged }: PartProps) {
  const isOfUnit = part.itemId != null && part.cooperativeId === cooperative.id;
  const isOwn = isRunner && isOfUnit;
  const isHere = part.dueOn != null && part.received > 0;
  return (
    <Card>
      <h3>{part.party}</h3>
      <p>{part.cooperativeName}</p>
      <PartTold isOwn={isOwn} measure={round.measure} part={part} />
      {isHere && isOfUnit && part.isTakenIn && <p>{say.takenIn}</p>}
      {isHere && isOfUnit && !part.isTakenIn && isKeeper(cooperative) && <TakeIn onChanged={onChanged} part={part} />}
      {isRunner && !isOwn && part.outstanding > 0 && isOfficer(cooperative) && (
        <TakePayment isOurSeller={part.cooperativeId === cooperative.id} onChanged={onChanged} part={part} />
      )}
    </Card>
  );
}

type Shown = Pick<PartProps, "part" | "onChanged">;

function TakeIn({ part: { id }, onChanged }: Shown) {
  return (
    <Act
      help={say.takeInHelp}
      isWide
      label={say.takeIn}
      onDo={async (_, idempotencyKey) =>
        thing((await ask(TakeDeliveryDocument, { input: { id, idempotencyKey } })).takePurchaseDelivery)
      }
      onDone={onChanged}
    />
  );
}

function TakePayment({
  part: { id, sellerId, outstanding },
  isOurSeller,
  onChanged,
}: Shown & { isOurSeller: boolean }) {
  return (
    <Act
      fields={[
        { name: "amount", label: say.amount, type: "amount", start: String(outstanding) },
        {
          name: "way",
          label: say.way,
          start: "CASH",
          options: [
            { value: "CASH", name: say.cash },
            { value: "TRANSFER", name: say.transfer },
            ...(sellerId && isOurSeller ? [{ value: "SALES", name: say.fromSales }] : []),
          ],
        },
      ]}
      isWide
      label={say.takePayment}
      look="quiet"
      onDo={async ({ amount, way }, idempotencyKey) => {
        const input = { id, amount: numberIn(amount) ?? 0, way: way as "CASH", idempotencyKey };
        thing((await ask(TakePartPaymentDocument, { input })).takePurchasePartPayment);
      }}
      onDone={onChanged}
    />
  );
}
