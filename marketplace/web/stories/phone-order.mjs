/** Somebody rings the shop: Bu Tutik writes his order in, tells him what it costs and his PIN, and hands it over. */
import { called } from "./stage.mjs";

/** The town's sellers leave such an order to who keeps the shop. */
const LEFT_TO_THE_SHOP = "diam, lama";

export async function writesInAnOrder({ page, look }) {
  await page.getByRole("link", { name: "Catat pesanan telepon" }).click();
  await page.getByLabel("Nama pembeli").fill("Pak Gatot");
  await page.getByLabel("Nomor HP pembeli").fill("081235000019");
  await page.getByRole("button", { name: "Tambah barang" }).click();
  await page.getByLabel("Cari di menu").fill("beras");
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
  await look("phone-menu");
  await page.getByRole("dialog").getByRole("listitem").first().getByRole("button").click();
  await page.getByLabel("Diantar pengemudi").check();
  await page.getByLabel("Jalan dan nomor").fill("Jl. Bratang Gede 40");
  await page.getByLabel("Patokan").fill("Pagar hijau");
  await page.getByLabel(/^Titik dari peta/).fill("-7.2998, 112.7521");
  await page.getByText(/^Ongkos antar/).waitFor();
  await look("phone-delivery");
  await page.getByLabel("Diambil di toko").check();
  await page.getByLabel("Catatan (boleh kosong)").fill(LEFT_TO_THE_SHOP);
  await page.getByText(/^Ongkos antar/).waitFor({ state: "detached" });
  await page
    .getByRole("button", { name: called("Tambah") })
    .first()
    .click();
  await page.getByText(/^Harga ini berlaku sampai/).waitFor();
  await page.getByRole("button", { name: /^Catat pesanan · Rp/ }).click();
  await page.getByText("Sebutkan PIN ini kepada pembeli").waitFor();
  await look("phone-entered");
  await page.getByRole("link", { name: "Lihat pesanan" }).click();
  const card = page.locator("section section", { hasText: "Pesanan telepon" });
  await card.getByRole("button", { name: called("Pesanan sudah siap") }).waitFor();
  await look("phone-in-work");
  await card.getByRole("button", { name: called("Pesanan sudah siap") }).click();
  await card.getByRole("button", { name: "Sudah diserahkan" }).click();
  await card.waitFor({ state: "detached" });
}
