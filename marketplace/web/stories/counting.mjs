/** Pak Bambang takes a member's dues, saves and pays out for him, books a voucher, locks a month and reads reports. */
import { fileURLToPath } from "node:url";
import { play, pressing, signIn } from "./stage.mjs";

const RECEIPT = fileURLToPath(new URL("../public/icon-512.png", import.meta.url));
const TREASURER = "+628123100003";

await play("counting", async ({ page, look, lookWide, fetched }) => {
  const press = pressing(page);
  await page.goto("/loket");
  await page.getByRole("link", { name: "Masuk" }).click();
  await signIn(page, TREASURER);
  await page.getByRole("link", { name: /Suparman/ }).waitFor();
  await look("members");
  await lookWide("members");
  await page.getByLabel("Nama atau nomor anggota").fill("eko wah");
  await page.getByRole("link", { name: /Suparman/ }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: /Eko Wahyudi/ }).click();
  await page.getByRole("button", { name: "Terima pembayaran" }).waitFor();
  await look("member");
  await lookWide("member");
  await press("Terima pembayaran");
  await look("take-dues");
  await page.getByRole("button", { name: /^Terima Rp/ }).click();
  await page.getByRole("heading", { name: /^Kuitansi / }).waitFor();
  await look("receipt");
  await fetched(() => press("Unduh kuitansi (PDF)"), /kuitansi.*\.pdf$/);
  await press("Selesai");
  await press("Setor");
  await page.getByLabel("Berapa (Rp)?").fill("50.000");
  await press("Terima Rp50.000");
  await page.getByRole("heading", { name: /^Kuitansi / }).waitFor();
  await press("Selesai");
  await press("Tarik");
  await page.getByLabel("Berapa (Rp)?").fill("20.000");
  await look("withdraw");
  await press("Catat permintaan Rp20.000");
  await page.getByText("Penarikan yang menunggu").waitFor();
  await look("withdrawal-waits");
  await press("Bayarkan");
  await page.getByText("Penarikan yang menunggu").waitFor({ state: "detached" });
  await page.goto("/loket");
  await press("Pengemudi");
  await page.getByRole("link", { name: /Suparman/ }).waitFor();
  await look("drivers");
  await page.getByRole("link", { name: /Suparman/ }).click();
  await page.getByText("Uang tunai di tangan").waitFor();
  await look("driver");

  await page.goto("/loket/urusan");
  await page.getByRole("link", { name: /Iuran belum dibayar/ }).click();
  await press("Sampai akhir bulan");
  await page.getByRole("button", { name: "Terima pembayaran" }).first().waitFor();
  await look("unpaid-dues");
  await press("Terima pembayaran");
  await page.getByRole("button", { name: /^Terima Rp/ }).click();
  await page.getByRole("heading", { name: /^Kuitansi / }).waitFor();
  await press("Selesai");

  await page.goto("/loket/bukti");
  await page.getByText("Buku belum dibuka").waitFor();
  await look("no-books");
  await press("Buka buku");
  await page.getByRole("link", { name: "Bukti baru" }).click();
  await page.getByLabel("Uraian").fill("Sewa tenda rapat anggota");
  await page.getByLabel("Dari/kepada siapa").fill("UD Tenda Jaya");
  const chosen = await page
    .getByLabel("Akun baris 1")
    .locator("option", { hasText: /^[56]-\d+ / })
    .first();
  await page.getByLabel("Akun baris 1").selectOption(await chosen.getAttribute("value"));
  await page.getByLabel("Jumlah baris 1 (Rp)").fill("150.000");
  await look("new-voucher");
  await press("Memorial");
  await page.getByRole("heading", { name: "Baris 2" }).waitFor();
  await look("new-memorial");
  await press("Hapus baris 2");
  await press("Kas keluar");
  await page.getByRole("button", { name: /^Bukukan · Rp150\.000/ }).click();
  await page.getByText("Belum ada lampiran").waitFor();
  await page.locator("input[type=file]").setInputFiles(RECEIPT);
  await page.getByRole("button", { name: /icon-512/ }).waitFor();
  await look("voucher");
  await lookWide("voucher");
  await page.goto("/loket/bukti");
  await page.getByText("Sewa tenda rapat anggota").waitFor();
  await look("vouchers");

  await page.getByRole("link", { name: /Kunci bulan/ }).click();
  await page.getByRole("heading", { name: "Sebelum dikunci" }).waitFor();
  await look("month");
  await page.getByRole("button", { name: /^Kunci / }).click();
  await look("month-sure");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Kunci / })
    .click();
  await page.getByText(/^Terkunci sampai/).waitFor();
  await look("month-locked");

  await page.goto("/loket/laporan");
  await page.getByText("ASET", { exact: false }).first().waitFor();
  await look("balance-sheet");
  await lookWide("balance-sheet");
  await fetched(() => press("Unduh PDF"), /\.pdf$/);
  await fetched(() => press("Unduh Excel"), /\.xlsx$/);
  await page.locator("main li button").first().click();
  await look("figure");
  await page.getByRole("dialog").getByRole("link").first().click();
  await page.getByText("Saldo akhir").waitFor();
  await look("postings");
  await page.goto("/loket/laporan");
  await press("PHU");
  await page.getByLabel("Dari").waitFor();
  await page.getByRole("button", { name: "PHU", pressed: true }).waitFor();
  await look("surplus");
  await page.getByRole("link", { name: "Neraca saldo" }).click();
  await page.getByText("Seimbang", { exact: true }).waitFor();
  await look("trial-balance");
  await lookWide("trial-balance");
  await fetched(() => press("Unduh Excel"), /\.xlsx$/);
  await press("Bulan ini");
  await page.getByRole("button", { name: "Bulan ini", pressed: true }).waitFor();
  await page
    .getByRole("link", { name: /Saldo Rp\S+ \((debit|kredit)\)/ })
    .first()
    .click();
  await page.getByText("Saldo akhir").waitFor();
  await page.goBack();
  await page.getByRole("button", { name: "Bulan ini", pressed: true }).waitFor();
});
