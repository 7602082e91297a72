import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dayWithin, rupiah } from "../../ground/figures";
import { About } from "../../ground/parts/about";
import { Badge } from "../../ground/parts/badge";
import { Button } from "../../ground/parts/button";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import {
  AgreeWithdrawalDocument,
  EndWithdrawalDocument,
  PayWithdrawalDocument,
  type WithdrawalFragment,
} from "../api";
import { say as common } from "../words";
import { say } from "./words";

type WaitingProps = { withdrawal: WithdrawalFragment; title: string; onChanged: () => Promise<void> };

/** Savings that a member has asked for: agreed to, paid out or refused. */
export function WaitingWithdrawal({ withdrawal, title, onChanged }: WaitingProps) {
  const intent = useIntent();
  const doing = useDoing(async (what: "agree" | "pay" | "end") => {
    const key = intent.key({ what, id: withdrawal.id });
    const input = { withdrawalId: withdrawal.id, idempotencyKey: key };
    if (what === "agree") thing((await ask(AgreeWithdrawalDocument, { input })).approveSavingsWithdrawal);
    else if (what === "pay") thing((await ask(PayWithdrawalDocument, { input })).paySavingsWithdrawal);
    else thing((await ask(EndWithdrawalDocument, { input })).endSavingsWithdrawal);
    intent.settle();
    if (what === "pay") toast(say.paidOut);
    await onChanged();
  });
  return (
    <section class="stack">
      <h3>{title}</h3>
      <div class="apart">
        <span>
          {rupiah(withdrawal.amount)}
          <br />
          <small>{say.payableFrom(dayWithin(withdrawal.payableFrom))}</small>
        </span>
        {withdrawal.needsTwo && (
          <Badge tone={withdrawal.isAgreed ? "good" : "warn"}>
            {withdrawal.isAgreed ? common.agreed : say.needsTwo}
          </Badge>
        )}
      </div>
      <Trouble refused={doing.refused} />
      <About.Provider value={`${title}, ${rupiah(withdrawal.amount)}`}>
        <div class="beside">
          {withdrawal.needsTwo && !withdrawal.isAgreed && (
            <Button isBusy={doing.isRunning} look="quiet" onPress={() => void doing.run("agree")}>
              {say.agree}
            </Button>
          )}
          <Button isBusy={doing.isRunning} onPress={() => void doing.run("pay")}>
            {say.pay}
          </Button>
          <Button isBusy={doing.isRunning} look="danger" onPress={() => void doing.run("end")}>
            {common.refuse}
          </Button>
        </div>
      </About.Provider>
    </section>
  );
}
