/** Bu Tutik hears an order, takes it, needs longer, has it ready for the driver; and declines another. */
import { client, play, signIn } from "./stage.mjs";

const SHOP = "kios-beras-bu-tutik-0";
/** The town's sellers never answer an order with the first of these words, nor cook one with the second. */
const LEFT_TO_THE_SHOP = "diam, lama";

async function order(ask, { quantity, note = "", fulfilment = "DELIVERY" }) {
  const { listings } = await ask(
    `query { done: seller(slug: "${SHOP}") { listings(first: 1) { nodes { variants { id } } } } }`,
  );
  const [variant] = listings.nodes[0].variants;
  const input = {
    lines: [{ variantId: variant.id, quantity, note }],
    note: LEFT_TO_THE_SHOP,
    fulfilment,
    payment: "CASH",
    idempotencyKey: crypto.randomUUID(),
    ...(fulfilment === "DELIVERY" && {
      address: {
        point: { lat: -7.2951, lon: 112.7391 },
        recipient: "Ayu Permata",
        phone: "+6281235000001",
        street: "Jl. Ngagel Jaya Selatan 12",
      },
    }),
  };
  const { subOrders } = await ask(
    `mutation ($input: PlaceOrderInput!) {
      done: placeOrder(input: $input) {
        __typename
        ... on Order { subOrders { number dropoffPin } }
        ... on Problem { code message }
      }
    }`,
    { input },
  );
  return subOrders[0];
}

await play("selling", async ({ page, look }) => {
  const ayu = await client("+6281235000001");
  await page.goto("/jual");
  await page.getByRole("link", { name: "Masuk" }).click();
  await signIn(page, "+62812320000100");
  await page.getByText("Supaya tidak terlewat").waitFor();
  await look("no-orders");
  await page.getByRole("button", { name: "Nyalakan bunyi" }).last().click();

  const first = await order(ayu, { quantity: 2, note: "Plastik dobel ya" });
  await page.getByText(first.number).waitFor();
  await look("rings");
  await page.getByText(/^Anda menerima/).click();
  await look("what-the-shop-gets");
  await page.getByRole("button", { name: "20", exact: true }).click();
  await page.getByRole("button", { name: "Terima · siap 20 menit" }).click();
  await page.getByRole("button", { name: "Tambah waktu" }).click();
  await look("longer");
  await page.getByRole("button", { name: "Tambah 10 menit" }).click();
  await page.getByText(/\(30 menit lagi\)/).waitFor();
  await look("being-made");
  await page.getByRole("button", { name: "Siap", exact: true }).click();
  await page.getByText("Sebutkan PIN ini saat pengemudi di depan Anda").waitFor({ timeout: 40_000 });
  await look("ready");

  const second = await order(ayu, { quantity: 1, fulfilment: "PICKUP" });
  const card = page.locator("section section", { hasText: second.number });
  await card.getByRole("button", { name: /^Terima/ }).click();
  await card.getByRole("button", { name: "Siap", exact: true }).click();
  await card.getByLabel("PIN pembeli").fill(second.dropoffPin);
  await look("counter");
  await card.getByRole("button", { name: "Serahkan" }).click();
  await card.waitFor({ state: "detached" });

  const third = await order(ayu, { quantity: 1 });
  await page.getByText(third.number).waitFor();
  await page.getByRole("button", { name: "Tolak" }).click();
  await look("declining");
  await page.getByRole("dialog").getByRole("button", { name: "Tolak", exact: true }).click();
  await page.getByText(third.number).waitFor({ state: "detached" });
});
