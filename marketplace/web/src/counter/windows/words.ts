import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of the clearing between co-ops. */
export const say = words({
  windows: ["Putaran kliring", "Clearing windows"],
  noWindows: ["Belum ada utang antarkoperasi", "Co-ops owe each other nothing"],
  noWindowsHelp: [
    "Utang dari pesanan tercatat sendiri di sini.",
    "What orders make co-ops owe each other is recorded here by itself.",
  ],
  windowTitle: (n: number) => [`Putaran ${n}`, `Window ${n}`],
  grossToNet: (gross: string, net: string) => [`${gross} menjadi ${net}`, `${gross} becomes ${net}`],
  picture: ["Siapa berutang kepada siapa", "Who owes whom"],
  owes: (debtor: string, creditor: string, amount: string) => [
    `${debtor} berutang ${amount} kepada ${creditor}`,
    `${debtor} owes ${creditor} ${amount}`,
  ],
  saved: (gross: string, net: string) => [
    `Utang ${gross} cukup dibayar ${net}.`,
    `Debts of ${gross} are settled by paying ${net}.`,
  ],
  payments: ["Pembayaran", "Payments"],
  noPayments: ["Belum dihitung: putaran masih terbuka.", "Not reckoned yet: the window is open."],
  nothingToPay: ["Tidak ada yang perlu dibayar.", "Nothing needs to be paid."],
  paysTo: (payer: string, payee: string) => [`${payer} → ${payee}`, `${payer} → ${payee}`],
  closeWindow: ["Tutup dan hitung", "Close and reckon"],
  closeHelp: [
    "Utang dalam putaran ini dihitung bersih; pesanan sesudahnya masuk putaran baru.",
    "The debts of this window are netted; later orders go into a new one.",
  ],
  weApprove: ["Koperasi kami setuju", "Our co-op agrees"],
  approvals: (n: number, of: number) => [`${n} dari ${of} pihak setuju`, `Agreed by ${n} of ${many(of, "side")}`],
  bankFile: ["Berkas untuk bank", "File for the bank"],
  statementFile: ["Rekap putaran (PDF)", "The window's statement (PDF)"],
  reference: (text: string) => [`Berita: ${text}`, `Reference: ${text}`],
  paidAs: (text: string) => [`Nomor referensi bank: ${text}`, `The bank's reference: ${text}`],
  bankReference: ["Nomor referensi bank", "The bank's reference"],
  recordPaid: ["Sudah kami transfer", "We have paid it"],
  confirmPaid: ["Uangnya sudah masuk", "The money has come"],
  noAccount: ["Penerima belum punya rekening kliring", "The receiver has no settlement account"],
  settlementAccount: ["Rekening kliring", "Settlement account"],
  noSettlementAccount: [
    "Belum ada rekening. Tanpa itu koperasi tidak bisa dibayar.",
    "No account yet. Without one the co-op can't be paid.",
  ],
  proposeAccount: ["Ajukan rekening", "Propose an account"],
  changeAccount: ["Ganti rekening", "Change the account"],
  bank: ["Bank", "Bank"],
  bankHint: ["Misalnya BRI, BCA, Mandiri", "For example BRI, BCA, Mandiri"],
  accountNumber: ["Nomor rekening", "Account number"],
  holder: ["Atas nama", "Holder"],
  waitsForSecond: ["Menunggu pengurus kedua", "Waits for a second officer"],
  confirmAccount: ["Setujui rekening ini", "Agree to this account"],
  waitsForReceiver: (payee: string) => [
    `Menunggu ${payee} membenarkan uangnya masuk`,
    `Waits for ${payee} to confirm that the money has come`,
  ],
  openedAt: (at: string) => [`dibuka ${at}`, `opened ${at}`],
  closedAt: (at: string) => [`dihitung ${at}`, `reckoned ${at}`],
  crossCheck: ["Cek silang buku", "The books held against each other"],
  withOther: (name: string) => [`Dengan ${name}`, `With ${name}`],
  sharedLines: ["Baris yang dibandingkan", "Lines compared"],
  ourBook: ["Menurut buku kami", "In our book"],
  theirBook: ["Menurut buku mereka", "In theirs"],
  noDifference: ["Tidak ada selisih.", "Nothing differs."],
  notThere: ["tidak ada", "not there"],
  sides: (ours: string, theirs: string) => [`kami ${ours}, mereka ${theirs}`, `ours ${ours}, theirs ${theirs}`],
  goesAway: (payee: string) => [
    `Selisih ini hilang setelah ${payee} membenarkan uangnya masuk.`,
    `This difference goes away once ${payee} confirms that the money has come.`,
  ],
  openCases: ["Buka perkara selisih", "Open cases"],
  openCasesHelp: [
    "Setiap selisih menjadi perkara yang dibaca kedua koperasi, sampai dicatat bagaimana selesainya.",
    "Each difference becomes a case that both co-ops read, until it is written how it was settled.",
  ],
  between: (one: string, other: string) => [`${one} dan ${other}`, `${one} and ${other}`],
  caseOpen: ["Belum selesai", "Open"],
  caseResolved: ["Selesai", "Settled"],
  resolve: ["Catat penyelesaian", "Write how it was settled"],
  resolveHelp: ["Kedua koperasi membaca catatan ini.", "Both co-ops read this."],
  resolution: ["Bagaimana selesainya", "How it was settled"],
});

export const paymentStates = words({
  PLANNED: ["Perlu persetujuan", "Needs agreement"],
  APPROVED: ["Siap dibayar", "Ready to pay"],
  PAID: ["Ditransfer", "Paid"],
  CONFIRMED: ["Diterima", "Received"],
  VOID: ["Batal", "Void"],
});

export const PAYMENT_TONES = {
  PLANNED: "warn",
  APPROVED: "warn",
  PAID: "warn",
  CONFIRMED: "good",
  VOID: "bad",
} as const;

/** How two co-ops' books differ on a line. */
export const differences = words({
  AMOUNT: ["Jumlahnya berbeda", "The amounts differ"],
  FEE: ["Berbeda sebesar biaya bank", "It differs by a bank's fee"],
  MISSING_HERE: ["Hanya ada di buku mereka", "Only in their book"],
  MISSING_THERE: ["Hanya ada di buku kami", "Only in our book"],
});
