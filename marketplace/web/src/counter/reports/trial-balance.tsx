import { BookOpen } from "lucide";
import { useLocation } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { dayBefore, firstOfYear, monthFrom, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Empty } from "../../ground/parts/empty";
import { Field } from "../../ground/parts/field";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sums } from "../../ground/parts/sums";
import { accountName } from "../account-name";
import { TrialDocument, type TrialQuery } from "../api";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { type Days, postingsOf, trialBalanceOf } from "./places";
import styles from "./reports.module.css";
import { say } from "./words";

type Trial = NonNullable<NonNullable<NonNullable<TrialQuery["cooperative"]>["book"]>["accounting"]>["trialBalance"];

/** What stood on each account before these days, what moved, and what stands there since; each leads to its entries. */
export default function TrialBalance() {
  return (
    <Page backTo="/loket/laporan" isWide title={say.trial}>
      <WithCooperative>{(cooperative) => <Between cooperative={cooperative} />}</WithCooperative>
    </Page>
  );
}

/** Spans that a bookkeeper asks for. */
function spans(): { name: string; days: Days }[] {
  const thisMonth = monthFrom(today(), 0);
  return [
    { name: say.thisMonth, days: { from: thisMonth, to: today() } },
    { name: say.lastMonth, days: { from: monthFrom(today(), -1), to: dayBefore(thisMonth) } },
    { name: say.thisYear, days: { from: firstOfYear(), to: today() } },
  ];
}

/** The days stand in the address: whoever comes back from an account's entries finds them as they were. */
function Between({ cooperative }: { cooperative: Cooperative }) {
  const { query, route } = useLocation();
  const days = { from: query.dari ?? firstOfYear(), to: query.sampai ?? today() };
  const show = (changed: Partial<Days>) => route(trialBalanceOf({ ...days, ...changed }), true);
  return (
    <>
      <Chips isWrapped name={say.period}>
        {spans().map(({ name, days: span }) => (
          <Chip isOn={span.from === days.from && span.to === days.to} key={name} onPress={() => show(span)}>
            {name}
          </Chip>
        ))}
      </Chips>
      <div class={styles.days}>
        <Field label={say.from} onChange={(from) => show({ from })} type="date" value={days.from} />
        <Field label={say.to} onChange={(to) => show({ to })} type="date" value={days.to} />
      </div>
      {days.from && days.to && <Asked cooperative={cooperative} days={days} />}
    </>
  );
}

function Asked({ cooperative, days }: { cooperative: Cooperative; days: Days }) {
  const asked = useAsked(TrialDocument, { slug: cooperative.slug, ...days });
  const wanted = new URLSearchParams({ cooperative: cooperative.id, ...days });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const found = answer.cooperative?.book?.accounting?.trialBalance;
        if (!found) return <Empty icon={BookOpen} title={common.noBooks} />;
        return (
          <>
            <Totals trial={found} />
            <div class="beside">
              {(["xlsx", "pdf"] as const).map((form) => (
                <FileButton key={form} path={`/books/trial-balance.${form}?${wanted}`}>
                  {common[form]}
                </FileButton>
              ))}
            </div>
            <Lines days={days} trial={found} />
          </>
        );
      }}
    </Loaded>
  );
}

function Totals({ trial }: { trial: Trial }) {
  const isBalanced = trial.debits === trial.credits && trial.closingDebits === trial.closingCredits;
  return (
    <Card>
      <p>
        <Badge tone={isBalanced ? "good" : "bad"}>{isBalanced ? say.balanced : say.notBalanced}</Badge>
      </p>
      <Sums
        sums={[
          ...(trial.earlierResult ? [{ name: say.earlierResult, amount: trial.earlierResult }] : []),
          { name: say.allDebits, amount: trial.debits },
          { name: say.allCredits, amount: trial.credits },
          { name: say.closingDebits, amount: trial.closingDebits },
          { name: say.closingCredits, amount: trial.closingCredits },
        ]}
      />
    </Card>
  );
}

/** A balance with its side: debits are above zero. */
function sided(balance: number): string {
  return balance < 0 ? say.onCredit(rupiah(-balance)) : say.onDebit(rupiah(balance));
}

function Lines({ trial, days }: { trial: Trial; days: Days }) {
  const moved = trial.lines.filter((line) => line.opening || line.debits || line.credits || line.closing);
  if (!moved.length) return <Empty icon={BookOpen} title={say.noPostings} />;
  return (
    <Rows>
      {moved.map(({ account, opening, debits, credits, closing }) => (
        <li key={account.id}>
          <Row
            href={postingsOf(account.id, days)}
            note={
              <>
                {opening !== 0 && (
                  <>
                    {say.before(sided(opening))}
                    <br />
                  </>
                )}
                {say.mutations(rupiah(debits), rupiah(credits))}
                <br />
                {say.balance(sided(closing))}
              </>
            }
            title={accountName(account)}
          />
        </li>
      ))}
    </Rows>
  );
}
