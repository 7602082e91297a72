import { thing } from "../../ground/client";
import { numberIn } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { ask } from "../../ground/session";
import { Act } from "../act";
import { AnswerRestructuringDocument, type LoanDeskQuery, ProposeRestructuringDocument } from "../api";
import { percent, rateIn } from "../rate";
import { say } from "./words";

type Loan = Extract<NonNullable<LoanDeskQuery["node"]>, { __typename: "Loan" }>;

/** New terms for a loan that runs: one officer proposes them, another agrees. */
export function Restructuring({ loan, onChanged }: { loan: Loan; onChanged: () => Promise<void> }) {
  const proposed = loan.restructurings.find(({ state }) => state === "PROPOSED");
  const answer = (isAgreed: boolean) => async () =>
    thing((await ask(AnswerRestructuringDocument, { input: { id: loan.id, isAgreed } })).answerLoanRestructuring);
  if (!proposed) {
    return (
      <Act
        fields={[
          { name: "months", label: say.newMonths, type: "amount" },
          { name: "rate", label: say.newRate, start: percent(loan.rate).replace(" %", "") },
          { name: "reason", label: say.why, rows: 3, most: 300 },
        ]}
        help={say.restructureHelp}
        isWide
        label={say.restructure}
        look="quiet"
        onDo={async ({ months, rate, reason }, idempotencyKey) => {
          const terms = { months: numberIn(months) ?? 0, rate: rateIn(rate) ?? -1 };
          const input = { id: loan.id, ...terms, reason: reason.trim(), idempotencyKey };
          thing((await ask(ProposeRestructuringDocument, { input })).proposeLoanRestructuring);
        }}
        onDone={onChanged}
      />
    );
  }
  return (
    <Card>
      <h2>{say.newTerms}</h2>
      <p>{say.proposedTerms(proposed.months, percent(proposed.rate))}</p>
      <p>{proposed.reason}</p>
      <div class="beside">
        <Act label={say.agreeTerms} onDo={answer(true)} onDone={onChanged} />
        <Act label={say.withdrawTerms} look="danger" onDo={answer(false)} onDone={onChanged} />
      </div>
    </Card>
  );
}
