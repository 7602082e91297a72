/** By keyboards alone: Ayu signs in and orders, Bu Tutik accepts, Suparman delivers, Pak Bambang takes savings. */
import { keysOf } from "./keys.mjs";
import { pinOn, SOON } from "./pin.mjs";
import { codeAfter, codesFor, playTogether, signIn } from "./stage.mjs";
import { told } from "./tree.mjs";

const AYU = "+6281235000001";
/** The town leaves an order with these words to those on the screens. */
const LEFT_TO_US = "diam, lama, tanpa kurir";

await playTogether(["keys-buyer", "keys-seller", "keys-driver", "keys-treasurer"], async (screens) => {
  const [buyer, seller, driver, treasurer] = Object.values(screens);
  const number = await order(buyer);
  await accept(seller, number);
  await deliver(driver, seller, buyer);
  await takeSavings(treasurer);
});

/** What is read out when it changes stands there before it does, and says this afterwards. */
async function announced({ page, session, complaints }, live, text) {
  await page.locator(`[aria-live=${live}]`).filter({ hasText: text }).first().waitFor();
  if (!(await told(session)).some((node) => node.live === live)) complaints.push(`nothing is read out: ${text}`);
}

async function open({ page }, path, phone) {
  await page.goto(path);
  await page.getByRole("link", { name: "Masuk" }).click();
  await signIn(page, phone);
}

/** Ayu signs in, looks at a thing, leaves it, takes it after all, and has it brought; answers the order's number. */
async function order(screen) {
  const { page, look } = screen;
  const keys = keysOf(screen);
  await page.goto("/masuk");
  await keys.at(/^Masuk$/); // the heading: what is above is skipped
  await keys.write(/^Nomor HP/, "0812");
  await page.keyboard.press("Enter");
  await announced(screen, "assertive", "Isian belum benar");
  await look("wrong-phone");
  await keys.at(/^Nomor HP/);
  const earlier = codesFor(AYU).length;
  await keys.write(/^Nomor HP/, AYU);
  await page.keyboard.press("Enter");
  await page.getByLabel("Kode 6 angka").waitFor();
  await keys.write(/^Kode 6 angka/, await codeAfter(earlier, AYU));
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");

  await page.goto("/toko/kios-beras-bu-tutik-0");
  await page.getByRole("button", { name: /^Beras Medium/ }).waitFor();
  await keys.press(/^Beras Medium/);
  await keys.entered(/^Beras Medium/);
  await page.keyboard.press("Escape");
  await keys.at(/^Beras Medium/);
  await page.keyboard.press("Enter");
  await keys.entered(/^Beras Medium/);
  await keys.press(/^Tambah – /, "Space");
  await keys.press(/^Tambah · Rp/);
  await announced(screen, "polite", "Masuk keranjang");
  await keys.at(/^Beras Medium/);
  await keys.press(/^Lihat keranjang/);
  await keys.press(/^Lanjut/);
  await page.getByRole("button", { name: "Tambah alamat" }).waitFor();
  await keys.to(/^Diantar/);
  await page.keyboard.press("ArrowDown");
  await keys.at(/^Ambil/);
  await page.keyboard.press("ArrowUp");
  await keys.press(/^Tambah alamat/);
  await keys.entered("Alamat baru");
  await keys.write(/^Jalan dan nomor/, "Jl. Ngagel Jaya Selatan 12");
  await keys.press(/^Pilih titik antar/);
  await keys.entered("Titik antar");
  await keys.press(/^Posisi saya sekarang/);
  await keys.at(/^Pilih titik antar/);
  await keys.press(/^Simpan$/);
  await keys.at(/^Tambah alamat/);
  await keys.write(/^Catatan pesanan/, LEFT_TO_US);
  await page.getByRole("button", { name: /^Pesan · Rp/ }).waitFor();
  await keys.press(/^Pesan · Rp/);
  await page.getByText("Menunggu jawaban toko").first().waitFor();
  return /\d{6}-[A-Z0-9]+/.exec(await page.locator("main").textContent())[0];
}

async function accept(screen, number) {
  const { page } = screen;
  const keys = keysOf(screen);
  await open(screen, "/jual", "+62812320000100");
  await page.getByText(number).waitFor();
  await keys.press(/^20\b/, "Space");
  await keys.press(/^Terima · siap 20 menit/);
  await keys.press(/^Pesanan sudah siap\b/);
}

async function deliver(screen, seller, buyer) {
  const { page } = screen;
  const keys = keysOf(screen);
  await open(screen, "/antar", "+6281231000011");
  await page.getByRole("button", { name: "Ambil" }).first().waitFor(SOON);
  await keys.press(/^Ambil\b/);
  await page.getByRole("heading", { name: "Menuju toko" }).first().waitFor();
  await keys.press(/^Saya sudah di toko/);
  await page.getByLabel("PIN dari toko").waitFor();
  await keys.at(/^Di toko/); // the heading: the step that was pressed is gone
  await keys.write(/^PIN dari toko/, await pinOn(seller.page, "Sebutkan PIN ini saat pengemudi di depan Anda"));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Saya sudah sampai" }).waitFor();
  await keys.press(/^Saya sudah sampai/);
  await keys.write(/^PIN dari penerima/, await pinOn(buyer.page, /^Tunjukkan PIN ini/));
  await page.keyboard.press("Enter");
  await page.getByText("Selesai, terima kasih").waitFor();
}

async function takeSavings(screen) {
  const { page } = screen;
  const keys = keysOf(screen);
  await open(screen, "/loket", "+628123100003");
  await page.getByRole("link", { name: /Suparman/ }).waitFor();
  await keys.write(/^Nama atau nomor anggota/, "eko wah");
  await page.getByRole("link", { name: /Suparman/ }).waitFor({ state: "detached" });
  await keys.press(/^Eko Wahyudi/);
  await page.getByRole("button", { name: "Setor" }).waitFor();
  await keys.press(/^Setor\b/);
  await keys.entered(/^Setor/);
  await page.keyboard.press("Escape");
  await keys.at(/^Setor\b/);
  await page.keyboard.press("Space");
  await keys.entered(/^Setor/);
  await keys.write(/^Berapa/, "50.000");
  await keys.press(/^Terima Rp50\.000/);
  await keys.entered(/^Kuitansi/);
  await keys.press(/^Selesai/);
  await keys.at(/^Setor\b/); // of the first of the two sheets
}
