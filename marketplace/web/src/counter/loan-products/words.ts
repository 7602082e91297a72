import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of the loans that the co-op offers. */
export const say = words({
  title: ["Produk pinjaman", "Loan products"],
  none: ["Belum ada produk pinjaman", "No loan products yet"],
  noneHelp: ["Anggota baru bisa mengajukan setelah ada produk.", "Members can ask for a loan once there is one."],
  offer: ["Buat produk", "Offer a product"],
  offerHelp: [
    "Bunga dan jumlahnya diperiksa terhadap batas undang-undang dan anggaran rumah tangga.",
    "Rate and amounts are held against the law's bounds and the by-laws'.",
  ],
  rate: ["Bunga setahun", "Rate a year"],
  amount: ["Jumlah", "Amount"],
  term: ["Jangka waktu", "Term"],
  months: (n: number) => [`${n} bulan`, many(n, "month")],
  guarantors: ["Penjamin", "Guarantors"],
  purpose: ["Keperluan", "Purpose"],
  name: ["Nama produk", "Name"],
  method: ["Cara bunga dihitung", "How interest is reckoned"],
  highest: ["Bunga efektif tertinggi", "Highest effective rate"],
  leastAmount: ["Pinjaman terkecil (Rp)", "Smallest loan (Rp)"],
  mostAmount: ["Pinjaman terbesar (Rp)", "Largest loan (Rp)"],
  leastMonths: ["Paling singkat (bulan)", "Shortest term (months)"],
  mostMonths: ["Paling lama (bulan)", "Longest term (months)"],
  guarantorsTyped: ["Jumlah penjamin (0–5)", "Guarantors (0–5)"],
  pledged: ["Simpanan yang ditahan", "Savings pledged"],
  pledgedTyped: ["Simpanan yang ditahan (% pinjaman)", "Savings pledged (% of the loan)"],
  paidTo: ["Uangnya dibayarkan ke mana?", "To whom is it paid?"],
  toMember: ["Ke anggota sendiri", "To the member himself"],
  forUnits: ["Untuk belanja di unit koperasi", "For purchases at the co-op's units"],
  between: (least: string, most: string) => [`${least} – ${most}`, `${least} – ${most}`],
  retire: ["Hentikan produk", "Stop offering it"],
  retireHelp: [
    "Pengajuan baru tidak diterima. Pinjaman yang berjalan tetap berjalan.",
    "No new loans of it. Those that run go on.",
  ],
});
