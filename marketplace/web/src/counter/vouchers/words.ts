import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of vouchers and the months that are locked. */
export const say = words({
  newVoucher: ["Bukti baru", "New voucher"],
  noVouchers: ["Belum ada bukti", "No vouchers yet"],
  noVouchersHelp: [
    "Catat kas masuk, kas keluar, dan jurnal yang tidak lewat pasar.",
    "Record cash in, cash out and what does not come through the market.",
  ],
  all: ["Semua", "All"],
  noBooksHelp: [
    "Buka buku sekali saja: daftar akun sesuai jenis koperasi disiapkan, dan semua transaksi pasar masuk sendiri.",
    "Open them once: accounts of the co-op's kind are set up, and what the market moves comes in by itself.",
  ],
  openBooks: ["Buka buku", "Open the books"],
  openedOn: ["Dibuka per tanggal", "Opened on"],
  kind: ["Jenis bukti", "Kind"],
  bookedOn: ["Tanggal dibukukan", "Booked on"],
  description: ["Uraian", "What for"],
  party: ["Dari/kepada siapa", "From or to whom"],
  lines: ["Baris", "Lines"],
  cashAccount: ["Kas atau bank", "Cash or bank"],
  line: (n: number) => [`Baris ${n}`, `Line ${n}`],
  lineAmount: (n: number) => [`Jumlah baris ${n} (Rp)`, `Amount of line ${n} (Rp)`],
  lineAccount: (n: number) => [`Akun baris ${n}`, `Account of line ${n}`],
  lineSide: (n: number) => [`Sisi baris ${n}`, `Side of line ${n}`],
  addLine: ["Tambah baris", "Add a line"],
  removeLine: (n: number) => [`Hapus baris ${n}`, `Remove line ${n}`],
  choose: ["Pilih akun", "Choose an account"],
  unequal: (debits: string, credits: string) => [
    `Debit ${debits} dan kredit ${credits} harus sama.`,
    `Debits ${debits} and credits ${credits} must be equal.`,
  ],
  recordVoucher: ["Bukukan", "Book it"],
  voucherPosted: ["Dibukukan", "Booked"],
  voucherWaits: ["Menunggu pengurus kedua", "Waits for a second officer"],
  voucherTitle: (number: string) => [`Bukti ${number}`, `Voucher ${number}`],
  unnumbered: ["Bukti tanpa nomor", "Voucher without a number"],
  proposedBy: ["Dibuat oleh", "Made by"],
  approvedBy: ["Disetujui oleh", "Approved by"],
  attachments: ["Lampiran", "Attachments"],
  noAttachments: ["Belum ada lampiran", "No attachments"],
  attach: ["Lampirkan foto atau PDF", "Attach a photo or PDF"],
  attached: ["Terlampir", "Attached"],
  approveVoucher: ["Setujui bukti", "Approve the voucher"],
  why: ["Alasan", "Why"],
  approved: ["Disetujui", "Approved"],
  refused: ["Ditolak", "Refused"],
  bank: ["Cocokkan bank", "Reconcile the bank"],
  bankNote: ["Mutasi bank dan catatan buku", "The bank's statement and the book"],
  reverse: ["Batalkan dengan jurnal balik", "Take it back with a counter-entry"],
  reverseHelp: [
    "Bukti yang dibukukan tidak dihapus; jurnal balik meniadakannya. Keduanya tetap terbaca.",
    "What is booked is never erased; another voucher takes it back. Both can still be read.",
  ],
  reverseOn: ["Dibukukan per tanggal", "Booked on"],
  reverses: ["Meniadakan", "Reverses"],
  reversed: ["Ditiadakan", "Reversed"],
  reversedBy: ["Ditiadakan oleh", "Reversed by"],
  month: ["Kunci bulan", "Lock a month"],
  monthHelp: [
    "Bulan yang dikunci tidak bisa diubah lagi, termasuk bulan-bulan sebelumnya.",
    "A locked month can't be changed any more, nor those before it.",
  ],
  lockedThrough: (day: string) => [`Terkunci sampai ${day}`, `Locked through ${day}`],
  neverLocked: ["Belum ada bulan yang dikunci", "No month is locked yet"],
  checks: ["Sebelum dikunci", "Before it is locked"],
  allVouchers: ["Semua bukti disetujui", "All vouchers are approved"],
  waitingVouchers: (n: number) => [`${n} bukti menunggu persetujuan`, `Not approved yet: ${many(n, "voucher")}`],
  allMatched: ["Mutasi bank cocok semua", "All bank lines are matched"],
  unmatched: (n: number) => [`${n} baris mutasi bank belum dicocokkan`, `Not matched yet: ${many(n, "bank line")}`],
  allCounted: ["Kas sudah dihitung", "Cash was counted"],
  uncounted: (names: string) => [
    `Belum ada hitungan kas atau mutasi bank: ${names}`,
    `Neither counted nor with a bank statement: ${names}`,
  ],
  lock: (month: string) => [`Kunci ${month}`, `Lock ${month}`],
  lockSure: (month: string) => [
    `Kunci buku sampai akhir ${month}? Ini tidak bisa dibatalkan.`,
    `Lock the books until the end of ${month}? There is no way back.`,
  ],
  locked: (month: string) => [`${month} terkunci`, `${month} is locked`],
  nothingToLock: ["Tidak ada bulan yang bisa dikunci", "There is no month to lock"],
  nothingToLockHelp: ["Bulan dikunci setelah lewat.", "A month is locked once it is over."],
  laterMonth: ["Berikutnya", "Next"],
  earlierMonth: ["Sebelumnya", "Before"],
  sizeKb: (kb: string) => [`${kb} KB`, `${kb} KB`],
});

export const voucherKinds = words({
  CASH_IN: ["Kas masuk", "Cash in"],
  CASH_OUT: ["Kas keluar", "Cash out"],
  MEMORIAL: ["Memorial", "Memorial"],
});

export const voucherStates = words({
  PROPOSED: ["Menunggu", "Waits"],
  POSTED: ["Dibukukan", "Booked"],
  REFUSED: ["Ditolak", "Refused"],
});

export const STATE_TONES = { PROPOSED: "warn", POSTED: "good", REFUSED: "bad" } as const;
