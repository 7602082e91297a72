import { words } from "../language";

export const say = words({
  variants: ["Pilihan", "Options"],
  chooseOne: ["Pilih satu", "Choose one"],
  mayChooseOne: ["Boleh pilih satu", "You may choose one"],
  chooseSome: (least: number, most: number) => [
    least === most ? `Pilih ${most}` : least ? `Pilih ${least}–${most}` : `Boleh pilih sampai ${most}`,
    least === most ? `Choose ${most}` : least ? `Choose ${least}–${most}` : `Choose up to ${most}`,
  ],
  cost: ["Rincian biaya", "What it costs"],
  packing: ["Kemasan", "Packing"],
  delivery: ["Ongkos antar", "Delivery"],
  deliveryOver: (d: string) => [`Ongkos antar (${d})`, `Delivery (${d})`],
  tip: ["Tip untuk pengemudi", "Tip for the driver"],
  total: ["Total", "Total"],
  quoteUntil: (t: string) => [`Harga ini berlaku sampai ${t}`, `This price holds until ${t}`],
  when: ["Pilih waktunya", "Choose a time"],
  whichDay: ["Hari", "Day"],
  whichTime: ["Jam", "Time"],
  places: (n: string) => [`sisa ${n}`, `${n} left`],
  noSlots: ["Belum ada jadwal kosong. Coba lagi nanti, ya.", "No time is free yet. Please try again later."],
  lost: (when: string) => [
    `Maaf, ${when} baru saja diambil orang lain.`,
    `Sorry, ${when} has just been taken by somebody else.`,
  ],
  instead: (when: string) => [`Ganti ke ${when}`, `Take ${when} instead`],
  booked: (when: string) => [`Jadwal: ${when}`, `Booked for ${when}`],
  requote: ["Hitung ulang", "Reckon again"],
});
