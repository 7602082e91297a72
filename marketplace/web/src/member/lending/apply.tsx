import { useState } from "preact/hooks";
import { thing } from "../../ground/client";
import { numberIn, rupiah } from "../../ground/figures";
import { Field } from "../../ground/parts/field";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { ApplyForLoanDocument, type LoanOfferFragment } from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { Application } from "./application";
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

function Money(props: MoneyProps) {
  const { leastAmount, mostAmount } = props.offer;
  const [typed, setTyped] = useState("");
  const amount = numberIn(typed) ?? null;
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
        {...props}
        amount={amount}
        onSend={async (input) => thing((await ask(ApplyForLoanDocument, { input })).applyForLoan)}
        wanted={{ amount: amount ?? 0 }}
      />
    </>
  );
}
