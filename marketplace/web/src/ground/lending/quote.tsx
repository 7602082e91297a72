import { useState } from "preact/hooks";
import { type LoanCostFragment, LoanQuoteDocument } from "../api";
import { useAsked } from "../asking";
import { rupiah } from "../figures";
import { measured } from "../measured";
import { Button } from "../parts/button";
import { Card } from "../parts/card";
import { Facts } from "../parts/facts";
import { Loaded } from "../parts/loading";
import { Sums } from "../parts/sums";
import { useSettled } from "../settled";
import { say } from "./words";

/** Of a longer loan the schedule shows so many months until it is asked for whole. */
const SHORT = 12;
type QuoteProps = { productId: string; amount: number; months: number };

/** What a loan would cost: each instalment, all interest, and the rate that this truly is. */
export function Quote({ productId, amount, months }: QuoteProps) {
  const settled = useSettled(amount);
  const asked = useAsked(LoanQuoteDocument, { productId, amount: settled, months });
  return (
    <Card>
      <h2>{say.cost}</h2>
      <Loaded asked={asked}>{({ loanQuote }) => <Cost amount={settled} quote={loanQuote} />}</Loaded>
    </Card>
  );
}

/** What so much costs: in figures, then instalment by instalment. */
export function Cost({ quote, amount }: { quote: LoanCostFragment; amount: number }) {
  const [first, second] = quote.instalments;
  const isEven = !second || first?.total === second.total;
  return (
    <>
      <Facts
        facts={[
          { name: isEven ? say.monthly : say.firstMonth, is: rupiah(first?.total ?? 0), isLarge: true },
          { name: say.allInterest, is: rupiah(quote.totalInterest) },
          { name: say.payBack, is: rupiah(amount + quote.totalInterest) },
          { name: say.effective, is: measured("BASIS_POINTS", quote.effectiveRate) },
        ]}
      />
      <Schedule instalments={quote.instalments} />
    </>
  );
}

function Schedule({ instalments }: Pick<LoanCostFragment, "instalments">) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? instalments : instalments.slice(0, SHORT);
  return (
    <>
      <h3>{say.schedule}</h3>
      <Sums
        sums={shown.map(({ principal, interest, total }, n) => ({
          name: say.month(n + 1),
          amount: total,
          why: [say.parts(rupiah(principal), rupiah(interest))],
        }))}
      />
      {shown.length < instalments.length && (
        <Button isWide look="quiet" onPress={() => setWhole(true)}>
          {say.allMonths(instalments.length)}
        </Button>
      )}
    </>
  );
}
