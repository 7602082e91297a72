import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What officers read of the savings that the co-op offers. */
export const say = words({
  title: ["Produk simpanan", "Savings products"],
  note: ["Sukarela dan berjangka, dengan bunganya", "Voluntary and term savings, with their rates"],
  none: ["Belum ada produk simpanan", "No savings products yet"],
  noneHelp: [
    "Buat satu, supaya anggota bisa menabung sukarela atau berjangka.",
    "Make one, so that members can save by will or for a term.",
  ],
  offer: ["Buat produk", "Make a product"],
  offerHelp: [
    "Simpanan pokok dan wajib diatur anggaran dasar. Bunga tidak boleh di atas batas aturan.",
    "By-laws set principal and mandatory savings. The rate must stay within the law and the by-laws.",
  ],
  kind: ["Jenis", "Kind"],
  name: ["Nama produk", "Its name"],
  rate: ["Bunga setahun", "Rate a year"],
  months: ["Jangka waktu (bulan)", "Term (months)"],
  least: ["Setoran terkecil (Rp)", "Smallest deposit (Rp)"],
  leastIs: ["Setoran terkecil", "Smallest deposit"],
  term: ["Jangka", "Term"],
  termOf: (n: number) => [`${n} bulan`, many(n, "month")],
  setRate: ["Ubah bunga", "Change the rate"],
  setRateHelp: [
    "Berlaku mulai hari yang dipilih. Simpanan berjangka yang sudah jalan tetap memakai bunga lamanya.",
    "From the chosen day on. Deposits that lie already keep their rate.",
  ],
  since: ["Mulai", "From"],
  retire: ["Hentikan produk", "Stop offering it"],
  retireHelp: [
    "Tidak menerima rekening baru lagi. Yang sudah ada tetap berjalan.",
    "It takes no new accounts. Those there are go on.",
  ],
});
