/** Ayu pays by card on the provider's own page: she turns back, gives that up, begins anew, and her order knows by itself. */
import process from "node:process";
import { called, play, signIn } from "./stage.mjs";

/** Where who plays the provider takes a buyer's card; it answers whereto the provider's page then leads. */
const { LUMBUNG_STORY_PROVIDER: PROVIDER } = process.env;

/** The provider's page: two links, since its own form is none of ours. */
async function theirPage(route) {
  const { pathname } = new URL(route.request().url());
  const session = pathname.split("/").at(-1);
  const does = pathname.startsWith("/c/pay/") ? "look" : pathname.split("/").at(-2);
  const back = await (await fetch(`${PROVIDER}/buyer/${does}/${session}`, { method: "POST" })).text();
  const body =
    does === "look"
      ? `<h1>Stripe</h1><p><a href="${back}">Kembali</a></p><p><a href="/done/pay/${session}">Bayar</a></p>`
      : `<meta http-equiv="refresh" content="0;url=${back}">`;
  await route.fulfill({
    contentType: "text/html; charset=utf-8",
    body: `<!doctype html><title>Stripe</title>${body}`,
  });
}

await play("card", async ({ page, context, look }) => {
  await context.route("https://checkout.stripe.com/**", theirPage);
  await page.goto("/toko/kios-beras-bu-tutik-0");
  await page.getByRole("button", { name: /Beras Medium/ }).click();
  await page.getByRole("button", { name: called("Tambah") }).click();
  await page.getByRole("button", { name: /^Tambah ·/ }).click();
  await page.getByRole("link", { name: /^Lihat keranjang/ }).click();
  await page.getByRole("link", { name: /^Lanjut/ }).click();
  await page.getByRole("link", { name: "Masuk" }).click();
  await signIn(page, "+6281235000001");
  await page.getByLabel("Ambil sendiri").check();
  await page.getByLabel("Kartu debit atau kredit").check();
  await page.getByRole("button", { name: /^Pesan · Rp/ }).click();

  const there = page.getByRole("link", { name: "Buka halaman pembayaran" });
  await there.waitFor();
  await look("to-pay");
  const order = page.url();
  await there.click();
  await page.getByRole("link", { name: "Kembali" }).click();
  await page.waitForURL(order);
  await page.getByRole("button", { name: "Bayar dengan cara lain" }).click();
  await page.getByText(/pembayaran dibatalkan/).waitFor();
  await page.getByLabel("Tunai saat mengambil").check();
  await page.getByRole("button", { name: /^Pilih tunai · Rp/ }).waitFor();
  await look("pay-another-way");
  await page.getByLabel("Kartu debit atau kredit").check();
  await page.getByRole("button", { name: /^Bayar sekarang · Rp/ }).click();
  await there.click();
  await page.getByRole("link", { name: "Bayar" }).click();
  await page.waitForURL(order);
  await page.getByText("Sudah dibayar").first().waitFor();
  await there.waitFor({ state: "detached" });
  await look("paid");
});
