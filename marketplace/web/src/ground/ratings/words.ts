import { words } from "../language";
import { many } from "../many";

export const say = words({
  stars: (n: number) => [`${n} dari 5 bintang`, `${n} of 5 stars`],
  ratings: ["Penilaian pembeli", "What buyers say"],
  average: (average: string, n: string) => [
    `${average} dari 5 · ${n} penilaian`,
    `${average} of 5 · ${many(n, "rating")}`,
  ],
  few: (n: string) => [`${n} penilaian pembeli`, `Buyers' ratings: ${n}`],
  none: ["Belum ada penilaian", "No ratings yet"],
  report: ["Laporkan", "Report"],
  reportTitle: ["Mengapa penilaian ini tidak pantas?", "Why should this rating not stand?"],
  reason: ["Alasannya", "The reason"],
  reportHelp: ["Pengelola membaca laporan dan memutuskan.", "The operator reads it and decides."],
  reported: ["Laporan terkirim", "Your report was sent"],
});
