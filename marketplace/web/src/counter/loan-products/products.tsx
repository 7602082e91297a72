import { HandCoins } from "lucide";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Empty } from "../../ground/parts/empty";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { interestMethods, loanPurposes } from "../../ground/values";
import { Act } from "../act";
import {
  LoanProductsDocument,
  type LoanProductsQuery,
  OfferLoanProductDocument,
  type OfferLoanProductMutationVariables,
  RetireLoanProductDocument,
} from "../api";
import { OfferedProduct } from "../offered-product";
import { percent, rateIn } from "../rate";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { say } from "./words";

type Product = NonNullable<LoanProductsQuery["cooperative"]>["loanProducts"][number];
type Offered = OfferLoanProductMutationVariables["input"];
type Shown = { product: Product; onChanged: () => Promise<void> };

/** What the co-op lends its members, and on what terms. */
export default function LoanProducts() {
  return (
    <Page backTo="/loket/pinjaman" title={say.title}>
      <WithCooperative>{({ id, slug }) => <All cooperativeId={id} slug={slug} />}</WithCooperative>
    </Page>
  );
}

function All({ cooperativeId, slug }: { cooperativeId: string; slug: string }) {
  const asked = useAsked(LoanProductsDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => (
        <>
          <Offering cooperativeId={cooperativeId} onChanged={asked.again} />
          {cooperative?.loanProducts.length === 0 && (
            <Empty icon={HandCoins} title={say.none}>
              <p>{say.noneHelp}</p>
            </Empty>
          )}
          {cooperative?.loanProducts.map((product) => (
            <ProductCard key={product.id} onChanged={asked.again} product={product} />
          ))}
        </>
      )}
    </Loaded>
  );
}

function ProductCard({ product, onChanged }: Shown) {
  return (
    <OfferedProduct product={product}>
      <p>
        {named(loanPurposes, product.purpose)} · {named(interestMethods, product.method)}
        {product.financesPurchases && ` · ${say.forUnits}`}
      </p>
      <Facts
        facts={[
          { name: say.rate, is: percent(product.rate) },
          { name: say.highest, is: percent(product.highestEffectiveRate) },
          { name: say.amount, is: say.between(rupiah(product.leastAmount), rupiah(product.mostAmount)) },
          { name: say.term, is: say.between(String(product.leastMonths), say.months(product.mostMonths)) },
          ...(product.guarantors ? [{ name: say.guarantors, is: String(product.guarantors) }] : []),
          ...(product.pledged ? [{ name: say.pledged, is: percent(product.pledged) }] : []),
        ]}
      />
      {!product.isRetired && (
        <Act
          help={say.retireHelp}
          isWide
          label={say.retire}
          look="danger"
          onDo={async () =>
            thing((await ask(RetireLoanProductDocument, { input: { id: product.id } })).retireLoanProduct)
          }
          onDone={onChanged}
        />
      )}
    </OfferedProduct>
  );
}

function optionsOf(table: Record<string, string>, values: readonly string[]) {
  return values.map((value) => ({ value, name: named(table, value) }));
}

function Offering({ cooperativeId, onChanged }: { cooperativeId: string; onChanged: () => Promise<void> }) {
  return (
    <Act
      fields={[
        { name: "name", label: say.name, most: 80 },
        {
          name: "purpose",
          label: say.purpose,
          options: optionsOf(loanPurposes, [
            "MOTORCYCLE",
            "MAINTENANCE",
            "FAMILY",
            "EDUCATION",
            "BUSINESS",
            "EMERGENCY",
            "OTHER",
          ]),
        },
        {
          name: "method",
          label: say.method,
          start: "DECLINING",
          options: optionsOf(interestMethods, ["DECLINING", "ANNUITY", "FLAT"]),
        },
        { name: "rate", label: common.rateTyped, hint: common.rateHint },
        { name: "leastAmount", label: say.leastAmount, type: "amount" },
        { name: "mostAmount", label: say.mostAmount, type: "amount" },
        { name: "leastMonths", label: say.leastMonths, type: "amount", start: "1" },
        { name: "mostMonths", label: say.mostMonths, type: "amount" },
        { name: "guarantors", label: say.guarantorsTyped, type: "amount", start: "0" },
        { name: "pledged", label: say.pledgedTyped, start: "0" },
        {
          name: "paid",
          label: say.paidTo,
          start: "MEMBER",
          options: [
            { value: "MEMBER", name: say.toMember },
            { value: "UNIT", name: say.forUnits },
          ],
        },
      ]}
      help={say.offerHelp}
      isWide
      label={say.offer}
      onDo={async ({ name, purpose, method, rate, pledged, paid, ...numbers }, idempotencyKey) => {
        const input: Offered = {
          cooperativeId,
          name,
          purpose: purpose as Offered["purpose"],
          method: method as Offered["method"],
          rate: rateIn(rate) ?? -1,
          pledged: rateIn(pledged) ?? -1,
          leastAmount: numberIn(numbers.leastAmount) ?? 0,
          mostAmount: numberIn(numbers.mostAmount) ?? 0,
          leastMonths: numberIn(numbers.leastMonths) ?? 0,
          mostMonths: numberIn(numbers.mostMonths) ?? 0,
          guarantors: numberIn(numbers.guarantors) ?? 0,
          financesPurchases: paid === "UNIT",
          idempotencyKey,
        };
        thing((await ask(OfferLoanProductDocument, { input })).offerLoanProduct);
      }}
      onDone={onChanged}
    />
  );
}
