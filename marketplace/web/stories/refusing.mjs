/** Without a network the shop opens and says so; Dewi, new here, pays online and is declined, then cancels for cash. */
import { play, signIn } from "./stage.mjs";

const NEW_PHONE = "+6281299887766";

async function toCheckout(page) {
  await page.goto("/toko/kios-beras-bu-tutik-0");
  await page.locator("main li button").first().click();
  await page.getByRole("button", { name: /^Tambah ·/ }).click();
  await page.getByRole("link", { name: /^Lihat keranjang/ }).click();
  await page.getByRole("link", { name: /^Lanjut/ }).click();
}

await play("refusing", async ({ page, context, complaints, look }) => {
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.goto("/toko/kios-beras-bu-tutik-0");
  await page.getByText("Tidak ada sambungan internet").waitFor();
  await look("offline");
  await context.setOffline(false);
  complaints.length = 0; // the browser complains of each request that had no network
  await page.getByRole("button", { name: "Coba lagi" }).click();
  await page.getByRole("button", { name: /Beras Medium/ }).waitFor();

  await toCheckout(page);
  await page.getByRole("link", { name: "Masuk" }).click();
  await signIn(page, NEW_PHONE, "Dewi");
  await page.getByRole("button", { name: "Tambah alamat" }).click();
  await page.getByRole("button", { name: "Pilih titik antar" }).click();
  await look("point");
  await page.getByRole("button", { name: "Posisi saya sekarang" }).click();
  await page.getByText("Titik: Sekitar Anda").waitFor();
  await page.getByLabel("Jalan dan nomor").fill("Jl. Ngagel 3");
  await page.getByLabel("Nomor HP").fill("12");
  await page.getByRole("button", { name: "Simpan" }).click();
  await page.getByText("Tulis nomor HP seperti 0812-3456-7890.").waitFor();
  await look("wrong-phone");
  await page.getByLabel("Nomor HP").fill(NEW_PHONE);
  await page.getByRole("button", { name: "Simpan" }).click();
  await page.getByLabel(/^Bayar online/).check();
  await page.getByLabel("Catatan pesanan").fill("tolak");
  await page.getByRole("button", { name: /^Pesan · Rp/ }).click();
  await page.getByText("Simulasi saja").waitFor();
  await page.getByText("Ditolak toko").first().waitFor({ timeout: 60_000 });
  await page.getByText(/sudah dikembalikan kepada Anda/).waitFor({ timeout: 60_000 });
  await look("declined");

  await toCheckout(page);
  await page.getByLabel("Catatan pesanan").fill("diam");
  await page.getByRole("button", { name: /^Pesan · Rp/ }).click();
  await page.getByRole("button", { name: "Batalkan pesanan" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Salah pesan");
  await look("cancelling");
  await page.getByRole("dialog").getByRole("button", { name: "Batalkan pesanan", exact: true }).click();
  await page.getByText("Dibatalkan", { exact: true }).first().waitFor();
  await look("cancelled");

  await page.goto("/akun");
  await page.getByLabel("English").check();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await look("english");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("link", { name: "Sign in" }).waitFor();
});
