/**
 * A newcomer's first order, by hand in the browser alone: one person with three phones, as after `make run`.
 *
 * He knows the three numbers that README gives him; the node shows the codes. LUMBUNG_STORY_PACE_MS is what he takes
 * before each touch; the story ends in failure after five minutes. Four of its screens are the pictures in README.
 */
import { join } from "node:path";
import process from "node:process";
import { play } from "./stage.mjs";

const MOST_S = 300;
const { LUMBUNG_STORY_PACE_MS: PACE = "0", LUMBUNG_STORY_SHOTS: SHOTS } = process.env;
const began = Date.now();

/** A person's hands on this phone. */
function hands(page) {
  const think = () => page.waitForTimeout(Number(PACE));
  const type = async (label, text) => {
    await think();
    await page.getByLabel(label).pressSequentially(text, { delay: Number(PACE) / 10 });
  };
  const press = async (name, role = "button") => {
    const what = page.getByRole(role, { name }).first();
    await what.waitFor();
    await think();
    await what.click();
  };
  return {
    think,
    type,
    press,
    /** Sign in as who has this number; the code stands on the page. */
    async enter(phone) {
      await press("Masuk", "link");
      await type("Nomor HP", phone);
      await press("Kirim kode");
      await page.getByText("Kode Anda").waitFor();
      await press(/^Masuk$/);
    },
    /** What is seen now, for README. */
    picture: (name) => page.screenshot({ path: join(SHOTS, `readme-${name}.png`) }),
  };
}

/** The four digits that somebody reads off another phone. */
async function read(page, about) {
  const told = page
    .getByText(about)
    .locator("..")
    .getByText(/^\d{4}$/);
  return (await told.first().textContent()).trim();
}

await play("newcomer-buyer", async ({ page: buying, look }) => {
  const ayu = hands(buying);
  await buying.goto("/");
  await ayu.press(/Pilih lokasi/);
  await ayu.press("Posisi saya sekarang");
  await ayu.press(/Cari nasi goreng/, "link");
  await ayu.type("Mau cari apa?", "beras medium");
  await ayu.press(/Kios Beras Bu Tutik/, "link");
  await ayu.press(/^Tambah · Rp/);
  await ayu.press(/^Lihat keranjang/, "link");
  await ayu.press(/^Lanjut/, "link");
  await ayu.enter("+6281235000001");
  await ayu.press("Tambah alamat");
  await ayu.type("Jalan dan nomor", "Jl. Ngagel Jaya Selatan 12");
  await ayu.press("Simpan");
  await buying.getByRole("button", { name: /^Pesan · Rp/ }).waitFor();
  await buying.getByLabel("Tunai saat barang tiba").check();
  await ayu.think();
  await ayu.picture("checkout");
  await ayu.press(/^Pesan · Rp/);
  await buying.getByText("Tunjukkan PIN ini").waitFor();

  await play("newcomer-seller", async ({ page: selling }) => {
    const tutik = hands(selling);
    await selling.goto("/jual");
    await tutik.enter("+62812320000100");
    await selling.getByRole("button", { name: /^Terima/ }).waitFor();
    await tutik.picture("ringing");
    await tutik.press(/^Terima/);
    await tutik.press(/^Pesanan sudah siap/);

    await play("newcomer-driver", async ({ page: driving }) => {
      const suparman = hands(driving);
      await driving.goto("/antar");
      await suparman.enter("+6281231000011");
      await suparman.press("Ambil");
      await driving.getByRole("heading", { name: "Menuju toko" }).first().waitFor();
      await suparman.press("Saya sudah di toko");
      await selling.reload();
      await suparman.type("PIN dari toko", await read(selling, "Sebutkan PIN ini"));
      await suparman.press("Barang sudah saya ambil");
      await driving.getByRole("button", { name: "Saya sudah sampai" }).waitFor();
      await suparman.picture("driving");
      await suparman.press("Saya sudah sampai");
      await suparman.type("PIN dari penerima", await read(buying, "Tunjukkan PIN ini"));
      await suparman.press("Barang sudah diserahkan");
      await driving.getByText("Selesai, terima kasih").waitFor();
      await driving.getByText("belum terkirim").waitFor({ state: "detached" }); // before his phone is put away
    });
  });

  await buying.getByText("Sudah sampai").first().waitFor();
  const seconds = Math.round((Date.now() - began) / 1000);
  await ayu.press("Lihat siapa mendapat apa");
  await buying.getByText("Koperasi pengemudi").waitFor();
  await ayu.picture("delivered");
  await look("delivered");
  process.stdout.write(`delivered after ${seconds} s\n`);
  if (seconds > MOST_S) throw new Error(`a newcomer needs ${seconds} s`);
});
