import { words } from "../ground/language";
import { many } from "../ground/many";

/** What several of the counter's pages say to a co-op's officers. */
export const say = words({
  desk: ["Loket", "Counter"],
  vouchers: ["Bukti", "Vouchers"],
  reports: ["Laporan", "Reports"],
  clearing: ["Kliring", "Clearing"],
  board: ["Antaran", "Dispatch"],
  cooperatives: ["Koperasi", "Co-ops"],
  noOffice: ["Anda bukan pengurus koperasi", "You are no officer of a co-op"],
  noOfficeHelp: [
    "Halaman ini untuk pengurus, pengawas, dan petugas pengantaran. Ketua yang memberi jabatan.",
    "This page is for officers, supervisors and dispatchers. The chair gives offices.",
  ],
  toMarket: ["Ke beranda", "To the market"],
  findMember: ["Nama atau nomor anggota", "Name or member number"],
  memberNumber: (n: string) => [`Anggota no. ${n}`, `Member no. ${n}`],
  unnamed: ["Tanpa nama", "No name"],
  agreed: ["Disetujui", "Agreed"],
  refuse: ["Tolak", "Refuse"],
  done: ["Selesai", "Done"],
  noBooks: ["Buku belum dibuka", "The books are not open"],
  debit: ["Debit", "Debit"],
  credit: ["Kredit", "Credit"],
  affairs: ["Urusan", "Affairs"],
  optional: (label: string) => [`${label} (boleh kosong)`, `${label} (optional)`],
  chooseOne: ["Pilih", "Choose"],
  refusals: (n: number) => [
    `${n} baris belum benar, jadi belum ada yang dimasukkan`,
    `${many(n, "line")} not right yet, so nothing was taken in`,
  ],
  andMore: (n: number) => [`dan ${n} lagi`, `and ${n} more`],
  atLine: (n: number) => [`baris ${n}`, `line ${n}`],
  noBooksHelp: ["Buka buku dulu di halaman Bukti.", "Open the books first, on the page of vouchers."],
  rateTyped: ["Bunga setahun (%)", "Rate a year (%)"],
  rateHint: ["Misalnya 4 atau 10,5", "For example 4 or 10.5"],
  offered: ["Ditawarkan", "Offered"],
  retired: ["Dihentikan", "Retired"],
  withdrawalList: ["Penarikan simpanan", "Savings withdrawals"],
});
