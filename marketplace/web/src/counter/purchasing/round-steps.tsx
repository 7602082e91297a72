import { useState } from "preact/hooks";
import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { today } from "../../ground/days";
import { count, numberIn } from "../../ground/figures";
import { Choice, Choices } from "../../ground/parts/choice";
import { DoingButton } from "../../ground/parts/doing-button";
import { More } from "../../ground/parts/more";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { say as joint } from "../../ground/purchasing/words";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { CancelRoundDocument, OrderRoundDocument, ReceiveRoundDocument } from "../api";
import { say as common } from "../words";
import type { RoundProps } from "./round-page";
import { say } from "./words";

/** What who runs a joint purchase does with it next: close and order, have the goods, or call it off. */
export function RoundSteps(props: RoundProps) {
  const { round, parts, onChanged } = props;
  const { id, state, measure, ordered } = round;
  return (
    <>
      {state === "OPEN" && parts.some(({ quantity }) => quantity > 0) && (
        <Opener isWide label={say.order} onDone={onChanged}>
          {(ending) => <OrderSheet {...ending} {...props} />}
        </Opener>
      )}
      {state === "ORDERED" && (
        <Act
          fields={[
            { name: "quantity", label: say.cameHowMany(measure), type: "amount", start: String(ordered) },
            { name: "carriage", label: say.carriage, type: "amount", start: "0" },
            { name: "reference", label: say.invoice, most: 60 },
            { name: "receivedOn", label: say.receivedOn, type: "date", start: today() },
          ]}
          help={say.receiveHelp}
          isWide
          label={say.receive}
          onDo={async ({ quantity, carriage, ...told }, idempotencyKey) => {
            const came = { quantity: numberIn(quantity) ?? 0, carriage: numberIn(carriage) ?? 0 };
            thing(
              (await ask(ReceiveRoundDocument, { input: { id, ...told, ...came, idempotencyKey } }))
                .receivePurchaseRound,
            );
          }}
          onDone={onChanged}
        />
      )}
      {(state === "OPEN" || state === "ORDERED") && (
        <Act
          help={say.cancelHelp}
          isWide
          label={say.cancel}
          look="danger"
          onDo={async () => thing((await ask(CancelRoundDocument, { input: { id } })).cancelPurchaseRound)}
          onDone={onChanged}
        />
      )}
    </>
  );
}

/** Whom one would not trust to pay later is left out as it is ordered. */
function OrderSheet({ round, parts, more, onClose, onDone }: RoundProps & Ending) {
  const [refused, setRefused] = useState<readonly string[]>([]);
  const ordering = useDoing(async () => {
    thing((await ask(OrderRoundDocument, { input: { id: round.id, refused: [...refused] } })).orderPurchaseRound);
    toast(common.carriedOut);
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={say.order}>
      <p>{say.orderHelp}</p>
      <Choices about={say.leaveOut}>
        {parts
          .filter(({ quantity }) => quantity > 0)
          .map(({ id, party, cooperativeName, quantity }) => (
            <Choice
              group="refused"
              isChosen={refused.includes(id)}
              key={id}
              label={
                <>
                  {party}
                  <br />
                  <small>
                    {cooperativeName} · {joint.mine(count(quantity), round.measure)}
                  </small>
                </>
              }
              onChoose={(isOut) => setRefused(isOut ? [...refused, id] : refused.filter((each) => each !== id))}
              type="checkbox"
            />
          ))}
      </Choices>
      <More more={more} />
      <DoingButton doing={ordering}>{say.order}</DoingButton>
    </Sheet>
  );
}
