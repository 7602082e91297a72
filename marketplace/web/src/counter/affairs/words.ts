import { words } from "../../ground/language";

/** What officers read of the officers' affairs. */
export const say = words({
  cooperativeAffairs: ["Urusan koperasi", "The co-op's affairs"],
  awaiting: ["Menunggu persetujuan Anda", "Waiting for your approval"],
  nothingAwaits: ["Tidak ada yang menunggu", "Nothing waits"],
  nothingAwaitsHelp: [
    "Yang perlu disetujui pengurus kedua muncul di sini.",
    "What needs a second officer's approval appears here.",
  ],
  since: (day: string) => [`sejak ${day}`, `since ${day}`],
  membership: ["Keanggotaan", "Membership"],
  membershipNote: ["Permohonan, buku anggota, yang keluar", "Applications, register, departures"],
  shops: ["Toko", "Shops"],
  shopsNote: ["Yang ingin berjualan, yang dihentikan", "Who wants to sell, who was stopped"],
  withdrawalListNote: ["Permintaan yang belum dibayar", "Asked for and not yet paid"],
  loans: ["Pinjaman", "Loans"],
  loansNote: ["Pengajuan, pencairan, tunggakan", "Applications, paying out, arrears"],
  meetings: ["Rapat & usulan", "Meetings & motions"],
  meetingsNote: ["Undangan, daftar hadir, suara, risalah", "Calls, attendance, votes, minutes"],
  surplusOfYear: ["SHU", "Surplus"],
  surplusNote: ["Usulan, putusan rapat, pembayaran", "Proposal, motion, paying out"],
  units: ["Unit usaha", "Units"],
  unitsNote: ["Stok, jual di loket, kartu kerja", "Stock, counter sales, job cards"],
  protection: ["Perlindungan", "Protection"],
  protectionNote: ["Tagihan, setoran, klaim", "Bills, remittances, claims"],
  moving: ["Pindahan data", "Moving in"],
  movingNote: ["Anggota dan saldo dari lembar kerja", "Members and balances from spreadsheets"],
  clearingNote: ["Utang-piutang antarkoperasi", "What co-ops owe each other"],
});

/** What a second officer may have to agree to. */
export const awaited = words({
  VOUCHER: ["Bukti", "Voucher"],
  PAYOUT: ["Pencairan besar", "Large payout"],
  PAYOUT_OUTCOME: ["Nasib pencairan", "What became of a payout"],
  RAIL_ACCOUNT: ["Kunci penyedia pembayaran", "Keys of a payment provider"],
  COLLECTING_CONSENT: ["Koperasi lain menagihkan", "Others collect for the co-op"],
  SETTLEMENT_ACCOUNT: ["Rekening kliring", "Settlement account"],
  VOUCHER_THRESHOLD: ["Batas bukti dua pengurus", "Threshold of vouchers"],
  SAVINGS_WITHDRAWAL: ["Penarikan simpanan", "Savings withdrawal"],
  REMITTANCE: ["Setoran iuran perlindungan", "Protection remittance"],
  BENEFIT: ["Uang klaim untuk anggota", "Benefit for a member"],
  LOAN: ["Pinjaman anggota", "Member's loan"],
  LOAN_RESTRUCTURING: ["Pengaturan ulang pinjaman", "New terms of a loan"],
  BORROWING: ["Pinjaman koperasi", "The co-op's borrowing"],
  MOVING_SET: ["Data pindahan", "Sheets of moving in"],
  OFFICE: ["Jabatan", "Office"],
});
