import { words } from "../../ground/language";

export const say = words({
  title: ["Tentang toko", "About the shop"],
  change: ["Ubah", "Change"],
  name: ["Nama toko", "Name of the shop"],
  description: ["Keterangan", "What it says of itself"],
  descriptionHint: ["Misalnya: masakan Madura, buka sejak 1998", "For instance: Madurese food, since 1998"],
  phone: ["Nomor HP toko", "The shop's phone"],
  phoneHint: [
    "Pembeli bisa menelepon nomor ini. Kosongkan bila tidak mau ditelepon.",
    "Buyers may call this number. Leave it empty to get no calls.",
  ],
  noPhone: ["Pembeli belum bisa menelepon", "Buyers can't call yet"],
  packingFee: ["Biaya kemasan tiap pesanan (Rp)", "Packing fee of each order (Rp)"],
  minimumOrder: ["Belanja paling sedikit (Rp)", "Least value of an order (Rp)"],
  zeroHint: ["Isi 0 bila tidak ada", "0 where there is none"],
  takes: ["Cara melayani", "How you serve"],
  takesCash: ["Terima tunai", "Take cash"],
  takesOnline: ["Terima pembayaran online", "Take payment online"],
  allowsPickup: ["Pembeli boleh ambil sendiri", "Buyers may fetch it"],
  autoAccept: ["Pesanan langsung diterima tanpa saya tekan", "Orders are accepted without a press of mine"],
  packs: (amount: string) => [`Kemasan ${amount}`, `Packing ${amount}`],
  least: (amount: string) => [`Belanja minimal ${amount}`, `Order at least ${amount}`],
  ratings: ["Penilaian pembeli", "What buyers say"],
});
