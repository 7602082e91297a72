import { words } from "../../ground/language";

/** What the operator reads of ratings that somebody reported. */
export const say = words({
  title: ["Penilaian dilaporkan", "Reported ratings"],
  note: ["Kata pembeli yang diminta diperiksa", "What buyers said that somebody asks you to look at"],
  none: ["Tidak ada penilaian yang dilaporkan", "No reported ratings"],
  noneHelp: [
    "Penilaian yang menurut pembacanya tidak pantas muncul di sini.",
    "Ratings that a reader finds out of place appear here.",
  ],
  stars: (n: number) => [`${n} dari 5 bintang`, `${n} of 5 stars`],
  noWords: ["Tanpa kata-kata", "No words"],
  reported: (why: string) => [`Dilaporkan: ${why}`, `Reported: ${why}`],
  hide: ["Sembunyikan penilaian", "Hide the rating"],
  letStand: ["Biarkan tampil", "Let it stand"],
  hideHelp: [
    "Penilaian ini tidak dihitung lagi. Pembeli yang menulisnya membaca alasan Anda.",
    "It counts no longer. The buyer who wrote it reads your reason.",
  ],
  letStandHelp: [
    "Penilaian tetap tampil dan dihitung. Pembeli yang menulisnya membaca alasan Anda.",
    "It stays and counts. The buyer who wrote it reads your reason.",
  ],
});

export const parties = words({
  SELLER: ["Tentang toko", "About the shop"],
  DRIVER: ["Tentang pengantar", "About the driver"],
});
