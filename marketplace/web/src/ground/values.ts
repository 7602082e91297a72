import { words } from "./language";

/** Words for the schema's values that several areas show. Read while rendering: they follow the language. */
export const units = words({
  PIECE: ["buah", "piece"],
  PORTION: ["porsi", "portion"],
  PACK: ["bungkus", "pack"],
  BOX: ["dus", "box"],
  BUNCH: ["ikat", "bunch"],
  SACK: ["karung", "sack"],
  BOTTLE: ["botol", "bottle"],
  TRAY: ["papan", "tray"],
  GRAM: ["gram", "gram"],
  HUNDRED_GRAMS: ["ons", "100 g"],
  KILOGRAM: ["kg", "kg"],
  LITRE: ["liter", "litre"],
  METRE: ["meter", "metre"],
  HOUR: ["jam", "hour"],
  DAY: ["hari", "day"],
  SESSION: ["sesi", "session"],
  TRIP: ["trip", "trip"],
});

/** Who bears what an order cost that ended early. */
export const bearers = words({
  NOBODY: ["Keadaan memaksa: tidak ada yang disalahkan", "Nobody could help it: nobody is blamed"],
  BUYER: ["Ongkosnya ditanggung pembeli", "The buyer bears what it cost"],
  SELLER: ["Ongkosnya ditanggung toko", "The shop bears what it cost"],
  CARRIER: ["Ongkosnya ditanggung koperasi pengemudi", "The drivers' co-op bears what it cost"],
  NETWORK: ["Ongkosnya ditanggung jaringan koperasi", "The network of co-ops bears what it cost"],
});

export const vehicles = words({
  MOTORCYCLE: ["Motor", "Motorcycle"],
  BICYCLE: ["Sepeda", "Bicycle"],
  CAR: ["Mobil", "Car"],
  VAN: ["Mobil boks", "Van"],
  PICKUP: ["Pikap", "Pickup"],
  TRUCK: ["Truk", "Truck"],
  TRICYCLE: ["Roda tiga", "Tricycle"],
  BECAK: ["Becak", "Becak"],
});

export const weekdays = words({
  MONDAY: ["Senin", "Monday"],
  TUESDAY: ["Selasa", "Tuesday"],
  WEDNESDAY: ["Rabu", "Wednesday"],
  THURSDAY: ["Kamis", "Thursday"],
  FRIDAY: ["Jumat", "Friday"],
  SATURDAY: ["Sabtu", "Saturday"],
  SUNDAY: ["Minggu", "Sunday"],
});

export const windowStates = words({
  OPEN: ["Terbuka", "Open"],
  CLOSING: ["Ditutup", "Closing"],
  CLOSED: ["Perlu persetujuan", "Needs agreement"],
  PENDING_SETTLEMENT: ["Menunggu pembayaran", "Waits for payment"],
  SETTLED: ["Lunas", "Settled"],
  ABORTED: ["Dibatalkan", "Aborted"],
  FAILED: ["Gagal", "Failed"],
});

export const WINDOW_TONES = {
  OPEN: "calm",
  CLOSING: "warn",
  CLOSED: "warn",
  PENDING_SETTLEMENT: "warn",
  SETTLED: "good",
  ABORTED: "bad",
  FAILED: "bad",
} as const;

export const dueKinds = words({
  PRINCIPAL_SAVINGS: ["Simpanan pokok", "Principal savings"],
  MANDATORY_SAVINGS: ["Simpanan wajib", "Mandatory savings"],
  VOLUNTARY_SAVINGS: ["Simpanan sukarela", "Voluntary savings"],
  LOAN: ["Angsuran pinjaman", "Loan instalments"],
  PROTECTION: ["Iuran perlindungan", "Protection dues"],
  PURCHASE: ["Pembelian", "Purchases"],
  OPERATING: ["Iuran operasional", "Operating dues"],
});

export const dueWays = words({
  DEDUCTION: ["potong upah", "deduction"],
  CASH: ["tunai", "cash"],
  TRANSFER: ["transfer", "transfer"],
  VIRTUAL_ACCOUNT: ["virtual account", "virtual account"],
  QRIS: ["QRIS", "QRIS"],
  ONLINE: ["online", "online"],
  CREDIT: ["titipan", "credit"],
  SAVINGS: ["dari simpanan", "from savings"],
});

export const savingsKinds = words({
  PRINCIPAL: ["Simpanan pokok", "Principal savings"],
  MANDATORY: ["Simpanan wajib", "Mandatory savings"],
  VOLUNTARY: ["Simpanan sukarela", "Voluntary savings"],
  TERM: ["Simpanan berjangka", "Term deposit"],
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
  CARRIER_SHARE: ["Bagian koperasi dari ongkos antar", "Co-op's share of deliveries"],
  EXPULSION: ["Pemberhentian anggota", "Expulsion of a member"],
  OTHER: ["Usulan lainnya", "Another motion"],
});

/** Offices that members elect. */
export const electedRoles = words({
  CHAIR: ["Ketua", "Chair"],
  SECRETARY: ["Sekretaris", "Secretary"],
  TREASURER: ["Bendahara", "Treasurer"],
  SUPERVISOR: ["Pengawas", "Supervisor"],
  MEMBER: ["Utusan kelompok", "Delegate of a group"],
});

export const replayedParts = words({
  CAPITAL: ["Jasa modal", "Capital"],
  PATRONAGE: ["Jasa usaha", "Patronage"],
  DELIVERIES: ["Bagian pengemudi dari antaran", "Drivers' share of deliveries"],
  MANDATORY_SAVINGS: ["Simpanan wajib", "Mandatory savings"],
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

export const loanPurposes = words({
  MOTORCYCLE: ["Motor", "Motorcycle"],
  MAINTENANCE: ["Perawatan kendaraan", "Maintenance"],
  FAMILY: ["Keperluan keluarga", "Family"],
  EDUCATION: ["Pendidikan", "Education"],
  BUSINESS: ["Usaha", "Business"],
  EMERGENCY: ["Darurat", "Emergency"],
  OTHER: ["Lainnya", "Other"],
});

export const interestMethods = words({
  FLAT: ["Flat (dari pinjaman awal)", "Flat"],
  DECLINING: ["Menurun (dari sisa pokok)", "Declining"],
  ANNUITY: ["Anuitas (angsuran tetap)", "Annuity"],
});

export const guaranteeStates = words({
  ASKED: ["diminta", "asked"],
  GIVEN: ["menjamin", "stands behind it"],
  REFUSED: ["menolak", "refused"],
  RELEASED: ["dibebaskan", "released"],
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

/** How far behind a loan is, by the law's classes. */
export const arrearsClasses = words({
  CURRENT: ["Lancar", "Current"],
  WATCH: ["Dalam perhatian", "Watch"],
  SUBSTANDARD: ["Kurang lancar", "Substandard"],
  DOUBTFUL: ["Diragukan", "Doubtful"],
  LOSS: ["Macet", "Loss"],
});
