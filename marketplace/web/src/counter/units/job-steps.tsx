import { thing } from "../../ground/client";
import { Card } from "../../ground/parts/card";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { AnswerJobDocument, BillJobDocument, CancelJobDocument, ReceiveJobDocument } from "../api";
import { useAwaited } from "./financed";
import type { JobProps } from "./job-card";
import { say } from "./words";

const CANCELLABLE = new Set(["BOOKED", "RECEIVED", "ESTIMATED"]);

/** What may be done with a job card now: take the vehicle in, note the customer's answer, bill it, call it off. */
export function JobSteps({ job, unitId, onChanged }: JobProps & { unitId: string }) {
  const { id, state } = job;
  const { purchases } = useAwaited(unitId, state === "WORKING" ? job.member?.id : undefined);
  const loanId = purchases.find(({ jobCardId }) => jobCardId === id)?.loanId;
  const answer = (isAgreed: boolean) => async () =>
    thing((await ask(AnswerJobDocument, { input: { id, isAgreed } })).answerJobEstimate);
  return (
    <>
      {state === "BOOKED" && (
        <Act
          isWide
          label={say.receive}
          onDo={async () => thing((await ask(ReceiveJobDocument, { input: { id } })).receiveWorkshopJob)}
          onDone={onChanged}
        />
      )}
      {state === "ESTIMATED" &&
        (job.member ? (
          <p>{say.memberAnswers}</p>
        ) : (
          <Card>
            <p>{say.askCustomer}</p>
            <div class="beside">
              <Act label={say.customerAgrees} onDo={answer(true)} onDone={onChanged} />
              <Act label={say.customerRefuses} look="quiet" onDo={answer(false)} onDone={onChanged} />
            </div>
          </Card>
        ))}
      {state === "WORKING" && (
        <Act
          fields={[
            {
              name: "way",
              label: say.way,
              start: "CASH",
              options: [
                { value: "CASH", name: say.cash },
                { value: "TRANSFER", name: say.transfer },
                ...(job.member ? [{ value: "CREDIT", name: say.credit }] : []),
                ...(loanId ? [{ value: "FINANCED", name: say.financed }] : []),
              ],
            },
          ]}
          help={say.billHelp}
          isWide
          label={say.bill}
          onDo={async ({ way }, idempotencyKey) => {
            const paidBy = way === "FINANCED" ? loanId : null;
            const input = { id, way: way as "CASH", loanId: paidBy, idempotencyKey };
            thing((await ask(BillJobDocument, { input })).billWorkshopJob);
          }}
          onDone={onChanged}
        />
      )}
      {CANCELLABLE.has(state) && (
        <Act
          help={say.cancelHelp}
          isWide
          label={say.cancel}
          look="danger"
          onDo={async () => thing((await ask(CancelJobDocument, { input: { id } })).cancelWorkshopJob)}
          onDone={onChanged}
        />
      )}
    </>
  );
}
