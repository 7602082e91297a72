import { words } from "../language";
import { many } from "../many";

/** What officers and sellers read of joint purchases. */
export const say = words({
  title: ["Pembelian bersama", "Joint purchases"],
  ofSupplier: (supplier: string, runner: string) => [
    `Dari ${supplier}, diurus ${runner}`,
    `From ${supplier}, run by ${runner}`,
  ],
  closes: ["Bisa ikut sampai", "Join until"],
  closed: ["Waktu ikut sudah habis", "Joining is over"],
  tempo: ["Tempo bayar", "Days to pay"],
  tempoDays: (n: number) => [`${n} hari`, many(n, "day")],
  atOnce: ["Saat barang datang", "When the goods come"],
  from: (n: string, measure: string) => [`mulai ${n} ${measure}`, `from ${n} ${measure}`],
  together: (n: string, measure: string) => [`Sudah dipesan bersama ${n} ${measure}`, `${n} ${measure} taken so far`],
  missing: (n: string, measure: string, price: string) => [
    `${n} ${measure} lagi supaya harganya ${price}`,
    `${n} ${measure} more for a price of ${price}`,
  ],
  ordered: (n: string, measure: string, price: string) => [
    `Dipesan ${n} ${measure}, masing-masing ${price}`,
    `${n} ${measure} ordered at ${price} each`,
  ],
  came: (n: string, measure: string, day: string) => [
    `Datang ${n} ${measure} pada ${day}`,
    `${n} ${measure} came on ${day}`,
  ],
  join: ["Ikut membeli", "Join"],
  change: ["Ubah jumlah", "Change how many"],
  howMany: (measure: string) => [`Berapa ${measure}?`, `How many ${measure}?`],
  joinHelp: [
    "Yang ikut wajib mengambil dan membayar bagiannya. Jumlahnya masih bisa diubah sampai waktu ikut habis.",
    "Who joins takes and pays his part. How many can be changed until joining is over.",
  ],
  estimate: (amount: string, price: string) => [
    `Kira-kira ${amount}, dengan harga ${price} dan belum termasuk ongkos angkut.`,
    `About ${amount}, at ${price} each and without carriage.`,
  ],
  below: ["Belum cukup untuk harga pertama; ajak yang lain.", "Not yet enough for the first price: ask others in."],
  joined: ["Tercatat", "Noted"],
  takeBack: ["Batal ikut", "Take it back"],
  mine: (n: string, measure: string) => [`Ikut ${n} ${measure}`, `${n} ${measure} taken`],
  isOut: ["Batal ikut", "Taken back"],
  isRefused: ["Tidak diikutkan", "Not taken in"],
  got: (n: string, measure: string) => [`Dapat ${n} ${measure}`, `${n} ${measure} received`],
  goods: ["Barang", "Goods"],
  carriage: ["Ongkos angkut", "Carriage"],
  total: ["Bagian ini", "This part"],
  owed: (amount: string, day: string) => [
    `Belum dibayar ${amount}, paling lambat ${day}`,
    `${amount} still owed, due ${day}`,
  ],
  paid: ["Lunas", "Paid"],
  paidByStock: ["Unit sendiri: lunas saat masuk stok", "Our own unit: paid as it goes into stock"],
});

export const roundStates = words({
  OPEN: ["Dibuka", "Open"],
  ORDERED: ["Dipesan", "Ordered"],
  RECEIVED: ["Barang datang", "Received"],
  CANCELLED: ["Dibatalkan", "Cancelled"],
});
