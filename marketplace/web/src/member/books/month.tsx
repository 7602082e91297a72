import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { dateName, dayOf, monthName } from "../../ground/days";
import { Card } from "../../ground/parts/card";
import { Chip, Chips } from "../../ground/parts/chips";
import { Loaded } from "../../ground/parts/loading";
import { Money } from "../../ground/parts/money";
import { Page } from "../../ground/parts/page";
import { SignedIn } from "../../ground/signed-in";
import { OneMonthDocument, type OneMonthQuery } from "../api";
import { say } from "./words";

type Month = NonNullable<OneMonthQuery["cooperative"]>["openMonths"]["nodes"][number];
type Line = Month["balanceSheet"]["rows"][number];

/** A month of the co-op's books, as it was locked. */
export default function MonthPage() {
  const { params } = useRoute();
  const asked = useAsked(OneMonthDocument, { slug: params.slug ?? "" });
  return (
    <Page backTo="/anggota/buku" title={monthName(params.month ?? "")}>
      <SignedIn>
        <Loaded asked={asked}>
          {({ cooperative }) => {
            const month = cooperative?.openMonths.nodes.find((each) => each.month === params.month);
            return month ? <Statements month={month} /> : <p>{say.noMonths}</p>;
          }}
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Statements({ month }: { month: Month }) {
  const [shown, setShown] = useState<"position" | "surplus">("position");
  const statement = shown === "position" ? month.balanceSheet : month.surplusStatement;
  return (
    <>
      <Chips isWrapped name={say.months}>
        {(["position", "surplus"] as const).map((each) => (
          <Chip isOn={shown === each} key={each} onPress={() => setShown(each)}>
            {say[each]}
          </Chip>
        ))}
      </Chips>
      <Card>
        <h2>{say[shown]}</h2>
        <ul class="stack">
          {statement.rows.map((row, n) => (
            <li key={`${n}${row.label}`}>
              <StatementLine row={row} />
            </li>
          ))}
        </ul>
      </Card>
      {month.seal && (
        <Card>
          <h2>{say.seal}</h2>
          <p>{say.locked(dateName(dayOf(new Date(month.lockedAt))))}</p>
          <p>{say.sealHelp}</p>
          <small>{month.seal}</small>
        </Card>
      )}
    </>
  );
}

function StatementLine({ row }: { row: Line }) {
  const name = row.kind === "LINE" ? row.label : <strong>{row.label}</strong>;
  return (
    <div class="apart">
      <span>{name}</span>
      <span>{row.amount != null && <Money amount={row.amount} />}</span>
    </div>
  );
}
