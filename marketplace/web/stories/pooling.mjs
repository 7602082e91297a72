/** Co-ops and a warung buy together: a round is opened, joined, ordered, shared out, taken into stock and paid. */
import { become, client, play, pressing } from "./stage.mjs";

const TREASURER = "+628123100003";
const SELLER = "+62812320000100";
const SLUG = "pengemudi-suroboyo";
const problem = "__typename ... on Problem { code message }";

const treasurer = await client(TREASURER);
const seller = await client(SELLER);
const { id: cooperativeId } = await treasurer(`{ done: cooperative(slug: "${SLUG}") { id } }`);
const { selling } = await seller("{ done: viewer { selling { id } } }");

/** The warung has bought with others before, and not yet paid all of it. */
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const asks = (who, name, input, found = "") =>
  who(
    `mutation ($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { done: ${name}(input: $input) { ${found} ${problem} } }`,
    { input },
  );
const { id } = await asks(
  treasurer,
  "openPurchaseRound",
  {
    cooperativeId,
    title: "Beras medium 25 kg",
    measure: "karung",
    supplier: "Bulog Surabaya",
    tiers: [{ least: 1, price: 310_000 }],
    closesAt: TOMORROW,
    creditDays: 14,
    supplierDays: 30,
    idempotencyKey: "pooling",
  },
  "... on PurchaseRound { id }",
);
await asks(seller, "commitToPurchaseRound", {
  roundId: id,
  sellerId: selling[0].id,
  quantity: 2,
  idempotencyKey: "pooling",
});
await asks(treasurer, "orderPurchaseRound", { id });
await asks(treasurer, "receivePurchaseRound", {
  id,
  quantity: 2,
  carriage: 20_000,
  reference: "BLG-1",
  receivedOn: new Date().toISOString().slice(0, 10),
  idempotencyKey: "pooling",
});

await play("pooling", async ({ page, look, lookWide }) => {
  const press = pressing(page);
  const inSheet = (name) => page.getByRole("dialog").last().getByRole("button", { name, exact: true }).click();
  await become(page, TREASURER);
  await page.goto("/loket/urusan");
  await page.getByRole("link", { name: /Pembelian bersama/ }).click();
  await page.getByText("Belum ada yang dibuka").waitFor();
  await look("none-open");
  await press("Buka pembelian bersama");
  await page.getByLabel("Barang yang dibeli").fill("Oli mesin 0,8 liter");
  await page.getByLabel("Satuannya").fill("botol");
  await page.getByLabel("Pemasok", { exact: true }).fill("PT Oli Nusantara");
  await page.getByLabel("Baris 1: mulai berapa").fill("10");
  await page.getByLabel("Baris 1: harga satuan (Rp)").fill("38.000");
  await press("Tambah baris");
  await page.getByLabel("Baris 2: mulai berapa").fill("70");
  await page.getByLabel("Baris 2: harga satuan (Rp)").fill("35.500");
  await page.getByLabel("Hari terakhir ikut").fill(TOMORROW.slice(0, 10));
  await look("open-round");
  await inSheet("Buka pembelian bersama");
  await page.getByRole("heading", { name: "Oli mesin 0,8 liter" }).waitFor();
  const round = page.url();
  await press("Ikut untuk unit");
  await page.getByLabel("Unit usaha").selectOption({ label: "Bengkel Pengemudi Suroboyo" });
  await page.getByLabel("Barang di unit itu").selectOption({ index: 1 });
  await page.getByLabel("Berapa botol?").fill("60");
  await page.getByText("Kira-kira Rp2.280.000", { exact: false }).waitFor();
  await look("join-for-unit");
  await inSheet("Ikut membeli");
  await page.getByText("Ikut 60 botol").waitFor();
  await look("round");

  await become(page, SELLER);
  await page.goto("/jual/toko");
  await page.getByRole("link", { name: /Pembelian bersama/ }).click();
  await page.getByText("10 botol lagi supaya harganya Rp35.500", { exact: false }).waitFor();
  await look("shop-sees-rounds");
  await press("Ikut membeli");
  await page.getByLabel("Berapa botol?").fill("15");
  await look("shop-joins");
  await inSheet("Ikut membeli");
  await page.getByText("Anda ikut 15 botol").waitFor();
  await look("shop-joined");

  await become(page, TREASURER);
  await page.goto(round);
  await press("Tutup dan pesan");
  await page.getByText("Tidak diikutkan", { exact: true }).waitFor();
  await look("order-round");
  await inSheet("Tutup dan pesan");
  await page.getByText("Dipesan 75 botol, masing-masing Rp35.500").waitFor();
  await press("Barang datang");
  await page.getByLabel("Ongkos angkut semuanya (Rp)").fill("75.000");
  await page.getByLabel("Nomor faktur pemasok").fill("SJ-2026-0044");
  await look("receive-round");
  await inSheet("Barang datang");
  await page.getByText(/^Datang 75 botol pada/).waitFor();
  await look("round-shared-out");
  await lookWide("round-shared-out");
  await press("Masukkan ke stok");
  await inSheet("Masukkan ke stok");
  await page.getByText("Sudah masuk stok").waitFor();
  await press("Terima pembayaran");
  await look("take-part-payment");
  await inSheet("Terima pembayaran");
  await page.getByText("Belum dibayar Rp", { exact: false }).waitFor({ state: "detached" });
  await press("Bayar pemasok");
  await inSheet("Bayar pemasok");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await look("round-paid");
  await page.goto("/loket/pembelian-bersama");
  await press("Kami urus");
  await page.getByRole("link", { name: /Beras medium/ }).waitFor();
  await look("rounds-we-run");
  await press("Bagian kami");
  await page.getByRole("link", { name: /Oli mesin 0,8 liter/ }).waitFor();
  await look("our-parts");
});
