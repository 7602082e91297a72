import { PiggyBank } from "lucide";
import { useLocation } from "preact-iso";
import { useAsked, useDoing, useIntent } from "../../ground/asking";
import { thing } from "../../ground/client";
import { hundredths, rupiah } from "../../ground/figures";
import { AmountSheet } from "../../ground/parts/amount-sheet";
import { Button, ButtonLink } from "../../ground/parts/button";
import { Card } from "../../ground/parts/card";
import { Empty } from "../../ground/parts/empty";
import { Facts } from "../../ground/parts/facts";
import { Loaded } from "../../ground/parts/loading";
import { Opener } from "../../ground/parts/opener";
import { Page } from "../../ground/parts/page";
import { toast } from "../../ground/parts/toast";
import { Trouble } from "../../ground/parts/trouble";
import { ask } from "../../ground/session";
import { OpenSavingsDocument, PlaceDepositDocument, SavingsOfferedDocument, type SavingsOfferedQuery } from "../api";
import { type Membership, WithMembership } from "../with-membership";
import { say as common } from "../words";
import { say } from "./words";

type Product = NonNullable<SavingsOfferedQuery["cooperative"]>["savingsProducts"][number];
type Savings = Extract<NonNullable<SavingsOfferedQuery["node"]>, { __typename: "Membership" }>["savings"][number];
type Shown = { product: Product; savings: Savings[]; membershipId: string; onChanged: () => Promise<void> };

const placeOf = (savingsId: string) => `/anggota/simpanan/${encodeURIComponent(savingsId)}`;

/** What a member can save in, and what it earns. */
export default function SavingsOffered() {
  return (
    <Page backTo="/anggota" title={say.title}>
      <WithMembership>{(membership) => <All membership={membership} />}</WithMembership>
    </Page>
  );
}

function All({ membership: { id, cooperative } }: { membership: Membership }) {
  const asked = useAsked(SavingsOfferedDocument, { id, slug: cooperative.slug });
  return (
    <Loaded asked={asked}>
      {(answer) => {
        const savings = answer.node?.__typename === "Membership" ? answer.node.savings : [];
        const offered = answer.cooperative?.savingsProducts.filter(({ isRetired }) => !isRetired) ?? [];
        if (!offered.length) {
          return (
            <Empty icon={PiggyBank} title={say.none}>
              <p>{say.noneHelp}</p>
            </Empty>
          );
        }
        return offered.map((product) => (
          <ProductCard
            key={product.id}
            membershipId={id}
            onChanged={asked.again}
            product={product}
            savings={savings.filter(({ closedAt }) => !closedAt)}
          />
        ));
      }}
    </Loaded>
  );
}

function ProductCard(shown: Shown) {
  const { product } = shown;
  return (
    <Card about={product.name}>
      <h2>{product.name}</h2>
      <Facts
        facts={[
          { name: common.ratePerYear, is: common.percent(hundredths(product.rate)) },
          ...(product.months ? [{ name: common.term, is: common.months(product.months) }] : []),
          ...(product.least ? [{ name: say.least, is: rupiah(product.least) }] : []),
        ]}
      />
      {product.months ? <Placing {...shown} months={product.months} /> : <Opening {...shown} />}
    </Card>
  );
}

function Opening({ product, savings, membershipId }: Shown) {
  const { route } = useLocation();
  const intent = useIntent();
  const opening = useDoing(async () => {
    const wanted = { membershipId, productId: product.id };
    const input = { ...wanted, idempotencyKey: intent.key(wanted) };
    const { id } = thing((await ask(OpenSavingsDocument, { input })).openSavings);
    intent.settle();
    toast(say.opened);
    route(placeOf(id));
  });
  const own = savings.find((each) => each.product?.id === product.id);
  if (own) {
    return (
      <ButtonLink href={placeOf(own.id)} isWide look="quiet">
        {say.have}
      </ButtonLink>
    );
  }
  return (
    <>
      <Trouble refused={opening.refused} />
      <Button isBusy={opening.isRunning} isWide onPress={() => void opening.run()}>
        {say.open}
      </Button>
    </>
  );
}

/** A deposit is taken from the voluntary savings that hold the most. */
function Placing({ product, savings, months, onChanged }: Shown & { months: number }) {
  const { route } = useLocation();
  const [source] = savings
    .filter(({ kind, balance }) => kind === "VOLUNTARY" && balance > 0)
    .sort((one, other) => other.balance - one.balance);
  if (!source) return <p>{say.needsSavings}</p>;
  const place = async (amount: number, idempotencyKey: string) => {
    const input = { savingsId: source.id, productId: product.id, amount, idempotencyKey };
    const { id } = thing((await ask(PlaceDepositDocument, { input })).placeDeposit);
    toast(say.placed);
    route(placeOf(id));
  };
  return (
    <Opener isWide label={say.place} onDone={onChanged}>
      {(ending) => (
        <AmountSheet
          {...ending}
          help={say.placeHelp(source.product?.name ?? "", months)}
          hint={say.placeHint(rupiah(product.least), rupiah(source.balance))}
          label={say.placeThis}
          onDo={place}
          title={product.name}
        />
      )}
    </Opener>
  );
}
