import { BookOpen } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { firstOfYear, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Empty } from "../../ground/parts/empty";
import { Field } from "../../ground/parts/field";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Row, Rows } from "../../ground/parts/row";
import { Sheet } from "../../ground/parts/sheet";
import { accountName } from "../account-name";
import { BalanceSheetDocument, type RowsFragment, SurplusDocument } from "../api";
import { CounterTabs } from "../counter-tabs";
import { type Cooperative, WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { type Days, postingsOf, trialBalanceOf } from "./places";
import styles from "./reports.module.css";
import { say } from "./words";

type StatementRow = RowsFragment["rows"][number];
/** Each report, by what it is called, and how its file is. */
const REPORTS = { balanceSheet: "balance-sheet", surplus: "surplus" } as const;
type Report = keyof typeof REPORTS;
type Period = Days & { cooperative: Cooperative };

/** The books' statements; each figure opens to the accounts and postings that it is made of. */
export default function Reports() {
  const [report, setReport] = useState<Report>("balanceSheet");
  const [from, setFrom] = useState(firstOfYear());
  const [to, setTo] = useState(today());
  return (
    <Page isWide title={common.reports}>
      <WithCooperative>
        {(cooperative) => (
          <>
            <Chips name={common.reports}>
              {(Object.keys(REPORTS) as Report[]).map((each) => (
                <Chip isOn={report === each} key={each} onPress={() => setReport(each)}>
                  {say[each]}
                </Chip>
              ))}
            </Chips>
            <div class={styles.days}>
              {report !== "balanceSheet" && <Field label={say.from} onChange={setFrom} type="date" value={from} />}
              <Field label={report === "balanceSheet" ? say.asOf : say.to} onChange={setTo} type="date" value={to} />
            </div>
            <ButtonLink href={trialBalanceOf({ from, to })} isWide look="quiet">
              {say.trial}
            </ButtonLink>
            {from && to && <Shown cooperative={cooperative} from={from} report={report} to={to} />}
            <div class="beside">
              {(["pdf", "xlsx"] as const).map((form) => (
                <FileButton
                  key={form}
                  path={`/books/${REPORTS[report]}.${form}?${new URLSearchParams({
                    cooperative: cooperative.id,
                    from,
                    to,
                    compared: "true",
                  })}`}
                >
                  {common[form]}
                </FileButton>
              ))}
            </div>
          </>
        )}
      </WithCooperative>
      <CounterTabs />
    </Page>
  );
}

function Shown({ report, ...period }: Period & { report: Report }) {
  return report === "balanceSheet" ? <BalanceSheet {...period} /> : <Surplus {...period} />;
}

function NoBooks() {
  return <Empty icon={BookOpen} title={common.noBooks} />;
}

function BalanceSheet({ cooperative, from, to }: Period) {
  const asked = useAsked(BalanceSheetDocument, { slug: cooperative.slug, on: to });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const found = answer.cooperative?.book?.accounting?.balanceSheet;
        return found ? <Statement from={from} statement={found} to={to} /> : <NoBooks />;
      }}
    </Loaded>
  );
}

function Surplus({ cooperative, from, to }: Period) {
  const asked = useAsked(SurplusDocument, { slug: cooperative.slug, from, to });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const found = answer.cooperative?.book?.accounting?.surplusStatement;
        return found ? <Statement from={from} statement={found} to={to} /> : <NoBooks />;
      }}
    </Loaded>
  );
}

function Statement({ statement, ...days }: Days & { statement: RowsFragment }) {
  const [opened, setOpened] = useState<StatementRow>();
  return (
    <Card>
      {!statement.isBalanced && <p>{say.unbalanced}</p>}
      <ul class={styles.statement}>
        {statement.rows.map((row, n) => (
          <li
            class={`${styles[row.kind.toLowerCase()]} ${styles[`in${Math.min(row.level, 3)}`]}`}
            key={`${n}${row.key}`}
          >
            {row.parts.length ? (
              <button class={styles.figure} onClick={() => setOpened(row)} type="button">
                <Figure row={row} />
              </button>
            ) : (
              <span class={styles.figure}>
                <Figure row={row} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {opened && (
        <Sheet onClose={() => setOpened(undefined)} title={opened.label}>
          <p>{say.made}</p>
          <Rows>
            {opened.parts.map(({ account, amount }) => (
              <li key={account.id}>
                <Row end={rupiah(amount)} href={postingsOf(account.id, days)} title={accountName(account)} />
              </li>
            ))}
          </Rows>
        </Sheet>
      )}
    </Card>
  );
}

function Figure({ row }: { row: StatementRow }) {
  return (
    <>
      <span>{row.label}</span>
      {row.amount != null && (
        <span class={styles.amounts}>
          {rupiah(row.amount)}
          {row.previous != null && row.previous !== 0 && <small>{say.yearBefore(rupiah(row.previous))}</small>}
        </span>
      )}
    </>
  );
}
