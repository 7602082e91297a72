import { useState } from "preact/hooks";
import { thing } from "../../ground/client";
import { numberIn, rupiah } from "../../ground/figures";
import { Quote } from "../../ground/lending/quote";
import { Field } from "../../ground/parts/field";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { ApplyForLoanDocument, type LoanOfferFragment } from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { Application, usualMonths } from "./application";
import { Offers } from "./offers";
import { say } from "./words";

/** A member asks his co-op for money. */
export default function Apply() {
  return (
    <Page backTo="/anggota/pinjaman" title={say.apply}>
      <WithMembership>
        {(membership) => (
          <Offers financesPurchases={false} membership={membership}>
            {(offer, saved) => <Money membership={membership} offer={offer} saved={saved} />}
          </Offers>
        )}
      </WithMembership>
    </Page>
  );
}

type MoneyProps = { membership: Membership; offer: LoanOfferFragment; saved: number };

function Money({ membership, offer, saved }: MoneyProps) {
  const { leastAmount, mostAmount, pledged } = offer;
  const [typed, setTyped] = useState("");
  const [months, setMonths] = useState(usualMonths(offer));
  const amount = numberIn(typed) ?? null;
  const isWithin = amount !== null && amount >= leastAmount && amount <= mostAmount;
  const cost = isWithin ? (
    <>
      <Quote amount={amount} months={months} productId={offer.id} />
      {pledged > 0 && <p>{say.pledge(rupiah(Math.round((amount * pledged) / 10_000)), rupiah(saved))}</p>}
    </>
  ) : (
    amount !== null && <p>{say.outOfRange(rupiah(leastAmount), rupiah(mostAmount))}</p>
  );
  return (
    <>
      <Field
        hint={say.range(rupiah(leastAmount), rupiah(mostAmount))}
        inputMode="numeric"
        label={say.amount}
        most={15}
        onChange={setTyped}
        value={typed}
      />
      <Application
        amount={isWithin ? amount : null}
        cost={cost}
        membership={membership}
        months={months}
        offer={offer}
        onMonths={setMonths}
        onSend={async (input) => thing((await ask(ApplyForLoanDocument, { input })).applyForLoan)}
        wanted={{ amount: amount ?? 0 }}
      />
    </>
  );
}
