import { PiggyBank } from "lucide";
import { useAsked } from "../../ground/asking";
import { thing } from "../../ground/client";
import { today } from "../../ground/days";
import { numberIn, rupiah } from "../../ground/figures";
import { named } from "../../ground/language";
import { Empty } from "../../ground/parts/empty";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Page } from "../../ground/parts/page";
import { ask } from "../../ground/session";
import { savingsKinds } from "../../ground/values";
import { Act } from "../act";
import {
  OpenSavingsProductDocument,
  RetireSavingsProductDocument,
  SavingsProductsDocument,
  type SavingsProductsQuery,
  SetSavingsRateDocument,
} from "../api";
import { OfferedProduct } from "../offered-product";
import { percent, rateIn } from "../rate";
import { WithCooperative } from "../with-cooperative";
import { say as common } from "../words";
import { say } from "./words";

type Product = NonNullable<SavingsProductsQuery["cooperative"]>["savingsProducts"][number];
type OnChanged = { onChanged: () => Promise<void> };

/** What members may save in beside what the by-laws ask of them, and what it earns. */
export default function SavingsProducts() {
  return (
    <Page backTo="/loket/urusan" title={say.title}>
      <WithCooperative>{({ id, slug }) => <All cooperativeId={id} slug={slug} />}</WithCooperative>
    </Page>
  );
}

function All({ cooperativeId, slug }: { cooperativeId: string; slug: string }) {
  const asked = useAsked(SavingsProductsDocument, { slug });
  return (
    <Loaded asked={asked}>
      {({ cooperative }) => (
        <>
          <Offering cooperativeId={cooperativeId} onChanged={asked.again} />
          {cooperative?.savingsProducts.length === 0 && (
            <Empty icon={PiggyBank} title={say.none}>
              <p>{say.noneHelp}</p>
            </Empty>
          )}
          {cooperative?.savingsProducts.map((product) => (
            <ProductCard key={product.id} onChanged={asked.again} product={product} />
          ))}
        </>
      )}
    </Loaded>
  );
}

function Offering({ cooperativeId, onChanged }: OnChanged & { cooperativeId: string }) {
  const kinds = (["VOLUNTARY", "TERM"] as const).map((value) => ({ value, name: savingsKinds[value] }));
  return (
    <Act
      fields={[
        { name: "kind", label: say.kind, start: "VOLUNTARY", options: kinds },
        { name: "name", label: say.name, most: 60 },
        { name: "rate", label: common.rateTyped, hint: common.rateHint },
        { name: "months", label: say.months, type: "amount", when: { name: "kind", is: "TERM" } },
        { name: "least", label: say.least, type: "amount", start: "0" },
      ]}
      help={say.offerHelp}
      isWide
      label={say.offer}
      onDo={async ({ kind, name, rate, months, least }, idempotencyKey) => {
        const input = {
          cooperativeId,
          kind: kind === "TERM" ? ("TERM" as const) : ("VOLUNTARY" as const),
          name,
          rate: rateIn(rate) ?? -1,
          months: kind === "TERM" ? (numberIn(months) ?? null) : null,
          least: numberIn(least) ?? 0,
          idempotencyKey,
        };
        thing((await ask(OpenSavingsProductDocument, { input })).openSavingsProduct);
      }}
      onDone={onChanged}
    />
  );
}

function ProductCard({ product, onChanged }: OnChanged & { product: Product }) {
  const productId = product.id;
  return (
    <OfferedProduct product={product}>
      <p>{named(savingsKinds, product.kind)}</p>
      <Facts
        facts={[
          { name: say.rate, is: percent(product.rate) },
          { name: say.leastIs, is: rupiah(product.least) },
          ...(product.months ? [{ name: say.term, is: say.termOf(product.months) }] : []),
        ]}
      />
      {!product.isRetired && (
        <div class="beside">
          <Act
            fields={[
              { name: "rate", label: common.rateTyped, hint: common.rateHint },
              { name: "since", label: say.since, type: "date", start: today() },
            ]}
            help={say.setRateHelp}
            label={say.setRate}
            look="quiet"
            onDo={async ({ rate, since }, idempotencyKey) => {
              const input = { productId, rate: rateIn(rate) ?? -1, since, idempotencyKey };
              thing((await ask(SetSavingsRateDocument, { input })).setSavingsRate);
            }}
            onDone={onChanged}
          />
          <Act
            help={say.retireHelp}
            label={say.retire}
            look="danger"
            onDo={async () =>
              thing((await ask(RetireSavingsProductDocument, { input: { productId } })).retireSavingsProduct)
            }
            onDone={onChanged}
          />
        </div>
      )}
    </OfferedProduct>
  );
}
