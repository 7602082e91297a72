import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of moving a co-op in from its spreadsheets. */
export const say = words({
  title: ["Pindahan data", "Moving in"],
  help: [
    "Anggota, simpanan, pinjaman, dan saldo awal dari lembar kerja koperasi. Isi contohnya, lalu unggah: berkas dicoba dulu, dan pengurus kedua yang memasukkannya.",
    "Members, savings, loans and opening balances from the co-op's spreadsheets. Fill in the template and upload it: it is tried first, and a second officer has it taken in.",
  ],
  template: ["Unduh lembar contoh (XLSX)", "Download the template (XLSX)"],
  upload: ["Pilih berkas yang sudah diisi", "Choose the filled-in file"],
  propose: ["Ajukan ke pengurus kedua", "Propose to a second officer"],
  proved: ["Semua jumlah cocok", "All totals agree"],
  notProved: ["Jumlahnya belum cocok", "The totals don't agree yet"],
  members: ["Anggota", "Members"],
  savings: ["Rekening simpanan", "Savings accounts"],
  loans: ["Pinjaman berjalan", "Running loans"],
  sums: (rows: number, total: string, books: string) => [
    `${rows} baris berjumlah ${total}, saldo awal ${books}`,
    `${many(rows, "row")} sum to ${total}, opening balance ${books}`,
  ],
  sets: ["Yang sudah diajukan", "What was proposed"],
  none: ["Belum ada yang diajukan", "Nothing was proposed yet"],
  holds: (members: number, loans: number) => [
    `${members} anggota, ${loans} pinjaman`,
    `${many(members, "member")}, ${many(loans, "loan")}`,
  ],
  confirm: ["Masukkan ke koperasi", "Take it in"],
  confirmHelp: [
    "Anggota, simpanan, pinjaman, dan saldo awal langsung tercatat. Ini tidak bisa dibatalkan.",
    "Members, savings, loans and opening balances are written at once. There is no way back.",
  ],
  withdraw: ["Batalkan", "Withdraw it"],
});

export const movingStates = words({
  PROPOSED: ["Menunggu", "Waits"],
  DONE: ["Selesai", "Done"],
  WITHDRAWN: ["Dibatalkan", "Withdrawn"],
});
