import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { dateName } from "../../ground/days";
import { rupiah } from "../../ground/figures";
import { language, named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Sums } from "../../ground/parts/sums";
import { SignedIn } from "../../ground/signed-in";
import { OneBudgetDocument, type OneBudgetQuery } from "../api";
import { OfficersPay } from "./officers-pay";
import { BUDGET_TONES, budgetStates, say } from "./words";

type Budget = Extract<NonNullable<OneBudgetQuery["node"]>, { __typename: "Budget" }>;

/** A year's work plan and budget, against what the books say happened. */
export default function BudgetPage() {
  const { params } = useRoute();
  const asked = useAsked(OneBudgetDocument, { id: params.id ?? "" });
  const budget = asked.answer?.node?.__typename === "Budget" ? asked.answer.node : undefined;
  return (
    <Page backTo="/anggota/buku" title={budget?.number ?? say.budgets}>
      <SignedIn>
        <Loaded asked={asked}>
          {() =>
            budget && (
              <>
                <Plan budget={budget} />
                <Use budget={budget} />
                <OfficersPay pay={budget.pay} />
              </>
            )
          }
        </Loaded>
      </SignedIn>
    </Page>
  );
}

function Plan({ budget }: { budget: Budget }) {
  return (
    <Card>
      <div class="apart">
        <h2>{say.plan}</h2>
        <span>
          <Badge tone={BUDGET_TONES[budget.state]}>{named(budgetStates, budget.state)}</Badge>
        </span>
      </div>
      <p>{say.between(dateName(budget.beginsOn), dateName(budget.endsOn))}</p>
      <p>{budget.plan}</p>
    </Card>
  );
}

function Use({ budget }: { budget: Budget }) {
  const { use } = budget;
  return (
    <Card>
      <h2>{say.use}</h2>
      <p>{use.until ? say.until(dateName(use.until)) : say.notYet}</p>
      <Sums
        sums={[
          { name: say.income, amount: use.actual.income, why: [say.planned(rupiah(use.year.income))] },
          { name: say.expenses, amount: use.actual.expenses, why: [say.planned(rupiah(use.year.expenses))] },
          {
            name: say.result,
            amount: use.actual.surplus,
            why: [say.planned(rupiah(use.year.surplus))],
            isTotal: true,
          },
        ]}
      />
      <h3>{say.byAccount}</h3>
      <Sums
        sums={use.rows.map(({ account, actual, year, left }) => ({
          name: language.value === "en" ? account.nameInEnglish || account.name : account.name,
          amount: actual,
          why: [say.ofBudget(rupiah(year), rupiah(left))],
        }))}
      />
    </Card>
  );
}
