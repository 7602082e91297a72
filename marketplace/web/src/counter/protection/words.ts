import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of members' protection. */
export const say = words({
  title: ["Perlindungan", "Protection"],
  bills: ["Tagihan bulan ini", "This month's bills"],
  noBills: ["Belum ada tagihan bulan ini", "No bills this month yet"],
  persons: (n: number) => [`${n} orang`, many(n, "person", "people")],
  unnamed: ["Tanpa nama", "No name"],
  fund: ["Dana solidaritas", "Solidarity fund"],
  held: ["Tersedia", "Held"],
  owedBack: ["Masih ditalangi", "Owed back to it"],
  remittances: ["Setoran ke penyelenggara", "Remittances"],
  noRemittances: ["Belum ada setoran", "No remittances yet"],
  prepare: ["Siapkan setoran", "Prepare a remittance"],
  programme: ["Program", "Programme"],
  month: ["Bulan", "Month"],
  noProgrammes: ["Belum ada program perlindungan", "No programmes yet"],
  billsOf: (n: number, month: string) => [`${n} tagihan · ${month}`, `${many(n, "bill")} · ${month}`],
  file: ["Berkas setoran", "Remittance file"],
  approve: ["Setujui", "Approve"],
  needsTwo: ["Perlu dua pengurus", "Needs two officers"],
  send: ["Catat sudah dikirim", "Record that it was sent"],
  way: ["Lewat", "By"],
  cash: ["Tunai", "Cash"],
  transfer: ["Transfer bank", "Bank transfer"],
  reference: ["Nomor referensi", "Reference"],
  confirm: ["Catat bukti penerimaan", "Record the receipt"],
  receiptNumber: ["Nomor bukti penyelenggara", "The provider's receipt number"],
  amount: ["Diterima (Rp)", "Received (Rp)"],
  claims: ["Klaim", "Claims"],
  noClaims: ["Belum ada klaim", "No claims yet"],
  uncovered: ["Saat itu tidak terlindungi", "Not covered on that day"],
  submit: ["Ajukan ke penyelenggara", "Submit to the provider"],
  providerNumber: ["Nomor klaim penyelenggara", "The provider's claim number"],
  settle: ["Catat dibayar", "Record that it was paid"],
  paid: ["Dibayar (Rp)", "Paid (Rp)"],
  refuse: ["Catat ditolak", "Record that it was refused"],
  why: ["Alasan", "Reason"],
  receive: ["Catat uang masuk", "Record the money that came"],
  receiveHelp: [
    "Pilih ini kalau penyelenggara membayar lewat koperasi. Uangnya dititipkan sampai dibayarkan ke anggota atau ahli waris.",
    "Where the provider pays through the co-op. It is held until it is paid on to the member or heirs.",
  ],
  received: ["Jumlah yang masuk (Rp)", "What came in (Rp)"],
  settleHelp: ["Penyelenggara membayar langsung ke anggota.", "The provider paid the member himself."],
  payOn: ["Bayarkan ke penerima", "Pay it on"],
  payOnHelp: (left: string) => [
    `Masih dititipkan ${left}. Di atas batas, pengurus kedua menyetujui dulu.`,
    `${left} is still held. Above the threshold a second officer agrees first.`,
  ],
  stillHeld: (left: string) => [`Masih dititipkan ${left}`, `${left} still held`],
  benefitOf: (amount: string, day: string) => [`${amount} masuk ${day}`, `${amount} came ${day}`],
  payee: ["Nama penerima", "Who is paid"],
  relation: ["Hubungan dengan anggota", "What he is to the member"],
  relationHint: ["Misalnya: istri, anak, diri sendiri", "Such as: wife, child, himself"],
  document: ["Surat yang membuktikan haknya, dengan nomornya", "The paper that says that it is his, with its number"],
  nationalId: ["NIK penerima", "His NIK"],
  payAmount: ["Dibayarkan (Rp)", "To be paid (Rp)"],
  named: ["disebut anggota sebagai ahli waris", "named as an heir by the member"],
  agree: ["Setujui dan bayar", "Agree and pay"],
  takeBack: ["Batalkan", "Take it back"],
  receiveBack: ["Catat uang kembali", "Record what came back"],
  missing: (amount: string) => [`${amount} belum kembali dari penyelenggara`, `${amount} not given back yet`],
  backAmount: ["Yang kembali (Rp)", "What came back (Rp)"],
  covering: ["Program perlindungan", "Protection programmes"],
  coveringNote: ["Daftarkan anggota di loket", "Enrol the member at the counter"],
  inNow: ["Sudah ikut", "In it"],
  notIn: ["Belum ikut program apa pun.", "In no programme yet."],
  noneOpen: ["Tidak ada program lain yang terbuka.", "No other programme is open."],
  open: ["Bisa diikuti", "May be joined"],
  enrol: ["Daftarkan", "Enrol"],
  enrolHelp: [
    "Iurannya ditagih tiap bulan bersama tagihan anggota lainnya, mulai bulan terdekat yang masih terbuka.",
    "It is charged each month with his other dues, from the first month that is still open.",
  ],
  since: (month: string) => [`sejak ${month}`, `since ${month}`],
  premium: (amount: string) => [`${amount} per orang sebulan`, `${amount} a person a month`],
  income: ["Penghasilan sebulan (Rp)", "Income a month (Rp)"],
  oldAge: ["Dengan Jaminan Hari Tua (JHT)", "With old age savings (JHT)"],
  yes: ["Ya", "Yes"],
  no: ["Tidak", "No"],
  healthClass: ["Kelas rawat", "Class"],
  contribution: ["Iuran sebulan (Rp)", "Contribution a month (Rp)"],
  participant: ["Nomor peserta", "Participant's number"],
});

export const remittanceStates = words({
  DRAFT: ["Disiapkan", "Prepared"],
  SENT: ["Dikirim", "Sent"],
  CONFIRMED: ["Diterima", "Confirmed"],
});

export const billStates = words({
  OPEN: ["Belum dibayar", "Open"],
  PAID: ["Dibayar", "Paid"],
  CARRIED: ["Ditalangi", "Carried"],
  LAPSED: ["Gugur", "Lapsed"],
  REFUSED: ["Ditolak", "Refused"],
});

export const claimStates = words({
  REPORTED: ["Dilaporkan", "Reported"],
  SUBMITTED: ["Diajukan", "Submitted"],
  RECEIVED: ["Diterima koperasi", "Received by the co-op"],
  PAID: ["Dibayar", "Paid"],
  REFUSED: ["Ditolak", "Refused"],
  WITHDRAWN: ["Ditarik", "Withdrawn"],
});

export const benefitStates = words({
  ASKED: ["Menunggu pengurus kedua", "Awaits a second officer"],
  PAID: ["Dibayarkan", "Paid"],
  WITHDRAWN: ["Dibatalkan", "Taken back"],
});

export const claimKinds = words({
  ACCIDENT: ["Kecelakaan", "Accident"],
  ILLNESS: ["Sakit", "Illness"],
  DEATH: ["Kematian", "Death"],
  OLD_AGE: ["Hari tua", "Old age"],
  VEHICLE: ["Kendaraan", "Vehicle"],
});
