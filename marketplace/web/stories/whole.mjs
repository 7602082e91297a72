/**
 * The whole story on four screens at once: Ayu buys, Bu Tutik sells, Suparman carries, Pak Bambang counts. Nobody else
 * answers: an order paid online, one in cash, one that the shop refuses, and one that nobody opens the door for.
 */

import process from "node:process";
import { fileURLToPath } from "node:url";
import { pinOn, SOON } from "./pin.mjs";
import { client, playTogether, pressing, signIn } from "./stage.mjs";

const PHOTO = fileURLToPath(new URL("../public/icon-512.png", import.meta.url));
const SLUG = "kios-beras-bu-tutik-0";
const SHOPS_CHAIR = "+628123200001";

const phones = {
  buyer: "+6281235000001",
  seller: "+62812320000100",
  driver: "+6281231000011",
  treasurer: "+628123100003",
};

/** The shop's co-op looks for its drivers by offers: its members saw a replay and decided so. */
async function adoptOffers() {
  const ask = await client(SHOPS_CHAIR);
  const { cooperative } = await ask(`{ done: seller(slug: "${SLUG}") { cooperative { id } } }`);
  const cooperativeId = cooperative.id;
  const replay = await ask(
    `mutation ($input: RecordDispatchReplayInput!) {
      done: recordDispatchReplay(input: $input) {
        __typename ... on DispatchReplay { id } ... on Problem { code message }
      }
    }`,
    {
      input: {
        cooperativeId,
        title: "Senin",
        result: process.env.LUMBUNG_STORY_REPLAY,
        idempotencyKey: crypto.randomUUID(),
      },
    },
  );
  await ask(
    `mutation ($input: AdoptDispatchPolicyInput!) {
      done: adoptDispatchPolicy(input: $input) { __typename ... on Problem { code message } }
    }`,
    {
      input: {
        cooperativeId,
        mode: "OFFERS_THEN_BOARD",
        weights: { nearness: 10_000 },
        offersAtOnce: 12,
        alliesFromRound: 1,
        radius: 30_000,
        replayId: replay.id,
        decision: "Rapat anggota, keputusan 3",
        idempotencyKey: crypto.randomUUID(),
      },
    },
  );
}

/** A screen, and how one presses on it. */
function hand({ page, look }) {
  const press = pressing(page);
  const sees = (text, options) =>
    page
      .getByText(text)
      .first()
      .waitFor({ ...SOON, ...options });
  return { page, look, press, sees };
}

/** Ayu orders a thing of the shop, and answers the way to her order. */
async function order({ page, look, sees }, { pays, photographs = false }) {
  await page.goto(`/toko/${SLUG}`);
  await page.getByRole("button", { name: /Beras Medium/ }).click();
  await page.getByRole("button", { name: /^Tambah ·/ }).click();
  await page.getByRole("link", { name: /^Lihat keranjang/ }).click();
  await page.getByRole("link", { name: /^Lanjut/ }).click();
  const place = page.getByRole("button", { name: /^Pesan · Rp/ });
  await page.getByLabel(pays).check();
  await place.waitFor();
  if (photographs) await look("checkout");
  await place.click();
  await page.waitForURL(/\/pesanan\/./);
  if (pays === CASH) await sees("Menunggu jawaban toko");
  else await sees("Simulasi saja");
}

const CASH = "Tunai saat barang tiba";
const ONLINE = /^Bayar online/;

/** Bu Tutik hears it, takes it, and has it ready; answers the PIN that she tells the driver. */
async function accept({ page, look, press, sees }, photographs = false) {
  await page.getByRole("button", { name: /^Terima · siap/ }).waitFor(SOON);
  if (photographs) await look("rings");
  await page.getByRole("button", { name: /^Terima · siap/ }).click();
  await sees("Tambah waktu");
  if (photographs) await look("accepted");
  await press("Pesanan sudah siap");
}

/** Suparman takes what is offered to him, and the goods at the shop; answers his job's address. */
async function fetchGoods(driver, seller, photographs = false) {
  const { page, look, press, sees } = driver;
  await sees("Ditawarkan kepada Anda");
  await page.getByText("Mengapa saya?").first().click();
  if (photographs) await look("offer");
  await press("Terima");
  await page.getByRole("heading", { name: "Menuju toko" }).first().waitFor(SOON);
  if (photographs) await look("to-the-shop");
  await press("Saya sudah di toko");
  await page
    .getByLabel("PIN dari toko")
    .fill(await pinOn(seller.page, "Sebutkan PIN ini saat pengemudi di depan Anda"));
  if (photographs) {
    await seller.look("tells-the-pin");
    await look("at-the-shop");
  }
  await press("Barang sudah saya ambil");
  await page.getByRole("heading", { name: "Antar ke penerima" }).waitFor(SOON);
}

await adoptOffers();

await playTogether(Object.keys(phones), async (screens) => {
  const [buyer, seller, driver, treasurer] = Object.keys(phones).map((name) => hand(screens[name]));
  for (const [screen, path] of [
    [seller, "/jual"],
    [driver, "/antar"],
    [treasurer, "/loket"],
  ]) {
    await screen.page.goto(path);
    await screen.page.getByRole("link", { name: "Masuk" }).click();
  }
  await signIn(seller.page, phones.seller);
  await signIn(driver.page, phones.driver);
  await signIn(treasurer.page, phones.treasurer);
  await seller.page.getByRole("button", { name: "Nyalakan bunyi" }).last().click();
  await driver.page.getByRole("button", { name: "Selesai narik" }).waitFor();
  await treasurer.page.getByRole("link", { name: /Suparman/ }).waitFor();
  await buyer.page.goto("/alamat");
  await buyer.page.getByRole("link", { name: "Masuk" }).click();
  await signIn(buyer.page, phones.buyer);
  await buyer.page.getByRole("button", { name: "Tambah alamat" }).first().click();
  await buyer.page.getByRole("button", { name: "Pilih titik antar" }).click();
  await buyer.press("Posisi saya sekarang");
  // Until the sheet above it has gone, the form takes no keys.
  await buyer.page.getByRole("dialog").nth(1).waitFor({ state: "detached" });
  await buyer.page.getByLabel("Jalan dan nomor").fill("Jl. Ngagel Jaya Selatan 12");
  await buyer.page.getByLabel("Patokan").fill("Pagar hijau, seberang musala");
  await buyer.press("Simpan");
  await buyer.page.getByRole("dialog").waitFor({ state: "detached" }); // its hints look like an address
  await buyer.sees("Pagar hijau");

  // Paid online, carried, delivered, rated.
  await order(buyer, { pays: ONLINE, photographs: true });
  await buyer.sees("Menunggu jawaban toko");
  await buyer.look("paid-online");
  await accept(seller, true);
  await fetchGoods(driver, seller, true);
  await buyer.sees("Pengemudi menuju Anda");
  await buyer.look("on-its-way");
  await driver.look("to-the-door");
  await driver.press("Saya sudah sampai");
  await driver.page.locator("input[type=file]").setInputFiles(PHOTO);
  await driver.press("Minta tanda tangan");
  await sign(driver.page);
  await driver.look("signed");
  await driver.press("Pakai tanda tangan ini");
  await driver.page.getByLabel("PIN dari penerima").fill(await pinOn(buyer.page, /^Tunjukkan PIN ini/));
  await driver.look("at-the-door");
  await driver.press("Barang sudah diserahkan");
  await driver.sees("Selesai, terima kasih");
  await driver.look("delivered");
  await buyer.sees("Sudah sampai");
  await buyer.look("delivered");
  for (const [party, words] of [
    ["toko", "Berasnya bagus, cepat disiapkan"],
    ["pengemudi", ""],
  ]) {
    await buyer.press(`Nilai ${party}`);
    await buyer.page.getByRole("radio").first().check();
    await buyer.page.getByLabel(/^Cerita singkat/).fill(words);
    await buyer.look(`rating-${party}`);
    await buyer.press("Kirim penilaian");
    await buyer.sees(`Penilaian Anda untuk ${party}: 5 bintang`);
  }
  await buyer.look("rated");
  await buyer.page.goto(`/toko/${SLUG}`);
  await buyer.page.getByRole("button", { name: /^1 penilaian/ }).click();
  await buyer.sees("Berasnya bagus");
  await buyer.look("what-buyers-say");

  // In cash: the driver carries it, and hands it in at the counter.
  await order(buyer, { pays: CASH });
  await accept(seller);
  await driver.page.goto("/antar");
  await fetchGoods(driver, seller);
  await driver.press("Saya sudah sampai");
  await driver.sees(/^Tagih tunai Rp/);
  await driver.look("collects-cash");
  await driver.press("Ada kendala di jalan");
  await driver.page.getByLabel("Ban bocor").check();
  await driver.look("trouble");
  await driver.press("Beri tahu petugas");
  await driver.sees(/^Yang bisa dilakukan:/);
  await driver.look("remedies");
  await driver.press("Minta tolong");
  await driver.look("help");
  await driver.press("Tutup");
  await driver.page.getByLabel("PIN dari penerima").fill(await pinOn(buyer.page, /^Tunjukkan PIN ini/));
  await driver.press("Barang sudah diserahkan");
  await driver.sees("Selesai, terima kasih");
  await driver.page.goto("/antar/hasil");
  await driver.page.getByRole("button", { name: "Ambil bagian saya" }).click();
  await driver.page.getByLabel("Berapa (Rp)?").fill("1.000");
  await driver.look("keeps-as-earnings");
  await driver.press("Ambil Rp1.000");
  await driver.sees(/^Diambil sebagai hak/);
  await driver.look("cash-in-hand");
  await treasurer.press("Pengemudi");
  await treasurer.page.getByRole("link", { name: /Suparman/ }).click();
  await treasurer.page.getByRole("button", { name: "Terima setoran" }).click();
  await treasurer.look("hand-in");
  await treasurer.page
    .getByRole("dialog")
    .getByRole("button", { name: /^Terima Rp/ })
    .click();
  await treasurer.sees(/^Disetor/);
  await treasurer.look("handed-in");
  await driver.page.reload();
  await driver.sees(/^Disetor/);

  // The shop refuses: what was paid goes back.
  await order(buyer, { pays: ONLINE });
  await seller.page.getByRole("button", { name: "Tolak" }).click(SOON);
  await seller.look("declining");
  await seller.page.getByRole("dialog").getByRole("button", { name: "Tolak pesanan", exact: true }).click();
  await buyer.sees("Ditolak toko");
  await buyer.sees(/sudah dikembalikan kepada Anda/, { timeout: 60_000 });
  await buyer.page.getByText("Rincian").click();
  await buyer.look("refused-and-refunded");

  // Nobody opens: the goods go back to the shop.
  await order(buyer, { pays: ONLINE });
  await accept(seller);
  await driver.page.goto("/antar");
  await fetchGoods(driver, seller);
  await driver.press("Saya sudah sampai");
  await driver.press("Tidak bisa diserahkan");
  await driver.page.getByLabel("Penerima menolak").check();
  await driver.sees(/Anda tetap dibayar/);
  await driver.look("refused-at-the-door");
  await driver.page.getByRole("dialog").getByRole("button", { name: "Tidak bisa diserahkan" }).click();
  await driver.page.getByRole("heading", { name: "Bawa kembali ke toko" }).waitFor(SOON);
  await driver.look("brings-it-back");
  await driver.page
    .getByLabel("PIN pengembalian dari toko")
    .fill(await pinOn(seller.page, /^Sebutkan PIN ini setelah barang/));
  await seller.look("gets-it-back");
  await driver.press("Barang sudah dikembalikan");
  await driver.sees("Sudah dikembalikan");
  await buyer.sees("Dikembalikan ke toko");
  await buyer.sees(/^Ongkos antar Anda tanggung/);
  await buyer.page.getByText("Rincian").click();
  await buyer.sees(/^Dikembalikan \(selesai\)/, { timeout: 60_000 });
  await buyer.look("brought-back");

  // What the treasurer sees of all of it.
  await treasurer.page.goto("/loket/kliring");
  await treasurer.page.getByRole("link").filter({ hasText: "Rp" }).first().waitFor(SOON);
  await treasurer.look("who-owes-whom");
  await treasurer.page.goto("/loket/bukti");
  await treasurer.press("Buka buku");
  await treasurer.page.getByRole("link", { name: "Bukti baru" }).waitFor(SOON);
  await treasurer.page.goto("/loket/laporan");
  await treasurer.sees(/ASET/);
  await treasurer.look("balance-sheet");
  await driver.page.goto("/antar/hasil");
  await driver.sees("Per pekerjaan");
  await driver.look("earnings");
  await seller.page.goto("/jual/penjualan");
  await seller.sees(/^\d+ pesanan$/);
  await seller.look("sales");
});

/** A finger's line over the box. */
async function sign(page) {
  const box = await page.getByRole("img", { name: "Kotak tanda tangan" }).boundingBox();
  await page.mouse.move(box.x + 20, box.y + 40);
  await page.mouse.down();
  for (let step = 1; step <= 12; step += 1)
    await page.mouse.move(box.x + 20 + step * 18, box.y + 40 + (step % 2 ? 60 : 0));
  await page.mouse.up();
}
