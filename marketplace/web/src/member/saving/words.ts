import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What a member reads of the savings that his co-op offers, and of his term deposits. */
export const say = words({
  title: ["Menabung", "Save"],
  note: ["Buka simpanan baru atau berjangka", "Open savings or a term deposit"],
  none: ["Belum ada simpanan yang ditawarkan", "No savings are offered yet"],
  noneHelp: ["Tanyakan ke pengurus koperasi Anda.", "Ask an officer of your co-op."],
  least: ["Paling sedikit", "At least"],
  open: ["Buka simpanan ini", "Open these savings"],
  opened: ["Simpanan dibuka", "Opened"],
  have: ["Lihat simpanan Anda", "See your savings"],
  place: ["Simpan berjangka", "Make a deposit"],
  placeThis: (amount: string) => [`Simpan ${amount}`, `Deposit ${amount}`],
  placeHelp: (from: string, months: number) => [
    `Diambil dari ${from} dan disimpan ${months} bulan. Bunganya masuk ke ${from} tiap bulan.`,
    `Taken from ${from} and kept for ${many(months, "month")}. Its interest comes to ${from} each month.`,
  ],
  placeHint: (least: string, balance: string) => [
    `Paling sedikit ${least}. Saldo Anda ${balance}.`,
    `At least ${least}. Your balance is ${balance}.`,
  ],
  placed: ["Sudah disimpan", "Deposited"],
  needsSavings: [
    "Diambil dari simpanan sukarela. Setor dulu ke simpanan sukarela di loket.",
    "It is taken from voluntary savings. Save there first, at the counter.",
  ],
  ends: ["Jatuh tempo", "Its term ends"],
  after: ["Sesudah jatuh tempo", "After that"],
  setAgain: ["Perpanjang saat jatuh tempo", "Keep it for another term"],
  setBack: ["Kembalikan saat jatuh tempo", "Give it back after its term"],
  saved: ["Tersimpan", "Saved"],
  breakIt: ["Cairkan sebelum jatuh tempo", "Take it back early"],
  givenBack: ["Kembali ke simpanan sukarela hari ini", "Back in your voluntary savings today"],
  forgone: ["Bunga bulan ini yang hangus", "This month's interest that is lost"],
  byTheEnd: ["Bunga bila ditunggu sampai jatuh tempo", "Interest if it stays until its term ends"],
  breakHelp: (since: string) => [
    `Sejak ${since} simpanan ini tidak berbunga. Bunga bulan-bulan lalu tetap milik Anda. Jumlah di atas belum dipotong pajak.`,
    `From ${since} on it earns nothing. Interest of earlier months stays yours. The amounts above are before tax.`,
  ],
  sure: ["Ya, cairkan", "Yes, take it back"],
  broken: ["Sudah kembali ke simpanan sukarela", "It is back in your voluntary savings"],
  closed: ["Sudah kembali ke simpanan sukarela.", "It went back to your voluntary savings."],
  interest: ["Bunga per bulan", "Interest by month"],
  noInterest: [
    "Bunga bulan pertama masuk di awal bulan depan.",
    "The first month's interest comes early next month.",
  ],
  ofIt: (gross: string, tax: string) => [`bunga ${gross} · pajak ${tax}`, `interest ${gross} · tax ${tax}`],
});

export const rollovers = words({
  TO_SAVINGS: ["Kembali ke simpanan sukarela", "Back to voluntary savings"],
  AGAIN: ["Diperpanjang dengan bunga hari itu", "Kept again, at that day's rate"],
});
