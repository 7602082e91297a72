import { words } from "../../ground/language";
import { many } from "../../ground/many";

export const say = words({
  title: ["Jadwal", "Schedule"],
  noService: ["Jasa tidak ditemukan", "Service not found"],
  toMenu: ["Ke menu", "To the menu"],
  add: ["Tambah jadwal", "Add times"],
  none: ["Belum ada jadwal", "No times yet"],
  noneHelp: [
    "Isi kapan Anda bisa. Pembeli memilih salah satunya saat memesan.",
    "Add the times at which you can. Buyers choose one of them as they order.",
  ],
  free: ["Kosong", "Free"],
  freeOf: (n: string, capacity: string) => [`${n} dari ${capacity} tempat kosong`, `${n} of ${capacity} places free`],
  bookedBy: (name: string, number: string) => [`${name} · pesanan ${number}`, `${name} · order ${number}`],
  someone: ["Pembeli", "A buyer"],
  booked: ["Terisi", "Booked"],
  remove: (when: string) => [`Hapus jadwal ${when}`, `Remove ${when}`],
  removeRest: (when: string) => [`Tutup tempat kosong ${when}`, `Take back the free places of ${when}`],
  day: ["Mulai tanggal", "From which day"],
  from: ["Dari jam", "From"],
  until: ["Sampai jam", "Until"],
  minutes: ["Lama tiap kali (menit)", "How long each takes (minutes)"],
  minutesHint: ["5 sampai 1.440 menit", "5 to 1,440 minutes"],
  capacity: ["Berapa pembeli sekaligus?", "How many buyers at once?"],
  capacityHelp: [
    "Jam yang sudah ada dalam rencana ini ikut berubah.",
    "Times of this plan that are there already change with it.",
  ],
  repeat: ["Ulangi di hari apa saja?", "Repeat on which weekdays?"],
  weeks: ["Berapa minggu?", "For how many weeks?"],
  becomes: (n: string, first: string, last: string) => [
    `Jadi ${n} jadwal, dari ${first} sampai ${last}`,
    `${many(n, "time")}, from ${first} to ${last}`,
  ],
  becomesNone: [
    "Belum ada jadwal yang bisa ditambah. Periksa tanggal dan jamnya.",
    "Nothing to add yet. Look at the day and the hours.",
  ],
  tooMany: (most: string) => [
    `Paling banyak ${most} jadwal sekali tambah. Kurangi minggunya.`,
    `At most ${most} times in one go. Take fewer weeks.`,
  ],
  added: ["Jadwal ditambahkan", "The times are added"],
});
