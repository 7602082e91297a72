/** Bu Tutik changes many things at once: her list has a wrong row, is mended, looked at and taken, with its picture. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PICTURE = readFileSync(fileURLToPath(new URL("../public/icon-512.png", import.meta.url)));
const list = (price) => ({
  name: "daftar harga.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    `nama;harga;stok;kategori;satuan;foto\nBeras Medium;12.000;60;;;\nKacang Hijau;${price};25;Bumbu & cabai;kg;kacang.png\n`,
  ),
});

/** From the menu, and back to it. */
export async function bringsAList({ page, look, fetched }) {
  await page.getByRole("link", { name: "Isi banyak sekaligus (Excel)" }).click();
  await page.getByText("Isi atau ubah banyak barang sekaligus").waitFor();
  await look("price-list");
  await fetched(() => page.getByRole("button", { name: "Unduh lembar kerja" }).click(), /^menu\.xlsx$/);
  const picker = page.getByLabel("Pilih berkas", { exact: false });
  await picker.setInputFiles(list("24,5"));
  await page.getByText("Baris 3, kolom harga").waitFor();
  await page.getByText("harus bilangan bulat, misalnya 15000").waitFor();
  await look("price-list-wrong");
  await picker.setInputFiles(list("24.500"));
  await page.getByText(/harga: Rp[0-9.]+ menjadi Rp12\.000/).waitFor();
  await page.getByLabel("Pilih foto").setInputFiles({ name: "Kacang.png", mimeType: "image/png", buffer: PICTURE });
  await page.getByText("Foto: 1 dari 1 sudah dipilih").waitFor();
  await look("price-list-right");
  await page.getByRole("button", { name: "Simpan 2 barang" }).click();
  await page.getByText("Tersimpan: 1 barang baru, 1 diubah").waitFor();
  await look("price-list-saved");
  await page.getByRole("link", { name: "Lihat menu" }).click();
  await page.getByRole("button", { name: /^Kacang Hijau/ }).waitFor();
}
