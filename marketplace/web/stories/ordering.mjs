/** Orders that Ayu places while another's screen is watched. */

/** Whose menu it is, unless another is named. */
const SHOP = "kios-beras-bu-tutik-0";

/** Order the first thing of the shop's menu, for cash; answers the order's part for that shop. */
export async function orderFirst(
  ask,
  { shop = SHOP, quantity = 1, note = "", noteForShop = "", fulfilment = "DELIVERY" },
) {
  const { listings } = await ask(
    `{ done: seller(slug: "${shop}") { listings(first: 1) { nodes { variants { id } } } } }`,
  );
  const input = {
    lines: [{ variantId: listings.nodes[0].variants[0].id, quantity, note: noteForShop }],
    fulfilment,
    payment: "CASH",
    note,
    idempotencyKey: crypto.randomUUID(),
    ...(fulfilment === "DELIVERY" && {
      address: {
        point: { lat: -7.2951, lon: 112.7391 },
        recipient: "Ayu Permata",
        phone: "+6281235000001",
        street: "Jl. Ngagel Jaya Selatan 12",
        patokan: "Pagar hijau, seberang musala",
      },
    }),
  };
  const { subOrders } = await ask(
    `mutation ($input: PlaceOrderInput!) {
      done: placeOrder(input: $input) {
        __typename
        ... on Order { subOrders { id number dropoffPin } }
        ... on Problem { code message }
      }
    }`,
    { input },
  );
  return subOrders[0];
}
