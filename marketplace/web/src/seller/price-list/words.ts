import { words } from "../../ground/language";
import { many } from "../../ground/many";

export const say = words({
  title: ["Daftar harga", "Price list"],
  how: [
    "Isi atau ubah banyak barang sekaligus di Excel atau Google Sheets, lalu kirim ke sini. Tidak ada yang disimpan sebelum Anda setuju.",
    "Fill in or change many things at once in Excel or Google Sheets, then send it here. Nothing is saved before you agree.",
  ],
  fetch: ["Unduh lembar kerja", "Get the spreadsheet"],
  fetchHelp: [
    "Berisi dua baris contoh dan semua yang sudah Anda jual. Kolom yang wajib hanya nama dan harga; barang baru juga perlu kategori.",
    "It holds two example rows and all that you sell already. Only the name (nama) and price (harga) are needed; something new needs a category (kategori) too.",
  ],
  asCsv: ["Unduh sebagai CSV", "Get it as CSV"],
  pick: ["Pilih berkas isian", "Choose the filled-in file"],
  pickAnother: ["Pilih berkas lagi", "Choose the file again"],
  look: (name: string) => [`Isi ${name}`, `What ${name} holds`],
  isNew: ["Barang baru", "New"],
  isChanged: ["Diubah", "Changed"],
  unchanged: ["Tetap sama", "As they were"],
  wrong: ["Baris yang salah", "Wrong rows"],
  things: (n: number) => [`${n} barang`, many(n, "thing")],
  rows: (n: number) => [`${n} baris`, many(n, "row")],
  mend: [
    "Perbaiki baris ini di lembar kerja, simpan, lalu pilih berkasnya lagi. Belum ada yang disimpan.",
    "Mend these rows in the spreadsheet, save it, and choose the file again. Nothing is saved yet.",
  ],
  row: (n: number, column: string) => [`Baris ${n}, kolom ${column}`, `Row ${n}, column ${column}`],
  moreWrong: (n: number) => [`dan ${n} kesalahan lain`, `and ${many(n, "more fault")}`],
  moreThings: (n: number) => [`dan ${n} barang lain`, `and ${n} more`],
  unused: (columns: string) => [`Kolom yang tidak dipakai: ${columns}`, `Columns that are not used: ${columns}`],
  nothing: ["Tidak ada yang berubah", "Nothing changes"],
  nothingHelp: [
    "Semua isi berkas ini sudah sama dengan menu Anda.",
    "All that this file holds is on your menu already.",
  ],
  to: (before: string, after: string) => [`${before} menjadi ${after}`, `${before} becomes ${after}`],
  empty: ["kosong", "empty"],
  newVariant: (name: string) => [`varian baru: ${name}`, `new variant: ${name}`],
  otherOptions: ["pilihan diganti", "other options"],
  photos: (there: number, named: number) => [
    `Foto: ${there} dari ${named} sudah dipilih`,
    `Photos: ${there} of ${named} chosen`,
  ],
  photosHelp: [
    "Pilih foto yang nama berkasnya sama dengan kolom foto. Boleh juga nanti.",
    "Choose the photos whose file names stand in the column foto. Later will do too.",
  ],
  pickPhotos: ["Pilih foto", "Choose photos"],
  save: (n: number) => [`Simpan ${n} barang`, `Save ${many(n, "thing")}`],
  sending: (n: number, of: number) => [`Mengirim foto ${n} dari ${of}`, `Sending photo ${n} of ${of}`],
  saved: (created: number, changed: number) => [
    `Tersimpan: ${created} barang baru, ${changed} diubah`,
    `Saved: ${created} new, ${changed} changed`,
  ],
  lost: (names: string) => [
    `Daftar tersimpan, tetapi foto ini gagal terkirim: ${names}. Tambahkan dari menu.`,
    `The list is saved, but these photos were not sent: ${names}. Add them on the menu.`,
  ],
  toMenu: ["Lihat menu", "See the menu"],
});
