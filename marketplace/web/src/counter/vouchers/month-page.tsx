import { CircleAlert, CircleCheck, LockKeyhole } from "lucide";
import { useState } from "preact/hooks";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { dateName, monthFrom, monthName, today } from "../../ground/days";
import { Button } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Icon } from "../../ground/parts/icon";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Sheet } from "../../ground/parts/sheet";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { plainName } from "../account-name";
import { LockMonthDocument, MonthDocument, type MonthQuery } from "../api";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import styles from "./month-page.module.css";
import { say } from "./words";

type Accounting = NonNullable<NonNullable<NonNullable<MonthQuery["cooperative"]>["book"]>["accounting"]>;
type Checklist = Accounting["month"];

/** Lock a month that is over, after what should be done before. */
export default function MonthPage() {
  return (
    <Page backTo="/loket/bukti" title={say.month}>
      <WithCooperative>{(cooperative) => <Chosen cooperative={cooperative} />}</WithCooperative>
    </Page>
  );
}

function Chosen({ cooperative }: { cooperative: Cooperative }) {
  const [month, setMonth] = useState(monthFrom(today(), -1));
  const asked = useAsked(MonthDocument, { slug: cooperative.slug, of: month });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const accounting = answer.cooperative?.book?.accounting;
        if (!accounting) return <Empty icon={LockKeyhole} title={common.noBooks} />;
        const { openedOn, lockedThrough } = accounting;
        const first = monthFrom(openedOn, 0);
        if (month < first) {
          return (
            <Empty icon={LockKeyhole} title={say.nothingToLock}>
              <p>{say.nothingToLockHelp}</p>
            </Empty>
          );
        }
        return (
          <>
            <p>{lockedThrough ? say.lockedThrough(dateName(lockedThrough)) : say.neverLocked}</p>
            <div class="beside">
              <Button isDisabled={month <= first} look="quiet" onPress={() => setMonth(monthFrom(month, -1))}>
                {say.earlierMonth}
              </Button>
              <Button
                isDisabled={month >= monthFrom(today(), -1)}
                look="quiet"
                onPress={() => setMonth(monthFrom(month, 1))}
              >
                {say.laterMonth}
              </Button>
            </div>
            <LockCard
              checklist={accounting.month}
              cooperative={cooperative}
              onLocked={asked.again}
              uncounted={uncountedIn(accounting)}
            />
          </>
        );
      }}
    </Loaded>
  );
}

/** The accounts that nobody counted, by their names. */
function uncountedIn({ chart, month }: Accounting): string[] {
  const numbers = new Set(month.uncountedAccounts);
  return chart.filter(({ number }) => numbers.has(number)).map(plainName);
}

type LockCardProps = {
  cooperative: Cooperative;
  checklist: Checklist;
  uncounted: readonly string[];
  onLocked: () => Promise<void>;
};

function LockCard({ cooperative, checklist, uncounted, onLocked }: LockCardProps) {
  const { month, isLocked, waitingVouchers, unmatchedBankLines } = checklist;
  const [isSure, setSure] = useState(false);
  const intent = useIntent();
  const name = monthName(month);
  const locking = useDoing(async () => {
    const input = { cooperativeId: cooperative.id, month };
    thing((await ask(LockMonthDocument, { input: { ...input, idempotencyKey: intent.key(input) } })).lockMonth);
    intent.settle();
    setSure(false);
    toast(say.locked(name));
    await onLocked();
  });
  if (isLocked) {
    return (
      <Card>
        <Check isDone>{say.locked(name)}</Check>
      </Card>
    );
  }
  return (
    <Card>
      <h2>{name}</h2>
      <h3>{say.checks}</h3>
      <ul class="stack">
        <li>
          <Check isDone={waitingVouchers === 0}>
            {waitingVouchers ? say.waitingVouchers(waitingVouchers) : say.allVouchers}
          </Check>
        </li>
        <li>
          <Check isDone={unmatchedBankLines === 0}>
            {unmatchedBankLines ? say.unmatched(unmatchedBankLines) : say.allMatched}
          </Check>
        </li>
        <li>
          <Check isDone={uncounted.length === 0}>
            {uncounted.length ? say.uncounted(uncounted.join(", ")) : say.allCounted}
          </Check>
        </li>
      </ul>
      <p>{say.monthHelp}</p>
      <Button icon={LockKeyhole} isWide onPress={() => setSure(true)}>
        {say.lock(name)}
      </Button>
      {isSure && (
        <Sheet onClose={() => setSure(false)} title={say.lock(name)}>
          <p>{say.lockSure(name)}</p>
          <Trouble refused={locking.refused} />
          <Button isBusy={locking.isRunning} isWide onPress={() => void locking.run()}>
            {say.lock(name)}
          </Button>
        </Sheet>
      )}
    </Card>
  );
}

function Check({ isDone, children }: { isDone: boolean; children: string }) {
  return (
    <span class={`${styles.check} ${isDone ? styles.done : styles.open}`}>
      <Icon of={isDone ? CircleCheck : CircleAlert} size={22} />
      <span>{children}</span>
    </span>
  );
}
