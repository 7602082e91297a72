import { words } from "../../ground/language";

/** What officers read of members' protection. */
export const say = words({
  title: ["Perlindungan", "Protection"],
  bills: ["Tagihan bulan ini", "This month's bills"],
  noBills: ["Belum ada tagihan bulan ini", "No bills this month yet"],
  persons: (n: number) => [`${n} orang`, `${n} persons`],
  unnamed: ["Tanpa nama", "No name"],
  fund: ["Dana solidaritas", "Solidarity fund"],
  held: ["Tersedia", "Held"],
  owedBack: ["Masih ditalangi", "Owed back to it"],
  remittances: ["Setoran ke penyelenggara", "Remittances"],
  noRemittances: ["Belum ada setoran", "No remittances yet"],
  prepare: ["Siapkan setoran", "Prepare a remittance"],
  programme: ["Program", "Programme"],
  month: ["Bulan (tanggal mana pun)", "Month (any day of it)"],
  noProgrammes: ["Belum ada program perlindungan", "No programmes yet"],
  billsOf: (n: number, month: string) => [`${n} tagihan · ${month}`, `${n} bills · ${month}`],
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

export const claimKinds = words({
  ACCIDENT: ["Kecelakaan", "Accident"],
  ILLNESS: ["Sakit", "Illness"],
  DEATH: ["Kematian", "Death"],
  OLD_AGE: ["Hari tua", "Old age"],
  VEHICLE: ["Kendaraan", "Vehicle"],
});
