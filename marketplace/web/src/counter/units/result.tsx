import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { firstOfYear, today } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Field } from "../../ground/parts/field";
import { FileButton } from "../../ground/parts/file-button";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Sums } from "../../ground/parts/sums";
import { accountName } from "../account-name";
import { UnitResultDocument, type UnitResultQuery } from "../api";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { say } from "./words";

type Result = Extract<NonNullable<UnitResultQuery["node"]>, { __typename: "BusinessUnit" }>["result"];

/** A unit's own profit and loss between two days, and what it had and owed at their end. */
export default function ResultPage() {
  const { params } = useRoute();
  const id = params.id ?? "";
  const [from, setFrom] = useState(firstOfYear());
  const [to, setTo] = useState(today());
  const asked = useAsked(UnitResultDocument, from && to ? { id, firstDay: from, lastDay: to } : null);
  return (
    <Page backTo={`/loket/unit/${encodeURIComponent(id)}`} title={say.result}>
      <WithCooperative>
        {(cooperative) => (
          <>
            <Field label={say.from} onChange={setFrom} type="date" value={from} />
            <Field label={say.to} onChange={setTo} type="date" value={to} />
            <Loaded asked={asked}>
              {({ node }) => node?.__typename === "BusinessUnit" && <Told name={node.name} result={node.result} />}
            </Loaded>
            <p>{say.allUnits}</p>
            <div class="beside">
              {(["pdf", "xlsx"] as const).map((form) => (
                <FileButton
                  key={form}
                  path={`/units/results.${form}?${new URLSearchParams({ cooperative: cooperative.id, from, to })}`}
                >
                  {common[form]}
                </FileButton>
              ))}
            </div>
          </>
        )}
      </WithCooperative>
    </Page>
  );
}

function Told({ result, name }: { result: Result; name: string }) {
  const linesOf = (type: string) =>
    result.lines
      .filter(({ account }) => account.type === type)
      .map(({ account, amount }) => ({ name: accountName(account), amount }));
  return (
    <>
      <Card>
        <h2>{name}</h2>
        <Sums
          sums={[
            ...linesOf("INCOME"),
            { name: say.income, amount: result.income, isTotal: true },
            ...linesOf("EXPENSE"),
            { name: say.expenses, amount: result.expenses, isTotal: true },
            { name: say.profit, amount: result.result, isTotal: true },
          ]}
        />
      </Card>
      <Card>
        <h2>{say.atTheEnd}</h2>
        <Facts
          facts={[
            { name: say.stockWorth, is: rupiah(result.stock) },
            { name: say.membersOwe, is: rupiah(result.claims) },
            { name: say.suppliersOwed, is: rupiah(result.debts) },
            ...(result.atCreditUnit ? [{ name: say.atCreditUnit, is: rupiah(result.atCreditUnit) }] : []),
          ]}
        />
      </Card>
    </>
  );
}
