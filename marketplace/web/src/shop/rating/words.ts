import { words } from "../../ground/language";
import { many } from "../../ground/many";

export const say = words({
  rate: (who: string) => [`Nilai ${who}`, `Rate ${who}`],
  change: (who: string) => [`Ubah nilai ${who}`, `Change what you gave ${who}`],
  rated: (who: string, n: number) => [
    `Penilaian Anda untuk ${who}: ${n} bintang`,
    `You gave ${who} ${many(n, "star")}`,
  ],
  rateHow: ["Bagaimana menurut Anda?", "How was it?"],
  words: ["Cerita singkat (boleh kosong)", "In short (may be left empty)"],
  isPublic: ["Tampil di halaman toko, tanpa nama Anda.", "Shown on the shop's page, without your name."],
  isPrivate: [
    "Hanya dibaca pengemudi dan koperasinya, tanpa nama Anda. Pembagian pekerjaan tidak memakainya.",
    "Only the driver and his co-op read it, without your name. Who gets jobs does not depend on it.",
  ],
  send: ["Kirim penilaian", "Send it"],
  withdraw: ["Tarik penilaian saya", "Take my rating back"],
  thanks: ["Terima kasih atas penilaian Anda", "Thank you for your rating"],
  withdrawn: ["Penilaian ditarik", "Your rating is taken back"],
});

export const parties = words({
  SELLER: ["toko", "the shop"],
  DRIVER: ["pengemudi", "the driver"],
});

export const starWords = words({
  S5: ["Sangat baik", "Very good"],
  S4: ["Baik", "Good"],
  S3: ["Cukup", "Fair"],
  S2: ["Kurang", "Poor"],
  S1: ["Buruk", "Bad"],
});
