import { BookOpen } from "lucide";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { AmountSheet } from "../../ground/parts/amount-sheet";
import { Card } from "../../ground/parts/card";
import { FileButton } from "../../ground/parts/file-button";
import { Opener } from "../../ground/parts/opener";
import { toast } from "../../ground/parts/toast";
import { ask } from "../../ground/session";
import { savingsKinds } from "../../ground/values";
import { DepositDocument, type DeskFragment, type ReceiptFragment, RequestWithdrawalDocument } from "../api";
import { WaitingWithdrawal } from "./waiting-withdrawal";
import { say } from "./words";

type Savings = DeskFragment["savings"][number];
type SavingsProps = {
  member: DeskFragment;
  onChanged: () => Promise<void>;
  onPaid: (receipt: ReceiptFragment) => void;
};

/** What a member saves, account by account, with what may be done at the counter. */
export function SavingsCards({ member, onChanged, onPaid }: SavingsProps) {
  return (
    <>
      <h2>{say.savings}</h2>
      {member.savings.length === 0 && <p>{say.noSavings}</p>}
      {member.savings.map((savings) => (
        <SavingsCard key={savings.id} onChanged={onChanged} onPaid={onPaid} savings={savings} />
      ))}
    </>
  );
}

function SavingsCard({ savings, onChanged, onPaid }: { savings: Savings } & Omit<SavingsProps, "member">) {
  const name = savings.product?.name ?? named(savingsKinds, savings.kind);
  const deposit = async (amount: number, idempotencyKey: string) => {
    const input = { savingsId: savings.id, amount, idempotencyKey };
    onPaid(thing((await ask(DepositDocument, { input })).depositSavings));
  };
  const withdraw = async (amount: number, idempotencyKey: string) => {
    const input = { savingsId: savings.id, amount, way: "CASH" as const, idempotencyKey };
    thing((await ask(RequestWithdrawalDocument, { input })).requestSavingsWithdrawal);
    toast(say.noted);
  };
  return (
    <Card about={`${name} ${savings.number}`}>
      <div class="apart">
        <h3>{name}</h3>
        <strong>{rupiah(savings.balance)}</strong>
      </div>
      <p>{savings.number}</p>
      {savings.breaking && savings.maturesOn && (
        <p>
          {say.broken(
            dateName(savings.maturesOn),
            rupiah(savings.breaking.forgone),
            rupiah(savings.breaking.byTheEnd),
          )}
        </p>
      )}
      {savings.kind === "VOLUNTARY" && (
        <div class="beside">
          <Opener label={say.deposit} look="quiet" onDone={onChanged}>
            {(ending) => (
              <AmountSheet
                {...ending}
                hint={say.count}
                help={say.depositTo(name)}
                label={say.take}
                onDo={deposit}
                title={say.depositTo(name)}
              />
            )}
          </Opener>
          <Opener isDisabled={savings.balance <= 0} label={say.withdraw} look="quiet" onDone={onChanged}>
            {(ending) => (
              <AmountSheet
                {...ending}
                help={say.withdrawHelp}
                hint={say.balance(rupiah(savings.balance))}
                label={say.ask}
                onDo={withdraw}
                title={say.withdrawFrom(name)}
              />
            )}
          </Opener>
        </div>
      )}
      {savings.withdrawals.nodes
        .filter(({ state }) => state === "REQUESTED")
        .map((asked) => (
          <WaitingWithdrawal key={asked.id} onChanged={onChanged} title={say.withdrawals} withdrawal={asked} />
        ))}
      <FileButton icon={BookOpen} look="plain" path={savings.passbookPath}>
        {say.passbook}
      </FileButton>
    </Card>
  );
}
