import type { Asked } from "../../ground/asking";
import { rupiah } from "../../ground/figures";
import { Cost } from "../../ground/lending/quote";
import { say as lending } from "../../ground/lending/words";
import { Card } from "../../ground/parts/card";
import { Loaded } from "../../ground/parts/loading";
import { Sums } from "../../ground/parts/sums";
import type { PurchaseLoanQuoteQuery } from "../api";
import { say } from "./words";

type Quoted = PurchaseLoanQuoteQuery["purchaseLoanQuote"];
type Problem = Quoted["refusals"][number];

/** What a member will be asked for: the goods at his price, the loan, and what stands in the way. */
export function PurchaseQuote({ asked, saved }: { asked: Asked<PurchaseLoanQuoteQuery>; saved: number }) {
  return (
    <Loaded asked={asked}>
      {({ purchaseLoanQuote: { lines, total, quote, pledged, officers, refusals, missing } }) => (
        <>
          <Card>
            <h2>{say.yourPrice}</h2>
            <Sums
              sums={[
                ...lines.map(({ name, quantity, total }) => ({ name: `${quantity} × ${name}`, amount: total })),
                { name: say.total, amount: total, isTotal: true },
              ]}
            />
          </Card>
          <Problems problems={refusals} title={say.notYet} />
          {quote && (
            <Card>
              <h2>{lending.cost}</h2>
              <Cost amount={total} quote={quote} />
            </Card>
          )}
          <Problems problems={missing} title={say.missing} />
          {pledged > 0 && <p>{say.pledge(rupiah(pledged), rupiah(saved))}</p>}
          {officers > 1 && <p>{say.twoOfficers}</p>}
        </>
      )}
    </Loaded>
  );
}

function Problems({ title, problems }: { title: string; problems: readonly Problem[] }) {
  if (!problems.length) return null;
  return (
    <Card>
      <h2>{title}</h2>
      <ul class="stack">
        {problems.flatMap(told).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Card>
  );
}

/** A problem as its sentence, or what each of its fields may be. */
function told({ message, fields }: Problem): string[] {
  if (!fields.length) return [message];
  return fields.map(({ path, message }) =>
    path[0] === "months" ? say.termMayBe(message) : say.amountMayBe(message),
  );
}
