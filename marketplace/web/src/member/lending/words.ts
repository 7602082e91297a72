import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What a member reads of loans: his own, those he asks for, and those he stands behind. */
export const say = words({
  title: ["Pinjaman", "Loans"],
  noLoans: ["Belum punya pinjaman", "No loans"],
  noLoansHelp: ["Ajukan di sini; pengurus yang memutuskan.", "Ask here; officers decide."],
  unnumbered: ["Pengajuan pinjaman", "Loan application"],
  loanNumber: (n: string) => [`Pinjaman ${n}`, `Loan ${n}`],
  borrowed: ["Pokok pinjaman", "Principal"],
  outstanding: ["Sisa pokok", "Outstanding"],
  boughtAt: (unit: string) => [`Untuk belanja di ${unit}`, `To buy at ${unit}`],
  fetchAt: (unit: string) => [
    `Disetujui. Ambil barangnya di ${unit}: pinjaman ini yang membayar.`,
    `Agreed to. Fetch it at ${unit}: this loan pays.`,
  ],
  soldAs: (number: string, day: string) => [`Nota ${number}, ${day}`, `Bill ${number}, ${day}`],
  cameBack: (amount: string) => [
    `Dikembalikan ${amount}, mengurangi pinjaman ini.`,
    `${amount} came back and paid this loan down.`,
  ],
  total: ["Jumlah", "Total"],
  paidInFull: ["Lunas", "Paid"],
  partPaid: (amount: string) => [`terbayar ${amount}`, `${amount} paid`],
  reason: ["Untuk apa", "What for"],
  guarantors: ["Penjamin", "Guarantors"],
  someone: ["Anggota", "A member"],
  waitsForGuarantors: ["Menunggu jawaban penjamin.", "Waits for the guarantors' answer."],
  waitsForOfficers: ["Menunggu keputusan pengurus.", "Waits for the officers' decision."],
  waitsForMoney: ["Disetujui. Uangnya akan dicairkan pengurus.", "Agreed to. The officers pay the money out next."],
  takeBack: ["Tarik pengajuan", "Take it back"],
  takeBackHelp: [
    "Pinjaman ini tidak jadi. Anda boleh mengajukan lagi.",
    "The loan is called off. You may ask again.",
  ],
  takenBack: ["Pengajuan ditarik", "Taken back"],

  // asking
  apply: ["Ajukan pinjaman", "Ask for a loan"],
  buy: ["Beli dengan dibiayai koperasi", "Buy with the co-op's financing"],
  noOffers: ["Koperasi belum menawarkan pinjaman", "The co-op offers no loans yet"],
  noFinancing: ["Koperasi belum membiayai belanja di unitnya", "The co-op finances no purchases yet"],
  which: ["Pinjaman yang mana?", "Which loan?"],
  termsFrom: (least: number, most: string) => [`${least} sampai ${most}`, `${least} to ${most}`],
  interestOf: (rate: string) => [`bunga ${rate} setahun`, `interest ${rate} a year`],
  needsGuarantors: (n: number) => [`perlu ${n} penjamin`, `needs ${many(n, "guarantor")}`],
  amount: ["Pinjam berapa (Rp)?", "How much (Rp)?"],
  range: (least: string, most: string) => [`Dari ${least} sampai ${most}`, `From ${least} to ${most}`],
  outOfRange: (least: string, most: string) => [
    `Pinjaman ini dari ${least} sampai ${most}.`,
    `This loan is from ${least} to ${most}.`,
  ],
  howLong: ["Berapa lama?", "How long?"],
  what: ["Untuk keperluan apa?", "What do you need it for?"],
  guarantorNumber: (n: number) => [`Nomor anggota penjamin ${n}`, `Member number of guarantor ${n}`],
  guarantorHelp: [
    "Penjamin ditanya lewat HP-nya, dan boleh menolak.",
    "Guarantors are asked on their phones, and may refuse.",
  ],
  pledge: (needed: string, saved: string) => [
    `Simpanan sukarela ${needed} ditahan sampai lunas. Simpanan sukarela Anda sekarang ${saved}.`,
    `Voluntary savings of ${needed} are kept until it is paid back. You have ${saved} now.`,
  ],
  send: (amount: string) => [`Ajukan ${amount}`, `Ask for ${amount}`],
  sent: ["Pengajuan terkirim", "Sent"],

  // buying with it
  where: ["Beli di mana?", "Buy where?"],
  goodsOrJob: ["Untuk apa?", "For what?"],
  goods: ["Barang", "Goods"],
  noGoods: ["Belum ada barang di sini.", "No goods here yet."],
  yourPrice: ["Harga Anda sebagai anggota", "Your price as a member"],
  notYet: ["Belum bisa diajukan", "It can't be asked for yet"],
  missing: ["Yang masih kurang", "What is still lacking"],
  amountMayBe: (bounds: string) => [`Jumlah pinjaman: ${bounds}.`, `How much: ${bounds}.`],
  termMayBe: (bounds: string) => [`Lama pinjaman: ${bounds}.`, `How long: ${bounds}.`],
  twoOfficers: ["Pinjaman sebesar ini perlu persetujuan dua pengurus.", "So much takes the word of two officers."],
  priceEach: (price: string) => [`${price} satuan`, `${price} each`],
  soldOut: ["habis", "sold out"],

  // standing behind others
  behindOthers: ["Pinjaman yang Anda jamin", "Loans that you stand behind"],
  toAnswer: ["Perlu jawaban", "Needs an answer"],
  stands: ["Anda jamin", "You stand behind it"],
  asksYou: (name: string) => [
    `${name} meminta Anda menjamin pinjaman ini. Bila ia tidak membayar, Anda ikut menanggungnya.`,
    `${name} asks you to stand behind this loan. If it is not paid, you answer for it too.`,
  ],
  stand: ["Saya jamin", "I stand behind it"],
  decline: ["Tidak bersedia", "I won't"],
  youStand: (name: string) => [
    `Anda menjamin pinjaman ${name}. Bila ia tidak membayar, Anda ikut menanggungnya.`,
    `You are a guarantor of ${name}'s loan. If it is not paid, you are liable too.`,
  ],
  youDeclined: ["Anda tidak bersedia menjamin.", "You declined to stand behind it."],
  noLonger: ["Batal menjamin", "No longer stand behind it"],
  answered: ["Jawaban Anda tercatat", "Your answer is noted"],

  // paying from earnings
  deduction: ["Bayar dari penghasilan", "Pay from earnings"],
  noDeduction: [
    "Penghasilan Anda tidak dipotong. Bayar di loket, lewat transfer, atau dari simpanan.",
    "Nothing is kept of your earnings. Pay at the counter, by transfer or from savings.",
  ],
  deducted: (share: string, kinds: string) => [
    `Dipotong paling banyak ${share} dari penghasilan sehari, untuk ${kinds}.`,
    `At most ${share} of a day's earnings is kept, for ${kinds}.`,
  ],
  allDues: ["semua tagihan", "all dues"],
  agreeDeduction: ["Setujui potongan", "Agree to that"],
  changeDeduction: ["Ubah potongan", "Change that"],
  deductionTitle: ["Potongan dari penghasilan", "Kept of your earnings"],
  deductionHelp: [
    "Dipotong hanya selama ada tagihan. Bisa Anda ubah atau hentikan kapan saja.",
    "Kept only while something is owed. Change or end it whenever you like.",
  ],
  share: ["Paling banyak dari penghasilan sehari", "At most of a day's earnings"],
  kinds: ["Untuk tagihan apa?", "For which dues?"],
  agreeTo: (share: string) => [`Setuju dipotong sampai ${share}`, `Agree to ${share} at most`],
  agreed: ["Persetujuan tercatat", "Noted"],
  endDeduction: ["Hentikan potongan", "End it"],
  ended: ["Potongan dihentikan", "Ended"],
});
