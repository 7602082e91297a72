import { useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Button } from "../../ground/parts/button";
import { Facts } from "../../ground/parts/facts";
import { type Ending, Opener } from "../../ground/parts/opener";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { BreakDepositDocument, SetRolloverDocument } from "../api";
import type { Account } from "../passbook";
import { rollovers, say } from "./words";

type Shown = { account: Account; onChanged: () => Promise<void> };

/** Of a term deposit: when its term ends, what becomes of it then, and how it is taken back before. */
export function Deposit({ account, onChanged }: Shown) {
  const { id, maturesOn, rollover, closedAt, breaking } = account;
  if (closedAt) return <p>{say.closed}</p>;
  return (
    <>
      <Facts
        facts={[
          ...(maturesOn ? [{ name: say.ends, is: dateName(maturesOn) }] : []),
          ...(rollover ? [{ name: say.after, is: named(rollovers, rollover) }] : []),
        ]}
      />
      <Afterwards account={account} onChanged={onChanged} />
      {breaking && (
        <Opener isWide label={say.breakIt} look="danger" onDone={onChanged}>
          {(ending) => <BreakSheet {...ending} breaking={breaking} savingsId={id} />}
        </Opener>
      )}
    </>
  );
}

function Afterwards({ account: { id, rollover }, onChanged }: Shown) {
  const isAgain = rollover === "AGAIN";
  const setting = useDoing(async () => {
    const input = { savingsId: id, rollover: isAgain ? ("TO_SAVINGS" as const) : ("AGAIN" as const) };
    thing((await ask(SetRolloverDocument, { input })).setDepositRollover);
    toast(say.saved);
    await onChanged();
  });
  return (
    <>
      <Trouble refused={setting.refused} />
      <Button isBusy={setting.isRunning} isWide look="quiet" onPress={() => void setting.run()}>
        {isAgain ? say.setBack : say.setAgain}
      </Button>
    </>
  );
}

type Breaking = NonNullable<Account["breaking"]>;

function BreakSheet({
  savingsId,
  breaking: cost,
  onClose,
  onDone,
}: Ending & { savingsId: string; breaking: Breaking }) {
  const intent = useIntent();
  const breaking = useDoing(async () => {
    const input = { savingsId, idempotencyKey: intent.key({ savingsId }) };
    thing((await ask(BreakDepositDocument, { input })).breakDeposit);
    intent.settle();
    toast(say.broken);
    await onDone();
  });
  return (
    <Sheet onClose={onClose} title={say.breakIt}>
      <Facts
        facts={[
          { name: say.givenBack, is: rupiah(cost.givenBack), isLarge: true },
          { name: say.forgone, is: rupiah(cost.forgone) },
          { name: say.byTheEnd, is: rupiah(cost.byTheEnd) },
        ]}
      />
      <p>{say.breakHelp(dateName(cost.since))}</p>
      <Trouble refused={breaking.refused} />
      <Button isBusy={breaking.isRunning} isWide look="danger" onPress={() => void breaking.run()}>
        {say.sure}
      </Button>
    </Sheet>
  );
}
