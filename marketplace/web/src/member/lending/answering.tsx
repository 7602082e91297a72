import { useDoing } from "../../ground/asking";
import { thing } from "../../ground/client";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { AnswerGuaranteeDocument, type OneLoanQuery, TakeLoanBackDocument } from "../api";
import { say } from "./words";

type Loan = Extract<NonNullable<OneLoanQuery["node"]>, { __typename: "Loan" }>;
type GuaranteeState = Loan["guarantees"][number]["state"];
type AnsweringProps = { loan: Loan; state: GuaranteeState; onChanged: () => Promise<void> };

/** Whether a member stands behind another's loan: answered, and answered otherwise, until officers have decided. */
export function Answering({ loan, state, onChanged }: AnsweringProps) {
  const answering = useDoing(async (isGiven: boolean) => {
    thing((await ask(AnswerGuaranteeDocument, { input: { id: loan.id, isGiven } })).answerLoanGuarantee);
    toast(say.answered);
    await onChanged();
  });
  const name = loan.borrower?.name || say.someone;
  const isOpen = loan.state === "APPLIED";
  return (
    <Card>
      {state === "ASKED" && <p>{say.asksYou(name)}</p>}
      {state === "GIVEN" && <p>{say.youStand(name)}</p>}
      {state === "REFUSED" && <p>{say.youDeclined}</p>}
      <Trouble refused={answering.refused} />
      {isOpen && state !== "GIVEN" && (
        <Button isBusy={answering.isRunning} isWide onPress={() => void answering.run(true)}>
          {say.stand}
        </Button>
      )}
      {isOpen && state !== "REFUSED" && (
        <Button isBusy={answering.isRunning} isWide look="danger" onPress={() => void answering.run(false)}>
          {state === "GIVEN" ? say.noLonger : say.decline}
        </Button>
      )}
    </Card>
  );
}

/** What the member asked for is asked for no longer. */
export function TakingBack({ id, onDone }: { id: string; onDone: () => Promise<void> }) {
  return (
    <Opener isWide label={say.takeBack} look="danger" onDone={onDone}>
      {(ending) => <TakeBackSheet {...ending} id={id} />}
    </Opener>
  );
}

function TakeBackSheet({ id, onClose, onDone }: Ending & { id: string }) {
  const taking = useDoing(async () => {
    thing((await ask(TakeLoanBackDocument, { input: { id } })).withdrawLoan);
    toast(say.takenBack);
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={say.takeBack}>
      <p>{say.takeBackHelp}</p>
      <Trouble refused={taking.refused} />
      <Button isBusy={taking.isRunning} isWide look="danger" onPress={() => void taking.run()}>
        {say.takeBack}
      </Button>
    </Sheet>
  );
}
