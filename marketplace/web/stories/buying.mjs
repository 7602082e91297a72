/** Ayu looks around as a guest, orders rice for cash, follows it to her door, orders it again, and books a service. */
import { booksATime } from "./services.mjs";
import { called, play, signIn } from "./stage.mjs";

await play("buying", async (phone) => {
  const { page, look } = phone;
  await page.goto("/");
  await page.getByRole("button", { name: /Pilih lokasi/ }).click();
  await page.getByLabel("Kota atau kecamatan").fill("wonokromo");
  await page.getByRole("button", { name: /Kota Surabaya/ }).waitFor();
  await look("place");
  await page.getByRole("button", { name: "Posisi saya sekarang" }).click();
  await page
    .getByText(/\d (km|m)$/)
    .first()
    .waitFor();
  await look("home");

  await page.getByRole("link", { name: /Cari nasi goreng/ }).click();
  await page.getByLabel("Mau cari apa?").fill("beras med");
  await page.getByRole("status").filter({ hasText: "ditemukan" }).waitFor();
  await look("search");
  await page.getByRole("button", { name: "Saring" }).click();
  await page.getByRole("button", { name: "Barang", exact: true }).click();
  await look("filters");
  await page.getByRole("button", { name: "Tampilkan" }).click();

  await page.getByRole("status").filter({ hasText: "ditemukan" }).waitFor();
  const found = await page.locator("main li a").first().getAttribute("href");
  await page.goto(`/barang/${new URLSearchParams(found.split("?")[1]).get("barang")}`); // as it is shared
  await page.waitForURL(/\/toko\//);
  await page.goto("/barang/sudah-tidak-ada");
  await page.locator("main p").first().waitFor();
  await look("no-listing");

  await page.goto("/toko/kios-beras-bu-tutik-0");
  await page.getByRole("heading", { name: "Kios Beras Bu Tutik" }).waitFor();
  await look("shop");
  await page.getByRole("button", { name: "Jam buka & kode QR" }).click();
  await page.getByAltText("Kode QR Kios Beras Bu Tutik").waitFor();
  await look("hours-and-code");
  await page.getByRole("button", { name: "Tutup" }).click();
  await page.getByRole("button", { name: /Beras Medium/ }).click();
  await page.getByRole("button", { name: called("Tambah") }).click();
  await look("listing");
  await page.getByRole("button", { name: "Tambah · Rp22.000" }).click();
  await page.getByRole("link", { name: "Lihat keranjang · Rp22.000" }).click();
  await look("basket");
  await page.getByRole("link", { name: /^Lanjut/ }).click();
  await look("guest");
  await page.getByRole("link", { name: "Masuk" }).click();
  await page.getByLabel("Nomor HP").waitFor();
  await look("sign-in");
  await signIn(page, "+6281235000001");

  await page.getByRole("button", { name: "Tambah alamat" }).click();
  await page.getByLabel("Jalan dan nomor").fill("Jl. Ngagel Jaya Selatan 12");
  await page.getByLabel("Patokan").fill("Pagar hijau, seberang musala");
  await look("address");
  await page.getByRole("button", { name: "Simpan" }).click();
  const order = page.getByRole("button", { name: /^Pesan · Rp/ });
  await order.waitFor();
  await look("quote");
  await page.getByLabel("Rp2.000").check();
  await page.getByText("Tip untuk pengemudi", { exact: true }).nth(1).waitFor();
  await page.getByLabel("Tunai saat barang tiba").check();
  await order.click();

  await page.getByText("Tunjukkan PIN ini saat menerima barang").waitFor();
  await look("order");
  await page.getByText("Pengemudi menuju Anda").waitFor({ timeout: 60_000 });
  await look("on-its-way");
  await page.getByText("Sudah sampai").first().waitFor({ timeout: 60_000 });
  await page.getByText("Rincian").click();
  await page.getByText("Perjalanan pesanan").click();
  await look("delivered");
  await page.getByRole("button", { name: "Lihat siapa mendapat apa" }).click();
  await page.getByText("Koperasi pengemudi").waitFor();
  await look("shares");
  await page.getByRole("button", { name: "Tutup" }).click();
  await page.getByRole("button", { name: "Ada masalah?" }).click();
  await look("complaint");
  await page.getByRole("button", { name: "Tutup" }).click();

  await page.getByRole("button", { name: "Pesan lagi" }).click();
  await page.getByText("Beras Medium").first().waitFor();
  for (const [path, shown] of [
    ["/pesanan", "Sudah sampai"],
    ["/akun", "Ayu Permata"],
    ["/alamat", "Pagar hijau"],
    ["/kabar", "Kios Beras Bu Tutik"],
    ["/tidak-ada", "Halaman tidak ditemukan"],
  ]) {
    await page.goto(path);
    await page.getByText(shown).first().waitFor();
    await look(path.slice(1));
  }
  await booksATime(phone);
});
