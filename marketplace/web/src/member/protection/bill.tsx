import { useRoute } from "preact-iso";
import { useAsked } from "../../ground/asking";
import { dateName, monthName } from "../../ground/days";
import { count, hundredths, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Badge } from "../../ground/parts/badge";
import { ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { Sums } from "../../ground/parts/sums";
import { SignedIn } from "../../ground/signed-in";
import { OneBillDocument, type OneBillQuery } from "../api";
import { BILL_TONES, billStates, components, ruleNames, say } from "./words";

type Bill = Extract<NonNullable<OneBillQuery["node"]>, { __typename: "ProtectionBill" }>;
type Rule = Bill["lines"][number]["rules"][number];

/** One month of one programme: each part with its rule, and what paying together saved. */
export default function BillPage() {
  const { params } = useRoute();
  const asked = useAsked(OneBillDocument, { id: params.id ?? "" });
  const found = asked.answer?.node;
  const bill = found?.__typename === "ProtectionBill" ? found : undefined;
  return (
    <Page backTo="/anggota/perlindungan" title={bill?.programme?.name ?? say.bill}>
      <SignedIn>
        <Loaded asked={asked}>{() => bill && <Reckoned bill={bill} />}</Loaded>
      </SignedIn>
    </Page>
  );
}

function worded({ name, value, unit, instrument, article }: Rule): string {
  const amounts = { BASIS_POINTS: () => say.percent(hundredths(value)), RUPIAH: () => rupiah(value) };
  const amount = unit === "BASIS_POINTS" || unit === "RUPIAH" ? amounts[unit]() : count(value);
  const source = article ? `${instrument}, ${say.article(article)}` : instrument;
  return say.rule(`${named(ruleNames, name)} ${amount}`, source);
}

function Reckoned({ bill }: { bill: Bill }) {
  const owed = bill.due?.outstanding ?? 0;
  return (
    <>
      <Card>
        <div class="apart">
          <h2>{monthName(bill.month)}</h2>
          <span>
            <Badge tone={BILL_TONES[bill.state]}>{named(billStates, bill.state)}</Badge>
          </span>
        </div>
        {bill.reason && <p>{bill.reason}</p>}
        <Sums
          sums={[
            ...bill.lines.map(({ component, full, rules }) => ({
              name: named(components, component),
              amount: full,
              why: rules.map(worded),
            })),
            ...(bill.full > bill.amount ? [{ name: say.discount, amount: bill.amount - bill.full }] : []),
            { name: say.total, amount: bill.amount, isTotal: true },
          ]}
        />
      </Card>
      <Card>
        <Facts
          facts={[
            { name: say.covered, is: say.persons(bill.persons) },
            ...(bill.alone != null ? [{ name: say.alone, is: rupiah(bill.alone) }] : []),
            ...(bill.saved != null ? [{ name: say.saved, is: rupiah(bill.saved), isLarge: true }] : []),
            ...(bill.carried > 0 ? [{ name: say.fund, is: rupiah(bill.carried) }] : []),
            ...(bill.due ? [{ name: say.due, is: dateName(bill.due.dueOn) }] : []),
            ...(owed > 0 ? [{ name: say.left, is: rupiah(owed) }] : []),
          ]}
        />
        {owed > 0 && (
          <ButtonLink href="/anggota" isWide look="quiet">
            {say.toPay}
          </ButtonLink>
        )}
      </Card>
    </>
  );
}
