import { useState } from "preact/hooks";
import { useAsked } from "../../ground/asking";
import { dateName, monthFrom, monthName, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Facts } from "../../ground/parts/facts";
import { Field } from "../../ground/parts/field";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Sums } from "../../ground/parts/sums";
import { IncomeDocument, type IncomeFiguresFragment } from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { OwnReports } from "./own-reports";
import { Statements } from "./statements";
import { items, say, sections } from "./words";

export type Period = { firstOn: string; lastOn: string };
const SPANS = [3, 6, 12];

/** What a member earned by the ledger, and by his own word; as a paper that a bank can check. */
export default function Income() {
  return (
    <Page backTo="/anggota/lainnya" title={say.title}>
      <WithMembership>{(membership) => <Statement membership={membership} />}</WithMembership>
    </Page>
  );
}

/** So many whole months, the current one among them. */
function lastMonths(n: number): Period {
  return { firstOn: monthFrom(today(), 1 - n), lastOn: today() };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

function Statement({ membership }: { membership: Membership }) {
  const [period, setPeriod] = useState(lastMonths(6));
  const isWhole = isDay(period.firstOn) && isDay(period.lastOn) && period.firstOn <= period.lastOn;
  const asked = useAsked(IncomeDocument, isWhole ? { id: membership.id, ...period } : null);
  const file = (form: string) =>
    `/income/of/${membership.id}.${form}?${new URLSearchParams({ from: period.firstOn, to: period.lastOn })}`;
  return (
    <>
      <Chips isWrapped name={say.period}>
        {SPANS.map((n) => (
          <Chip
            isOn={period.firstOn === lastMonths(n).firstOn && period.lastOn === today()}
            key={n}
            onPress={() => setPeriod(lastMonths(n))}
          >
            {say.lastMonths(n)}
          </Chip>
        ))}
      </Chips>
      <Field
        label={say.from}
        onChange={(firstOn) => setPeriod((was) => ({ ...was, firstOn }))}
        type="date"
        value={period.firstOn}
      />
      <Field
        label={say.to}
        onChange={(lastOn) => setPeriod((was) => ({ ...was, lastOn }))}
        type="date"
        value={period.lastOn}
      />
      <Loaded asked={asked}>
        {({ node }) =>
          node?.__typename === "Membership" && (
            <>
              <Proven income={node.income} />
              <OwnWord income={node.income} />
            </>
          )
        }
      </Loaded>
      {isWhole && (
        <div class="beside">
          <FileButton path={file("pdf")}>{say.pdf}</FileButton>
          <FileButton path={file("xlsx")}>{say.xlsx}</FileButton>
        </div>
      )}
      <OwnReports membershipId={membership.id} onChanged={asked.again} />
      {isWhole && <Statements membershipId={membership.id} period={period} />}
    </>
  );
}

function Proven({ income }: { income: IncomeFiguresFragment }) {
  const parts = [...new Set(income.lines.map(({ section }) => section))];
  const paid = income.months.filter(({ total }) => total !== 0);
  return (
    <Card>
      <h2>{say.proven}</h2>
      <p>{say.provenHelp}</p>
      <Facts
        facts={[
          { name: say.earned, is: rupiah(income.earned), isLarge: true },
          { name: say.monthly, is: rupiah(income.monthly) },
          { name: say.deducted, is: rupiah(income.deducted) },
        ]}
      />
      {income.lines.length === 0 && <p>{say.nothing}</p>}
      {parts.map((section) => (
        <div class="stack" key={section}>
          <h3>{named(sections, section)}</h3>
          <Sums
            sums={income.lines
              .filter((line) => line.section === section)
              .map(({ item, amount }) => ({ name: named(items, item), amount }))}
          />
        </div>
      ))}
      {paid.length > 0 && (
        <>
          <h3>{say.byMonth}</h3>
          <Sums sums={paid.map(({ firstOn, total }) => ({ name: monthName(firstOn), amount: total }))} />
        </>
      )}
    </Card>
  );
}

function OwnWord({ income }: { income: IncomeFiguresFragment }) {
  return (
    <Card>
      <h2>{say.own}</h2>
      <p>{say.ownHelp}</p>
      {income.reported.length === 0 ? (
        <p>{say.ownNone}</p>
      ) : (
        <Sums
          sums={[
            ...income.reported.map(({ platform, firstOn, lastOn, amount }) => ({
              name: platform,
              amount,
              why: [say.between(dateName(firstOn), dateName(lastOn))],
            })),
            { name: say.ownTotal, amount: income.reportedTotal, isTotal: true },
          ]}
        />
      )}
    </Card>
  );
}
