/** What two co-ops owe each other: seen as a picture, netted, agreed to by both, paid by a file, and confirmed. */
import { become, client, play, pressing } from "./stage.mjs";

const TRADERS = { treasurer: "+628123200003", chair: "+628123200001", slug: "pedagang-pasar-wonokromo" };
const DRIVERS = { treasurer: "+628123100003", chair: "+628123100001", slug: "pengemudi-suroboyo" };
const OPERATOR = "+6281230000001";

function idOf(ask, slug) {
  return ask("query ($slug: String!) { done: cooperative(slug: $slug) { id } }", { slug }).then(({ id }) => id);
}

/** What a treasurer acknowledges that his co-op owes; answers the window. */
async function owe(ask, debtorId, creditorId, amount, note) {
  const { window } = await ask(
    `mutation ($input: RecordObligationInput!) {
      done: recordObligation(input: $input) {
        __typename
        ... on Obligation { window { id } }
        ... on Problem { code message }
      }
    }`,
    { input: { debtorId, creditorId, amount, note, idempotencyKey: crypto.randomUUID() } },
  );
  return window.id;
}

/** Another officer confirms the account that was proposed. */
async function confirmAccount(ask, slug) {
  const { settlementAccounts } = await ask(
    "query ($slug: String!) { done: cooperative(slug: $slug) { settlementAccounts { id } } }",
    { slug },
  );
  await ask(
    `mutation ($input: ConfirmSettlementAccountInput!) {
      done: confirmSettlementAccount(input: $input) { __typename ... on Problem { code message } }
    }`,
    { input: { accountId: settlementAccounts[0].id, idempotencyKey: crypto.randomUUID() } },
  );
}

const lilik = await client(TRADERS.treasurer);
const bambang = await client(DRIVERS.treasurer);
const chair = await client(DRIVERS.chair);
const traders = await idOf(lilik, TRADERS.slug);
const drivers = await idOf(lilik, DRIVERS.slug);
const windowId = await owe(lilik, traders, drivers, 750_000, "Ongkir pasar malam");
await owe(bambang, drivers, traders, 200_000, "Sewa lapak parkir");
await lilik(
  `mutation ($input: ProposeSettlementAccountInput!) {
    done: proposeSettlementAccount(input: $input) { __typename ... on Problem { code message } }
  }`,
  {
    input: {
      cooperativeId: traders,
      institution: "bca",
      number: "8290123456",
      holder: "Koperasi Pedagang Pasar Wonokromo",
      idempotencyKey: crypto.randomUUID(),
    },
  },
);
await confirmAccount(await client(TRADERS.chair), TRADERS.slug);

await play("clearing", async ({ page, look, lookWide, fetched }) => {
  const press = pressing(page);
  const toWindow = () => page.goto(`/loket/kliring/${encodeURIComponent(windowId)}`);
  await become(page, DRIVERS.treasurer);
  await page.goto("/loket/kliring");
  await page.getByText("Belum ada rekening", { exact: false }).waitFor();
  await look("windows");
  await press("Ajukan rekening");
  await page.getByRole("dialog").getByLabel("Bank").fill("BRI");
  await page.getByLabel("Nomor rekening").fill("001201000345307");
  await page.getByLabel("Atas nama").fill("Koperasi Pengemudi Suroboyo");
  await look("account");
  await page.getByRole("dialog").getByRole("button", { name: "Ajukan rekening" }).click();
  await page.getByText("Menunggu pengurus kedua").first().waitFor();
  await look("account-waits");
  await confirmAccount(chair, DRIVERS.slug);

  await become(page, OPERATOR);
  await toWindow();
  await page.getByText(/^Koperasi Pedagang Pasar Wonokromo berutang Rp750\.000/).waitFor();
  await look("open");
  await press("Tutup dan hitung");
  await page.getByText("Perlu persetujuan").first().waitFor();
  await look("reckoned");
  await lookWide("reckoned");

  await become(page, DRIVERS.treasurer);
  await toWindow();
  await press("Koperasi kami setuju");
  await page.getByText("1 dari 2 pihak setuju").waitFor();
  await look("agreed-by-one");

  await become(page, TRADERS.treasurer);
  await toWindow();
  await press("Koperasi kami setuju");
  await page.getByText("Siap dibayar").waitFor();
  await look("to-pay");
  await fetched(() => press("Berkas untuk bank"), /\.csv$/);
  await fetched(() => press("Rekap putaran (PDF)"), /\.pdf$/);
  await page.getByLabel("Nomor referensi bank").fill("BRI-20261126-0007");
  await press("Sudah kami transfer");
  await page.getByText("Menunggu Koperasi Pengemudi Suroboyo membenarkan uangnya masuk").waitFor();
  await page.getByText("Selisih ini hilang setelah Koperasi Pengemudi Suroboyo membenarkan uangnya masuk.").waitFor();
  await look("paid");

  await become(page, DRIVERS.treasurer);
  await toWindow();
  await press("Uangnya sudah masuk");
  await page.getByText("Lunas").waitFor();
  await look("settled");
  await page.goto("/loket/kliring");
  await page.getByText("Lunas").waitFor();
  await look("windows-after");
  await lookWide("windows-after");
});
