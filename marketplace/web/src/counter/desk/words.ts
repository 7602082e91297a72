import { words } from "../../ground/language";

/** What officers read of the counter itself. */
export const say = words({
  members: ["Anggota", "Members"],
  drivers: ["Pengemudi", "Drivers"],
  findDriver: ["Nama atau nomor polisi", "Name or plate"],
  nobody: ["Tidak ada yang cocok", "Nobody matches"],
  nobodyHelp: ["Coba sebagian nama saja.", "Try a part of the name."],
  holds: (cash: string) => [`pegang tunai ${cash}`, `holds ${cash} in cash`],
  owed: ["Harus dibayar", "Owed"],
  takeDues: ["Terima pembayaran", "Take a payment"],
  takeDuesHelp: [
    "Yang jatuh tempo lebih dulu dibayar lebih dulu. Anggota mendapat kuitansi bernomor.",
    "What is due first is paid first. The member gets a numbered receipt.",
  ],
  savings: ["Simpanan", "Savings"],
  noSavings: ["Belum punya simpanan", "No savings yet"],
  broken: (ends: string, forgone: string, byTheEnd: string) => [
    `Jatuh tempo ${ends}. Bila anggota mencairkannya hari ini, bunga ${forgone} hangus; bila ditunggu, bunganya ${byTheEnd} (sebelum pajak).`,
    `Its term ends ${ends}. If the member takes it back today, ${forgone} of interest is lost; if it stays, it earns ${byTheEnd} (before tax).`,
  ],
  deposit: ["Setor", "Deposit"],
  depositTo: (name: string) => [`Setor ke ${name}`, `Deposit to ${name}`],
  withdraw: ["Tarik", "Withdraw"],
  withdrawFrom: (name: string) => [`Tarik dari ${name}`, `Withdraw from ${name}`],
  withdrawHelp: [
    "Dicatat dulu sebagai permintaan. Di atas batas, pengurus lain menyetujui sebelum dibayar.",
    "It is first noted as a request. Above the limit another officer agrees before it is paid.",
  ],
  passbook: ["Buku simpanan (PDF)", "Passbook (PDF)"],
  countHis: ["Hitung uangnya di depan pengemudi.", "Count the money before the driver."],
  count: ["Hitung uangnya di depan anggota.", "Count the money before the member."],
  take: (amount: string) => [`Terima ${amount}`, `Take ${amount}`],
  balance: (amount: string) => [`Saldo ${amount}`, `Balance ${amount}`],
  ask: (amount: string) => [`Catat permintaan ${amount}`, `Note a request for ${amount}`],
  withdrawals: ["Penarikan yang menunggu", "Withdrawals that wait"],
  agree: ["Setujui", "Agree"],
  needsTwo: ["Perlu dua pengurus", "Needs two officers"],
  pay: ["Bayarkan", "Pay out"],
  payableFrom: (day: string) => [`bisa dibayar mulai ${day}`, `payable from ${day}`],
  paidOut: ["Sudah dibayarkan", "Paid out"],
  noted: ["Tercatat", "Noted"],
  receipt: ["Kuitansi", "Receipt"],
  receiptNumber: (n: string) => [`Kuitansi ${n}`, `Receipt ${n}`],
  receipts: ["Pembayaran terakhir", "Last payments"],
  noReceipts: ["Belum ada pembayaran", "No payments yet"],
  kept: ["Lebihnya menjadi titipan", "The rest is kept for him"],
  received: ["Diterima", "Received"],
  on: ["Tanggal", "Date"],
  downloadReceipt: ["Unduh kuitansi (PDF)", "Download the receipt (PDF)"],
  print: ["Cetak", "Print"],
  cashInHand: ["Uang tunai di tangan", "Cash in hand"],
  cashLimit: ["Batas uang tunai", "Cash limit"],
  earningsDue: ["Upah yang belum dibayar", "Earnings due"],
  handIn: ["Terima setoran", "Take cash"],
  handInHelp: [
    "Uang hasil antaran yang ia pegang untuk koperasi.",
    "Cash from deliveries that he holds for the co-op.",
  ],
  handIns: ["Setoran terakhir", "Last hand-ins"],
  noHandIns: ["Belum pernah setor", "Nothing handed in yet"],
  tookFrom: (amount: string, name: string) => [`Diterima ${amount} dari ${name}`, `Took ${amount} from ${name}`],
  total: ["Jumlah", "Total"],
  noWithdrawals: ["Tidak ada penarikan yang menunggu", "No withdrawals wait"],
  noWithdrawalsHelp: [
    "Permintaan anggota, di loket atau dari HP, muncul di sini.",
    "What members ask for, at the counter or on the phone, appears here.",
  ],
});

export const clearings = words({
  HANDED_IN: ["Disetor", "Handed in"],
  SET_OFF: ["Diambil sebagai upah", "Kept as earnings"],
});

export const driverStates = words({
  APPLIED: ["Mengajukan", "Applied"],
  APPROVED: ["Aktif", "Active"],
  REFUSED: ["Ditolak", "Refused"],
  SUSPENDED: ["Dihentikan", "Suspended"],
});
