import { words } from "../../ground/language";

/** What officers read of the year's surplus. */
export const say = words({
  title: ["SHU", "Surplus"],
  propose: ["Hitung dan usulkan SHU", "Reckon and propose the surplus"],
  proposeHelp: [
    "Dihitung dari buku setahun yang sudah dikunci, menurut anggaran rumah tangga. Usulan yang lama diganti.",
    "Reckoned from a year's locked books by the by-laws. An earlier proposal is replaced.",
  ],
  year: ["Tahun buku", "Book year"],
  none: ["Belum ada pembagian SHU", "No surplus has been shared yet"],
  noneHelp: ["Kunci bulan terakhir tahun buku dulu.", "Lock the last month of the book year first."],
  period: (from: string, to: string) => [`${from} – ${to}`, `${from} – ${to}`],
  total: ["SHU", "Surplus"],
  fromMembers: ["Dari usaha dengan anggota", "From business with members"],
  fromNonMembers: ["Dari bukan anggota", "From non-members"],
  pools: ["Pembagian", "Pools"],
  unclaimed: (amount: string) => [`${amount} tidak terbagi kepada anggota`, `${amount} not shared among members`],
  shares: ["Bagian anggota", "Members' shares"],
  noShare: ["tidak mendapat", "no share"],
  unnamed: ["Tanpa nama", "No name"],
  memberNumber: (n: string) => [`Anggota no. ${n}`, `Member no. ${n}`],
  post: ["Bukukan pembagian SHU", "Book the sharing of the surplus"],
  postHelp: (number: string) => [
    `Dibukukan hanya dengan putusan rapat anggota yang menyebut ${number}. Bagian tiap anggota menjadi utang koperasi.`,
    `Booked only by a motion of the members' meeting that names ${number}. Each member's share becomes the co-op's debt.`,
  ],
  pay: ["Bayarkan ke simpanan anggota", "Pay into members' savings"],
  payHelp: [
    "Bagian tiap anggota masuk ke simpanannya atau dibayarkan.",
    "Each member's share goes into his savings or is paid out.",
  ],
  article: (instrument: string, article: string) => [
    `${instrument} pasal ${article}`,
    `${instrument} art. ${article}`,
  ],
  basis: ["Dasar aturan", "Rules"],
});

export const surplusStates = words({
  PROPOSED: ["Diusulkan", "Proposed"],
  REPLACED: ["Diganti", "Replaced"],
  POSTED: ["Dibukukan", "Booked"],
  PAID: ["Dibayarkan", "Paid"],
});
