import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of what the co-op itself borrowed. */
export const say = words({
  title: ["Pinjaman dari luar", "What the co-op borrowed"],
  none: ["Belum ada pinjaman dari luar", "Nothing was borrowed yet"],
  noneHelp: ["LPDB, bank, atau koperasi lain.", "From LPDB, a bank or another co-op."],
  record: ["Catat pinjaman", "Record a borrowing"],
  recordHelp: [
    "Pengurus kedua menyetujui, baru uangnya dibukukan di bank.",
    "A second officer agrees before the money is booked at the bank.",
  ],
  lender: ["Pemberi pinjaman", "Lender"],
  lenderName: ["Nama pemberi pinjaman", "The lender's name"],
  reference: ["Nomor perjanjian", "Number of the contract"],
  amount: ["Jumlah (Rp)", "Amount (Rp)"],
  months: ["Jangka waktu (bulan)", "Term (months)"],
  method: ["Cara bunga dihitung", "How interest is reckoned"],
  receivedOn: ["Tanggal uang masuk", "When the money came"],
  firstDrawn: ["Yang masuk lebih dulu (Rp)", "What came in first (Rp)"],
  firstDrawnHint: ["Kosongkan kalau semuanya masuk sekaligus.", "Leave it empty if all of it came at once."],
  drawn: ["Sudah masuk", "Came in"],
  recordedAsDrawn: ["Dicatat masuk", "Recorded as received"],
  drawnOf: (drawn: string, amount: string) => [`${drawn} dari ${amount}`, `${drawn} of ${amount}`],
  part: (amount: string, day: string, reference: string) => [
    `Masuk ${amount}, ${day} · ${reference}`,
    `${amount} came in, ${day} · ${reference}`,
  ],
  partWaits: (amount: string, day: string, reference: string) => [
    `${amount} (${day}, ${reference}) menunggu persetujuan pengurus kedua.`,
    `${amount} (${day}, ${reference}) waits for a second officer.`,
  ],
  agreePart: ["Setujui uang masuk", "Agree to it"],
  withdrawPart: ["Batalkan", "Withdraw it"],
  draw: ["Catat uang masuk lagi", "Record that more came in"],
  leftToDraw: (amount: string) => [`Paling banyak ${amount}.`, `At most ${amount}.`],
  outstanding: ["Sisa pokok", "Outstanding"],
  onLent: ["Disalurkan ke anggota", "On-lent to members"],
  onLentTo: (amount: string, n: number) => [`${amount}, ${n} pinjaman`, `${amount}, ${many(n, "loan")}`],
  onLentToNobody: ["Belum ada", "None yet"],
  next: ["Angsuran berikut", "Next instalment"],
  instalment: (amount: string, day: string) => [`${amount}, ${day}`, `${amount}, ${day}`],
  terms: (amount: string, months: number, rate: string) => [
    `${amount} selama ${months} bulan, bunga ${rate} setahun`,
    `${amount} over ${many(months, "month")} at ${rate} a year`,
  ],
  agree: ["Setujui", "Agree"],
  withdraw: ["Batalkan catatan", "Withdraw it"],
  pay: ["Catat angsuran dibayar", "Record an instalment paid"],
  paidOn: ["Tanggal dibayar", "Paid on"],
  bankReference: ["Nomor referensi bank", "The bank's reference"],
});

export const lenders = words({
  LPDB: ["LPDB", "LPDB"],
  BANK: ["Bank", "Bank"],
  COOPERATIVE: ["Koperasi lain", "Another co-op"],
  OTHER: ["Lainnya", "Other"],
});

export const borrowingStates = words({
  PROPOSED: ["Menunggu", "Waits"],
  RUNNING: ["Berjalan", "Running"],
  REPAID: ["Lunas", "Repaid"],
  WITHDRAWN: ["Dibatalkan", "Withdrawn"],
});
