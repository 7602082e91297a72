import { rupiah } from "../../ground/figures";
import { usePaged } from "../../ground/paged";
import { Loaded } from "../../ground/parts/loading";
import { More } from "../../ground/parts/more";
import { Row, Rows } from "../../ground/parts/row";
import { Stepper } from "../../ground/parts/stepper";
import { UnitGoodsDocument, type UnitGoodsQuery } from "../api";
import { say } from "./words";

/** So many of one thing of a unit's shop. */
export type Chosen = { variantId: string; quantity: number };
type Unit = Extract<NonNullable<UnitGoodsQuery["node"]>, { __typename: "BusinessUnit" }>;
type Listing = Unit["shop"]["listings"]["nodes"][number];
type GoodsProps = { unitId: string; chosen: readonly Chosen[]; onChange: (chosen: readonly Chosen[]) => void };

/** What a unit sells, each with how many of it are wanted. */
export function Goods({ unitId, chosen, onChange }: GoodsProps) {
  const { asked, nodes, more } = usePaged(
    UnitGoodsDocument,
    ({ node }) => (node?.__typename === "BusinessUnit" ? node.shop.listings : null),
    { id: unitId },
  );
  const wanted = (variantId: string) => chosen.find((one) => one.variantId === variantId)?.quantity ?? 0;
  const change = (variantId: string, quantity: number) => {
    const others = chosen.filter((one) => one.variantId !== variantId);
    onChange(quantity ? [...others, { variantId, quantity }] : others);
  };
  return (
    <>
      <h2>{say.goods}</h2>
      <Loaded asked={asked}>
        {() => {
          const sold = nodes.filter(({ isByQuote }) => !isByQuote).flatMap(variantsOf);
          if (!sold.length) return <p>{say.noGoods}</p>;
          return (
            <>
              <Rows>
                {sold.map(({ id, name, price, isAvailable }) => (
                  <li key={id}>
                    <Row
                      end={
                        isAvailable && (
                          <Stepper name={name} onChange={(quantity) => change(id, quantity)} value={wanted(id)} />
                        )
                      }
                      note={isAvailable ? say.priceEach(rupiah(price)) : say.soldOut}
                      title={name}
                    />
                  </li>
                ))}
              </Rows>
              <More more={more} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function variantsOf({ title, isAvailable, variants }: Listing) {
  return variants.map(({ id, name, price }) => ({
    id,
    price,
    isAvailable,
    name: name ? `${title}, ${name}` : title,
  }));
}
