import { words } from "../ground/language";

/** What this area says to a member. */
export const say = words({
  savings: ["Simpanan", "Savings"],
  loans: ["Pinjaman", "Loans"],
  meetings: ["Rapat", "Meetings"],
  surplus: ["SHU", "Surplus"],
  others: ["Lainnya", "More"],
  surplusNote: ["Bagian Anda dan hitungannya", "Your share, and how it is reckoned"],
  protection: ["Perlindungan", "Protection"],
  protectionNote: ["BPJS, asuransi, klaim", "BPJS, insurance, claims"],
  purchases: ["Belanja & bengkel", "Purchases and workshop"],
  purchasesNote: ["Di unit usaha koperasi", "At the co-op's units"],
  income: ["Surat penghasilan", "Income statement"],
  incomeNote: ["Untuk bank atau keperluan lain", "For a bank, or whatever asks for it"],
  books: ["Buku koperasi", "The co-op's books"],
  booksNote: ["Neraca bulanan, anggaran, honor pengurus", "Monthly books, budget, officers' pay"],
  register: ["Data saya", "My data"],
  registerNote: ["Buku anggota, ahli waris, unduh data", "The register, heirs, your data to keep"],
  cooperatives: ["Koperasi", "Co-ops"],
  noMembership: ["Anda belum menjadi anggota koperasi", "You are no member of a co-op yet"],
  noMembershipHelp: ["Daftar lewat pengurus koperasi di tempat Anda.", "Apply at a co-op near you."],
  waits: ["Pendaftaran Anda menunggu pengurus", "Your application waits for an officer"],
  toMarket: ["Ke beranda", "To the market"],
  memberOf: (n: string) => [`Anggota no. ${n}`, `Member no. ${n}`],
  owed: ["Harus dibayar", "Owed"],
  howToPay: (reference: string) => [
    `Bayar di loket, atau transfer dengan berita ${reference}.`,
    `Pay at the counter, or by transfer with the reference ${reference}.`,
  ],
  payFromSavings: ["Bayar dari simpanan", "Pay from savings"],
  payFromSavingsHelp: (name: string) => [`Diambil dari ${name}.`, `Taken from ${name}.`],
  pay: (amount: string) => [`Bayar ${amount}`, `Pay ${amount}`],
  paid: ["Sudah dibayar", "Paid"],
  holds: (amount: string) => [`Saldo ${amount}`, `Balance ${amount}`],
  rate: (percent: string) => [`bunga ${percent} % setahun`, `${percent} % interest a year`],
  matures: (day: string) => [`cair ${day}`, `matures ${day}`],
  payments: ["Pembayaran terakhir", "Last payments"],
  noPayments: ["Belum ada pembayaran", "No payments yet"],
  receipt: (n: string) => [`Kwitansi ${n}`, `Receipt ${n}`],
  payment: ["Pembayaran", "Payment"],
  passbook: ["Buku simpanan", "Passbook"],
  passbookFile: ["Unduh buku (PDF)", "Download the passbook (PDF)"],
  noLines: ["Belum ada mutasi", "No entries yet"],
  withdraw: ["Tarik uang", "Withdraw"],
  withdrawHelp: [
    "Diambil tunai di loket setelah dicatat. Di atas batas, pengurus lain ikut menyetujui.",
    "Fetched in cash at the counter once noted. Above the limit another officer agrees too.",
  ],
  ask: (amount: string) => [`Minta ${amount}`, `Ask for ${amount}`],
  asked: ["Permintaan tercatat", "Your request is noted"],
  waiting: (amount: string, day: string) => [
    `Penarikan ${amount} menunggu, bisa diambil mulai ${day}`,
    `A withdrawal of ${amount} waits, to be fetched from ${day}`,
  ],
  noLoans: ["Belum punya pinjaman", "No loans"],
  noLoansHelp: ["Pinjaman diajukan lewat pengurus.", "Loans are applied for at an officer's."],
  left: (amount: string) => [`sisa ${amount}`, `${amount} left`],
  late: (n: number) => [`terlambat ${n} hari`, `${n} days late`],
  unnumbered: ["Pengajuan pinjaman", "Loan application"],
  loanNumber: (n: string) => [`Pinjaman ${n}`, `Loan ${n}`],
  borrowed: ["Pokok pinjaman", "Principal"],
  outstanding: ["Sisa pokok", "Outstanding"],
  term: ["Jangka", "Term"],
  months: (n: number) => [`${n} bulan`, `${n} months`],
  ratePerYear: ["Bunga setahun", "Rate a year"],
  effective: ["Bunga efektif", "Effective rate"],
  percent: (p: string) => [`${p} %`, `${p} %`],
  schedule: ["Jadwal angsuran", "Schedule"],
  parts: (principal: string, interest: string) => [
    `pokok ${principal} · bunga ${interest}`,
    `principal ${principal} · interest ${interest}`,
  ],
  paidInFull: ["Lunas", "Paid"],
  partPaid: (amount: string) => [`terbayar ${amount}`, `${amount} paid`],
  noMeetings: ["Belum ada rapat", "No meetings yet"],
  motions: ["Usulan", "Motions"],
  noMotions: ["Belum ada usulan", "No motions yet"],
  agenda: ["Acara", "Agenda"],
  quorum: (represented: number, needed: number) => [
    `Hadir ${represented}, perlu ${needed}`,
    `${represented} present, ${needed} needed`,
  ],
  attend: ["Saya hadir", "I attend"],
  attended: ["Kehadiran tercatat", "Your attendance is noted"],
  online: ["Ikut lewat", "Join by"],
  minutes: ["Notulen", "Minutes"],
  result: ["Hasil", "Result"],
  votes: (n: string) => [`${n} suara`, `${n} votes`],
  vote: ["Beri suara", "Vote"],
  secretHelp: [
    "Rahasia: HP Anda membuat surat suara sendiri, dan koperasi tidak bisa tahu siapa memilih apa.",
    "Secret: your phone makes the ballot itself, and the co-op can't tell who voted what.",
  ],
  openHelp: ["Suara Anda tercatat dengan nama.", "Your vote is noted under your name."],
  voted: ["Suara Anda sudah masuk", "Your vote is in"],
  receiptOf: (code: string) => [`Tanda terima: ${code}`, `Receipt: ${code}`],
  rank: ["Sentuh calon menurut urutan pilihan Anda.", "Touch the candidates in your order."],
  place: (n: number, name: string) => [`${n}. ${name}`, `${n}. ${name}`],
  cannotSeal: [
    "Browser ini belum bisa membuat surat suara rahasia. Pakai browser yang lebih baru, atau minta kertas suara.",
    "This browser can't make a secret ballot yet. Use a newer one, or ask for a paper.",
  ],
  noShares: ["Belum ada pembagian SHU", "No surplus was shared out yet"],
  noSharesHelp: [
    "Setelah rapat anggota menyetujui, bagian Anda dan hitungannya muncul di sini.",
    "Once the members' meeting agrees, your share and how it is reckoned appear here.",
  ],
  shareOf: (from: string, to: string) => [`SHU ${from} – ${to}`, `Surplus ${from} – ${to}`],
  ofTotal: (total: string) => [`dari SHU koperasi ${total}`, `of the co-op's ${total}`],
  why: (own: string, everyones: string, pool: string) => [
    `Usaha Anda ${own} dari ${everyones} semua anggota, dikali ${pool}.`,
    `Your ${own} of everyone's ${everyones}, times ${pool}.`,
  ],
  basis: (deliveries: string, sales: string, purchases: string) => [
    `Antaran ${deliveries} · penjualan ${sales} · belanja ${purchases}`,
    `Deliveries ${deliveries} · sales ${sales} · purchases ${purchases}`,
  ],
  yourShare: ["Bagian Anda", "Your share"],
  paidToSavings: ["Masuk ke simpanan Anda", "Paid into your savings"],
  paidOut: ["Sudah dibayarkan", "Paid out"],
  notPaid: ["Belum dibayarkan", "Not paid yet"],
});

export const meetingKinds = words({
  ANNUAL: ["Rapat anggota tahunan", "Annual meeting"],
  EXTRAORDINARY: ["Rapat anggota luar biasa", "Extraordinary meeting"],
  PLAN: ["Rapat rencana kerja", "Plan meeting"],
  GROUP: ["Rapat kelompok", "Group meeting"],
});

export const meetingStates = words({
  CALLED: ["Diundang", "Called"],
  OPEN: ["Berlangsung", "Under way"],
  CLOSED: ["Selesai", "Closed"],
});

export const motionStates = words({
  DRAFT: ["Rancangan", "Draft"],
  TABLED: ["Diajukan", "Tabled"],
  VOTING: ["Pemungutan suara", "Voting"],
  ADOPTED: ["Diterima", "Adopted"],
  REJECTED: ["Ditolak", "Rejected"],
  LAPSED: ["Gugur", "Lapsed"],
});

export const motionKinds = words({
  BY_LAWS: ["Anggaran dasar/rumah tangga", "By-laws"],
  ELECTION: ["Pemilihan", "Election"],
  ACCOUNTS: ["Laporan pengurus", "Accounts"],
  BUDGET: ["Anggaran", "Budget"],
  SURPLUS: ["Pembagian SHU", "Surplus"],
  LOAN_WRITE_OFF: ["Penghapusan pinjaman", "Loan write-off"],
  DISPATCH_POLICY: ["Aturan pembagian antaran", "Dispatch policy"],
  OTHER: ["Lainnya", "Other"],
});

export const choices = words({
  FOR: ["Setuju", "For"],
  AGAINST: ["Tidak setuju", "Against"],
  ABSTAIN: ["Abstain", "Abstain"],
});

export const loanStates = words({
  APPLIED: ["Diajukan", "Applied"],
  APPROVED: ["Disetujui", "Approved"],
  REJECTED: ["Ditolak", "Rejected"],
  WITHDRAWN: ["Ditarik", "Withdrawn"],
  DISBURSED: ["Berjalan", "Running"],
  RESTRUCTURED: ["Diatur ulang", "Restructured"],
  REPAID: ["Lunas", "Repaid"],
  WRITTEN_OFF: ["Dihapuskan", "Written off"],
});

export const pools = words({
  RESERVE: ["Cadangan", "Reserve"],
  PATRONAGE: ["Jasa usaha", "Patronage"],
  CAPITAL: ["Jasa modal", "Capital"],
  OFFICERS: ["Pengurus", "Officers"],
  EDUCATION: ["Pendidikan", "Education"],
  SOCIAL: ["Sosial", "Social"],
  DEVELOPMENT: ["Pembangunan", "Development"],
  NON_MEMBER: ["Bukan anggota", "Non-members"],
});

export const exclusions = words({
  LEFT: ["Tidak dibagi: keanggotaan sudah berakhir", "No share: membership has ended"],
  FEW_TRANSACTIONS: [
    "Tidak dibagi: transaksi kurang dari syarat anggaran rumah tangga",
    "No share: too few transactions",
  ],
  IN_ARREARS: ["Tidak dibagi: simpanan wajib menunggak", "No share: mandatory savings in arrears"],
});
