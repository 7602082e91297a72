/** Ibu Rini opens a shop. Bu Tutik hears an order, takes it, needs longer, has it ready for the driver; and declines
 * another. */
import { fileURLToPath } from "node:url";
import { choosesAsBuyer, letsChoose } from "./options.mjs";
import { orderFirst } from "./ordering.mjs";
import { writesInAnOrder } from "./phone-order.mjs";
import { bringsAList } from "./price-list.mjs";
import { setsTimes } from "./services.mjs";
import { become, called, client, play, signIn } from "./stage.mjs";

const PHOTO = fileURLToPath(new URL("../public/icon-512.png", import.meta.url));
/** The town's sellers never answer an order with the first of these words, nor cook one with the second. */
const LEFT_TO_THE_SHOP = "diam, lama";

/** Count the strokes of the bell, which nobody hears here. */
function listen() {
  globalThis.strokes = 0;
  const make = AudioContext.prototype.createOscillator;
  AudioContext.prototype.createOscillator = function () {
    globalThis.strokes += this.state === "running" ? 1 : 0;
    return make.call(this);
  };
}

/** Who sells nothing yet opens a shop, is told who decides on it, and is let in by an officer. */
async function opensAShop(page, look) {
  await page.getByText("Anda belum punya toko").waitFor();
  await look("no-shop");
  await page.getByRole("link", { name: "Buka toko" }).click();
  await page.getByLabel("Nama toko").fill("Kue Basah Bu Rini");
  await page.getByLabel(/^Jual apa/).fill("Kue basah dan jajanan pasar");
  await page.getByRole("button", { name: "Saya sedang di toko" }).click();
  await page.getByText("Letak toko sudah ditandai.").waitFor();
  await page.getByLabel("Kecamatan").fill("wonok");
  await page.getByRole("button", { name: /Wonokromo.*Surabaya/ }).waitFor();
  await look("which-district");
  await page.getByRole("button", { name: /Wonokromo.*Surabaya/ }).click();
  await page.getByLabel("Alamat").fill("Jl. Ngagel Jaya Selatan 12");
  await page.getByLabel("Patokan").fill("Sebelah musala");
  const cooperatives = page.getByLabel("Koperasi Anda");
  const traders = cooperatives.locator("option", { hasText: "Pasar Wonokromo" });
  await cooperatives.selectOption(await traders.first().getAttribute("value"));
  await look("opening");
  await page.getByRole("button", { name: "Buka toko" }).click();
  await page.getByText("Kue Basah Bu Rini menunggu persetujuan").waitFor();
  await look("awaits");
  await become(page, "+628123200001");
  await page.goto("/loket/toko");
  const shop = page.locator("section", { hasText: "Kue Basah Bu Rini" });
  await shop.getByRole("button", { name: "Setujui" }).waitFor();
  await look("to-approve");
  await shop.getByRole("button", { name: "Setujui" }).click();
  await shop.getByRole("button", { name: "Hentikan toko" }).waitFor();
}

/** Her own phone for buyers to call, told what is wrong with it first; and fetching is allowed. */
async function tellsOfTheShop({ page, look }) {
  await page.getByRole("button", { name: "Ubah", exact: true }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Nomor HP toko").fill("0812");
  await sheet.getByLabel(/^Biaya kemasan/).fill("1.000");
  await sheet.getByLabel("Pembeli boleh ambil sendiri").check();
  await sheet.getByRole("button", { name: "Simpan" }).click();
  await sheet.locator("[aria-invalid]").waitFor();
  await look("wrong-phone");
  await sheet.getByLabel("Nomor HP toko").fill("0812-3200-0100");
  await look("about");
  await sheet.getByRole("button", { name: "Simpan" }).click();
  await page.getByText("+6281232000100").waitFor();
  await page.getByRole("button", { name: /^Penilaian pembeli/ }).click();
  await page.getByRole("dialog").getByText("Belum ada penilaian").waitFor();
  await look("ratings");
  await page.getByRole("button", { name: "Tutup", exact: true }).click();
}

await play("selling", async (phone) => {
  const { page, look } = phone;
  const strokes = () => page.evaluate(() => globalThis.strokes);
  const ayu = await client("+6281235000001");
  await page.addInitScript(listen);
  await page.goto("/jual");
  await page.getByRole("link", { name: "Masuk" }).click();
  await signIn(page, "+6281299000777", "Rini Astuti");
  await opensAShop(page, look);

  await become(page, "+62812320000100");
  await page.goto("/jual");
  await page.getByText("Supaya tidak terlewat").waitFor();
  await look("no-orders");
  await page.getByRole("button", { name: "Nyalakan bunyi" }).last().click();

  const first = await orderFirst(ayu, { quantity: 2, note: LEFT_TO_THE_SHOP, noteForShop: "Plastik dobel ya" });
  await page.getByText(first.number).waitFor();
  const before = await strokes();
  await look("rings");
  await page.waitForFunction((heard) => globalThis.strokes > heard, before); // it goes on ringing
  await page.getByText(/^Anda menerima/).click();
  await look("what-the-shop-gets");
  await page.getByRole("button", { name: called("20") }).click();
  await page.getByRole("button", { name: "Terima · siap 20 menit" }).click();
  await page.getByRole("button", { name: "Tambah waktu" }).click();
  const answered = await strokes();
  await look("longer");
  await page.getByRole("button", { name: "Tambah 10 menit" }).click();
  await page.getByText(/\(30 menit lagi\)/).waitFor();
  await look("being-made");
  await page.getByRole("button", { name: called("Pesanan sudah siap") }).click();
  await page.getByText("Sebutkan PIN ini saat pengemudi di depan Anda").waitFor({ timeout: 40_000 });
  await look("ready");
  if ((await strokes()) !== answered) throw new Error("it rings on after the answer");

  const second = await orderFirst(ayu, { note: LEFT_TO_THE_SHOP, fulfilment: "PICKUP" });
  const card = page.locator("section section", { hasText: second.number });
  await card.getByRole("button", { name: /^Terima/ }).click();
  await card.getByRole("button", { name: called("Pesanan sudah siap") }).click();
  await card.getByLabel("PIN pembeli").fill(second.dropoffPin);
  await look("counter");
  await card.getByRole("button", { name: "Sudah diserahkan" }).click();
  await card.waitFor({ state: "detached" });

  const large = await orderFirst(ayu, { quantity: 3, note: LEFT_TO_THE_SHOP, fulfilment: "PICKUP" });
  await page.getByText(large.number).waitFor();
  await page.getByRole("button", { name: "Tidak semua ada" }).click();
  const less = page.getByRole("dialog");
  const ask = less.getByRole("button", { name: "Tawarkan ke pembeli" });
  if (await ask.isEnabled()) throw new Error("all that was ordered is no smaller order");
  await less.getByRole("button", { name: "Kurangi" }).click();
  await less.getByLabel("Pesan untuk pembeli (boleh kosong)").fill("Besok ada lagi.");
  await look("less");
  await ask.click();
  await page.getByText(/^Ditawarkan sebagian/).waitFor();
  const offered = await strokes();
  await look("less-offered");
  if ((await strokes()) !== offered) throw new Error("it rings on while the buyer is asked");
  await ayu(
    `mutation ($input: SubOrderStepInput!) { done: acceptAlternative(input: $input) { __typename
      ... on Problem { code message } } }`,
    { input: { subOrderId: large.id, idempotencyKey: crypto.randomUUID() } },
  );
  const smaller = page.locator("section section", { hasText: large.number });
  await smaller.getByText("2 ×").waitFor();
  await smaller.getByRole("button", { name: called("Pesanan sudah siap") }).click();
  await smaller.getByLabel("PIN pembeli").fill(large.dropoffPin);
  await smaller.getByRole("button", { name: "Sudah diserahkan" }).click();
  await smaller.waitFor({ state: "detached" });

  const third = await orderFirst(ayu, { note: LEFT_TO_THE_SHOP });
  await page.getByText(third.number).waitFor();
  await page.getByRole("button", { name: "Tolak" }).click();
  await look("declining");
  await page.getByRole("dialog").getByRole("button", { name: "Tolak pesanan", exact: true }).click();
  await page.getByText(third.number).waitFor({ state: "detached" });
  await writesInAnOrder(phone);

  await page.getByRole("link", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Tandai habis hari ini" }).first().click();
  await page.getByRole("button", { name: "Ada lagi, jual" }).waitFor();
  await look("sold-out-today");
  await page.getByRole("button", { name: "Ada lagi, jual" }).click();
  await page.getByRole("button", { name: "Ada lagi, jual" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Beras Medium/ }).click();
  await page
    .getByLabel(/^Harga/)
    .first()
    .fill("11.500");
  await page.getByLabel(/^Stok/).first().fill("40");
  await page.getByLabel(/^Keterangan/).fill("Beras baru giling, tanpa pemutih.");
  await look("price-and-stock");
  await page.getByRole("button", { name: "Simpan" }).click();
  await page.getByText(/Rp11\.500 .* stok \d+/).waitFor();

  await page.getByRole("link", { name: "Jual barang baru" }).click();
  await page.getByText("Tambah foto").waitFor();
  await page.locator("input[type=file]").setInputFiles(PHOTO);
  await page.getByAltText("Foto yang dipilih").waitFor();
  await page.getByLabel("Nama").fill("Beras Ketan Putih");
  await page.getByLabel("Harga (Rp)").fill("18.000");
  await page.getByLabel("Jenis").selectOption("goods.staples.rice");
  await look("new-thing");
  await page.getByRole("button", { name: "Jual", exact: true }).click();
  await page.getByRole("button", { name: /^Beras Ketan Putih/ }).waitFor();
  await look("menu");
  await letsChoose(phone, "Beras Ketan Putih");
  await choosesAsBuyer(phone, ayu, "Beras Ketan Putih");
  await page.goto("/jual/menu");
  await bringsAList(phone);
  await setsTimes(phone, ayu);

  await page.getByRole("link", { name: "Penjualan" }).click();
  await page.getByText(/^\d+ pesanan$/).waitFor();
  await look("sales");
  await page.getByRole("link", { name: "Pencairan" }).click();
  await page.getByRole("button", { name: "Rekening tujuan" }).click();
  await page.getByLabel("Bank atau e-wallet").fill("BCA");
  await page.getByLabel("Nomor rekening atau HP").fill("1234567890");
  await page.getByLabel("Atas nama").fill("Tutik Rahayu");
  await look("where-to-pay");
  await page.getByRole("button", { name: "Simpan" }).click();
  await page.getByText(/^Dibayar ke bca/).waitFor();
  await page.getByRole("button", { name: "Cairkan uang" }).click();
  await page.getByLabel("Berapa (Rp)?").fill("900.000.000");
  await page.getByRole("button", { name: "Cairkan Rp900.000.000" }).click();
  await page.getByRole("dialog").getByRole("alert").locator("p").waitFor();
  await look("not-owed-so-much");
  await page.getByRole("button", { name: "Tutup" }).click();

  await page.goto("/jual/toko");
  await page.getByRole("button", { name: "Istirahat dulu" }).click();
  await look("pausing");
  await page.getByRole("button", { name: "1 jam" }).click();
  await page.getByText(/^Istirahat sampai/).waitFor();
  await look("paused");
  await page.getByRole("button", { name: "Buka lagi sekarang" }).click();
  await tellsOfTheShop(phone);
  await page.getByRole("button", { name: "Ubah jam buka" }).click();
  await page.getByLabel("Selalu buka").uncheck();
  await page.getByRole("button", { name: "Tambah jam Senin" }).click();
  await page.getByLabel("Buka", { exact: true }).first().fill("06:30");
  await page.getByRole("button", { name: "Semua hari seperti Senin" }).click();
  await look("hours");
  await page.getByRole("button", { name: "Simpan" }).click();
  await page
    .getByText(/^06[:.]30–/)
    .nth(6)
    .waitFor();
  await look("shop");
  await page.getByRole("button", { name: "Ubah alamat dan letak" }).click();
  const place = page.getByRole("dialog");
  await place.getByLabel("Alamat").fill("Pasar Wonokromo, blok B 12 (sebelah musala)");
  await look("place");
  await place.getByRole("button", { name: "Simpan" }).click();
  await page.getByText("Pasar Wonokromo, blok B 12 (sebelah musala)").waitFor();
  await page.getByRole("button", { name: "Ubah jam buka" }).click();
  await page.getByLabel("Selalu buka").check(); // as the other stories found it
  await page.getByRole("button", { name: "Simpan" }).click();
  await page.getByText("Selalu buka").waitFor();
});
