import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What the pages of protection say. */
export const say = words({
  protection: ["Perlindungan", "Protection"],
  saved: ["Hemat lewat koperasi", "Saved through the co-op"],
  mine: ["Program saya", "My programmes"],
  none: ["Belum ikut program apa pun", "You are in no programme yet"],
  noneHelp: [
    "Bersama koperasi iurannya ditagih dengan tagihan lain dan disetorkan untuk Anda.",
    "With the co-op it is charged with your other dues and paid on for you.",
  ],
  noProgrammes: ["Koperasi belum membuka program lain.", "The co-op offers no other programme yet."],
  enrol: ["Ikut program", "Enrol"],
  enrolIn: ["Program", "Programme"],
  enrolled: ["Anda sudah terdaftar", "You are enrolled"],
  income: ["Penghasilan sebulan (Rp)", "Income a month (Rp)"],
  declared: ["Penghasilan yang dilaporkan", "Declared income"],
  incomeHelp: [
    "Iuran dihitung dari angka ini dan tertulis di tagihan bulan pertama.",
    "Your contribution is worked out from this and shown on the first bill.",
  ],
  oldAge: ["Dengan Jaminan Hari Tua (JHT)", "With old age savings (JHT)"],
  healthClass: ["Kelas rawat", "Class"],
  class: (n: number) => [`Kelas ${n}`, `Class ${n}`],
  contribution: ["Iuran sebulan (Rp)", "Contribution a month (Rp)"],
  premium: (amount: string) => [`${amount} per orang sebulan`, `${amount} a person a month`],
  participant: ["Nomor peserta, kalau sudah punya", "Participant's number, where you have one"],
  number: ["Nomor peserta", "Participant's number"],
  by: (provider: string) => [`Penyelenggara: ${provider}`, `By ${provider}`],
  policy: ["Nomor polis", "Policy"],
  payBy: ["Dibayar paling lambat", "To be paid by"],
  dayOfMonth: (n: number) => [`tanggal ${n}`, `day ${n} of the month`],
  since: (month: string) => [`sejak ${month}`, `since ${month}`],
  until: (month: string) => [`sampai ${month}`, `until ${month}`],
  start: ["Mulai", "From"],
  last: ["Bulan terakhir", "Last month"],
  family: ["Keluarga", "Family"],
  persons: (n: number) => [`${n} orang`, many(n, "person", "people")],
  noFamily: ["Belum ada keluarga yang ikut.", "None of your family is in it."],
  addFamily: ["Tambah keluarga", "Add a relative"],
  added: ["Sudah ditambahkan", "Added"],
  name: ["Nama lengkap", "Full name"],
  relation: ["Hubungan", "Relation"],
  bornOn: ["Tanggal lahir", "Date of birth"],
  born: (day: string) => [`lahir ${day}`, `born ${day}`],
  endFamily: (name: string) => [`Keluarkan ${name}`, `Take ${name} out`],
  end: ["Berhenti dari program", "Leave the programme"],
  endHelp: [
    "Setelah bulan terakhir yang sudah ditagih, Anda dan keluarga tidak terlindungi lagi.",
    "After the last month that is billed, you and your family are covered no more.",
  ],
  ended: ["Sudah dihentikan", "Ended"],
  sure: ["Ya, berhenti", "Yes, leave"],
  bills: ["Tagihan per bulan", "Monthly bills"],
  noBills: ["Belum ada tagihan", "No bills yet"],
  bill: ["Tagihan perlindungan", "Protection bill"],
  warnings: ["Perlu perhatian", "Needs your attention"],
  payBefore: (name: string, month: string, amount: string, day: string) => [
    `${name}, ${month}: bayar ${amount} paling lambat ${day}, supaya tetap terlindungi.`,
    `${name}, ${month}: pay ${amount} by ${day} to stay covered.`,
  ],
  gap: (name: string, month: string) => [
    `${name}, ${month}: tidak terlindungi, iurannya belum terbayar.`,
    `${name}, ${month}: not covered, as it was not paid.`,
  ],
  carriedGap: (name: string, month: string, amount: string) => [
    `${name}, ${month}: dibayarkan dulu oleh dana solidaritas. Ganti ${amount}.`,
    `${name}, ${month}: the solidarity fund paid for you. Pay ${amount} back.`,
  ],
  toPay: ["Bayar tagihan", "Pay what is owed"],
  discount: ["Potongan", "Discount"],
  total: ["Yang dibayar", "To pay"],
  alone: ["Kalau bayar sendiri", "On your own"],
  fund: ["Dari dana solidaritas", "From the solidarity fund"],
  left: ["Belum dibayar", "Still owed"],
  due: ["Jatuh tempo", "Due"],
  covered: ["Melindungi", "Covers"],
  percent: (n: string) => [`${n} %`, `${n} %`],
  rule: (value: string, source: string) => [`${value} · ${source}`, `${value} · ${source}`],
  article: (n: string) => [`Pasal ${n}`, `Article ${n}`],
  claims: ["Klaim", "Claims"],
  claim: ["Klaim", "Claim"],
  report: ["Laporkan kejadian", "Report what happened"],
  what: ["Apa yang terjadi?", "What happened?"],
  who: ["Terjadi pada", "It happened to"],
  myself: ["Saya sendiri", "Myself"],
  relative: ["Keluarga", "A relative"],
  when: ["Kapan?", "When?"],
  happened: ["Terjadi", "Happened"],
  story: ["Ceritakan (10 sampai 1.000 huruf)", "Tell it (10 to 1,000 letters)"],
  send: ["Kirim laporan", "Send"],
  reported: ["Laporan Anda tercatat", "Your report is noted"],
  wasCovered: ["Bulan itu terlindungi", "That month was covered"],
  notCovered: ["Bulan itu belum terbayar", "That month was not paid"],
  providerNumber: ["Nomor klaim", "Claim's number"],
  submitted: ["Diajukan", "Submitted"],
  paidOut: ["Dibayar penyelenggara", "Paid by the provider"],
  missing: ["Berkas yang masih kurang", "Papers still missing"],
  complete: ["Berkas lengkap", "All papers are here"],
  papers: ["Berkas", "Papers"],
  addPaper: ["Kirim foto atau PDF", "Send a photo or PDF"],
  paperKind: ["Berkas apa?", "Which paper?"],
  withdraw: ["Batalkan klaim", "Take the claim back"],
  withdrawn: ["Klaim dibatalkan", "The claim is taken back"],
});

export const billStates = words({
  OPEN: ["Belum lunas", "Unpaid"],
  PAID: ["Terlindungi", "Covered"],
  CARRIED: ["Ditalangi", "Carried"],
  LAPSED: ["Tidak terlindungi", "Not covered"],
  REFUSED: ["Ditolak penyelenggara", "Refused"],
});

export const BILL_TONES = {
  OPEN: "warn",
  PAID: "good",
  CARRIED: "warn",
  LAPSED: "bad",
  REFUSED: "bad",
} as const;

export const claimStates = words({
  REPORTED: ["Dilaporkan", "Reported"],
  SUBMITTED: ["Diajukan", "Submitted"],
  RECEIVED: ["Diterima koperasi", "Received by the co-op"],
  PAID: ["Dibayar", "Paid"],
  REFUSED: ["Ditolak", "Refused"],
  WITHDRAWN: ["Dibatalkan", "Taken back"],
});

export const CLAIM_TONES = {
  REPORTED: "warn",
  SUBMITTED: "warn",
  RECEIVED: "warn",
  PAID: "good",
  REFUSED: "bad",
  WITHDRAWN: "calm",
} as const;

export const claimKinds = words({
  ACCIDENT: ["Kecelakaan", "Accident"],
  ILLNESS: ["Sakit", "Illness"],
  DEATH: ["Meninggal", "Death"],
  OLD_AGE: ["Hari tua", "Old age"],
  VEHICLE: ["Kendaraan rusak atau hilang", "Vehicle damaged or lost"],
});

export const components = words({
  JKK: ["Kecelakaan kerja (JKK)", "Accidents at work (JKK)"],
  JKM: ["Kematian (JKM)", "Death (JKM)"],
  JHT: ["Hari tua (JHT)", "Old age (JHT)"],
  HEALTH: ["Kesehatan", "Health"],
  PREMIUM: ["Premi asuransi", "Insurance premium"],
  PENSION: ["Pensiun", "Pension"],
});

export const relations = words({
  SPOUSE: ["Suami/istri", "Spouse"],
  CHILD: ["Anak", "Child"],
  PARENT: ["Orang tua", "Parent"],
  OTHER: ["Lainnya", "Other"],
});

export const papers = words({
  IDENTITY: ["KTP", "Identity card"],
  FAMILY_CARD: ["Kartu keluarga", "Family card"],
  PARTICIPANT_CARD: ["Kartu peserta", "Participant's card"],
  ACCOUNT_OF_EVENTS: ["Kronologi kejadian", "Account of events"],
  POLICE_REPORT: ["Surat polisi", "Police report"],
  MEDICAL_REPORT: ["Surat dokter", "Medical report"],
  RECEIPTS: ["Kuitansi", "Receipts"],
  DEATH_CERTIFICATE: ["Akta kematian", "Death certificate"],
  HEIRS_STATEMENT: ["Surat ahli waris", "Heirs' statement"],
  VEHICLE_PAPERS: ["Surat kendaraan", "Vehicle papers"],
  PHOTO: ["Foto", "Photo"],
  OTHER: ["Lainnya", "Other"],
});

export const ruleNames = words({
  "bpjs.jkk": ["Tarif JKK", "JKK rate"],
  "bpjs.jkk_least_monthly": ["JKK paling sedikit", "JKK minimum"],
  "bpjs.jkm_monthly": ["Tarif JKM", "JKM"],
  "bpjs.discount_transport": ["Potongan pekerja transportasi", "Discount for transport workers"],
  "bpjs.discount_others": ["Potongan peserta mandiri", "Discount for the self-employed"],
  "bpjs.jht": ["Tarif JHT", "JHT rate"],
  "bpjs.jht_least_monthly": ["JHT paling sedikit", "JHT minimum"],
  "bpjs.health_class_1_monthly": ["Iuran kelas 1", "Class 1"],
  "bpjs.health_class_2_monthly": ["Iuran kelas 2", "Class 2"],
  "bpjs.health_class_3_member_monthly": ["Iuran kelas 3", "Class 3"],
  "bpjs.health_due_day": ["Batas bayar", "Last day to pay"],
  "protection.solidarity_monthly": ["Iuran dana solidaritas", "Solidarity dues"],
  "protection.carried_months": ["Bulan yang ditalangi", "Months carried"],
});
