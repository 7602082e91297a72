import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of moving a co-op in from its spreadsheets. */
export const say = words({
  title: ["Pindahan data", "Moving in"],
  help: [
    "Anggota, simpanan, pinjaman yang masih berjalan, stok unit, dan saldo awal pindah dari lembar kerja koperasi.",
    "Members, savings, running loans, units' stock and opening balances move in from the co-op's spreadsheets.",
  ],
  sheets: ["1. Isi lembarnya", "1. Fill in the sheets"],
  template: ["Unduh semua (XLSX)", "Download all (XLSX)"],
  sheetsHelp: [
    "Boleh sekaligus dalam satu berkas, atau satu per satu. Tiap lembar ada petunjuk dan contohnya.",
    "All at once in one file, or one after the other. Each sheet comes with a guide and examples.",
  ],
  bring: ["2. Coba dulu", "2. Try it"],
  bringHelp: [
    "Berkas diperiksa tanpa menyimpan apa pun. Ulangi sampai semua jumlah cocok, lalu ajukan: pengurus kedua yang memasukkannya.",
    "The file is checked and nothing is kept. Repeat until all totals agree, then propose it: a second officer has it taken in.",
  ],
  upload: ["Pilih berkas isian", "Choose the filled-in file"],
  propose: ["Ajukan ke pengurus kedua", "Propose to a second officer"],
  wasDone: ["Berkas ini sudah pernah dimasukkan.", "This file was taken in before."],
  proved: ["Semua jumlah cocok", "All totals agree"],
  notProved: ["Belum bisa dimasukkan", "Can't be taken in yet"],
  read: ["Yang terbaca", "What was read"],
  members: ["Anggota", "Members"],
  savings: ["Rekening simpanan", "Savings accounts"],
  deposits: ["Simpanan berjangka", "Term deposits"],
  loans: ["Pinjaman berjalan", "Running loans"],
  items: ["Barang di unit", "Items of units"],
  debits: ["Jumlah debit", "Debits"],
  credits: ["Jumlah kredit", "Credits"],
  difference: ["Selisih", "Difference"],
  proof: ["Pembuktian saldo", "The balancing proof"],
  proofHelp: [
    "Jumlah tiap lembar harus sama dengan akunnya di buku, sampai rupiah terakhir.",
    "The sum of each sheet must be its account's in the books, to the last rupiah.",
  ],
  agrees: ["Cocok", "Agrees"],
  differs: ["Belum cocok", "Differs"],
  rowsOf: (rows: number, sheet: string) => [`${rows} baris ${sheet}`, `${many(rows, "row")} of ${sheet}`],
  inBooks: ["Di buku", "In the books"],
  notes: (n: number) => [`Perlu dilihat: ${n} catatan`, `${many(n, "note")} worth a look`],
  sets: ["3. Yang sudah diajukan", "3. What was proposed"],
  none: ["Belum ada yang diajukan", "Nothing was proposed yet"],
  membersIn: (n: number) => [`${n} anggota`, many(n, "member")],
  loansIn: (n: number) => [`${n} pinjaman`, many(n, "loan")],
  itemsIn: (n: number) => [`${n} barang`, many(n, "item")],
  balancesOf: (amount: string) => [`saldo awal ${amount} di tiap sisi`, `opening balances of ${amount} a side`],
  confirm: ["Masukkan ke koperasi", "Take it in"],
  confirmHelp: [
    "Semua isinya langsung tercatat, dan tidak bisa dibatalkan lagi.",
    "All of it is written at once. There is no way back.",
  ],
  withdraw: ["Batalkan", "Withdraw it"],
});

/** The sheets as people call them, by the names that files have them under. */
export const sheetNames = words({
  anggota: ["Anggota", "Members"],
  simpanan: ["Simpanan", "Savings"],
  simpanan_berjangka: ["Simpanan berjangka", "Term deposits"],
  pinjaman: ["Pinjaman berjalan", "Running loans"],
  persediaan: ["Stok unit", "Units' stock"],
  neraca_saldo: ["Saldo awal", "Opening balances"],
});

/** What each sheet holds. */
export const sheetNotes = words({
  anggota: ["Nomor, nama, NIK, HP, tanggal masuk, ahli waris", "Number, name, NIK, phone, day of joining, heir"],
  simpanan: ["Pokok, wajib, sukarela tiap anggota", "Principal, mandatory, voluntary of each member"],
  simpanan_berjangka: ["Produk, nominal, mulai kapan, jasa", "Product, amount, since when, rate"],
  pinjaman: [
    "Jumlah, jangka, jasa, angsuran lunas, sisa pokok",
    "Amount, months, rate, instalments paid, what is left",
  ],
  persediaan: ["Kode, nama, jumlah, harga beli, harga jual", "Code, name, how many, cost, price"],
  neraca_saldo: ["Saldo debit dan kredit tiap akun", "Debit and credit of each account"],
});

export const movingStates = words({
  PROPOSED: ["Menunggu", "Waits"],
  DONE: ["Selesai", "Done"],
  WITHDRAWN: ["Dibatalkan", "Withdrawn"],
});
