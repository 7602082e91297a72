import { words } from "../ground/language";
import { many } from "../ground/many";

export const say = words({
  title: ["Untuk pengembang", "For developers"],
  intro: [
    "Semua contoh dari docs/api, dijalankan di node ini. Contohnya berbahasa Inggris, seperti dokumentasinya.",
    "Every example of docs/api, run against this node.",
  ],
  schema: ["Skema lengkap", "The whole schema"],
  people: ["Orang-orang kota contoh", "People of the sample town"],
  pages: ["Halaman contoh", "Pages of examples"],
  count: (n: number) => [`${n} contoh`, many(n, "example")],
  run: ["Jalankan", "Run"],
  show: ["Lihat contoh", "Show the example"],
  as: ["Jalankan sebagai", "Run as"],
  asThem: ["Orang yang disebut contohnya", "Whom each example names"],
  asMe: (name: string) => [`Saya, ${name}`, `Myself, ${name}`],
  realCodes: [
    "Node ini mengirim kode ke HP. Masuklah dengan nomor Anda, lalu pilih menjalankan sebagai Anda sendiri.",
    "This node sends codes to phones. Sign in with your own number, then run as yourself.",
  ],
  document: ["Kueri", "Query"],
  variables: ["Isian (JSON)", "Variables (JSON)"],
  answerTo: (name: string, at: number) => [`Jawaban ${at}: ${name}`, `Answer ${at}: ${name}`],
  nobody: ["tanpa masuk", "signed in as nobody"],
  holder: (name: string) => [`pemegang ${name}`, `the holder of ${name}`],
  refusal: ["Memang ditolak:", "Refused on purpose:"],
  missing: (name: string) => [
    `Belum ada {{${name}}}: contoh sebelumnya tidak memberikannya.`,
    `There is no {{${name}}} yet: the examples before did not give it.`,
  ],
  notJson: ["Isiannya bukan JSON.", "The variables are not JSON."],
  silent: ["Tidak ada kabar dalam 15 detik.", "Nothing came within 15 seconds."],
});

/** What has to happen before an example, by the words of docs/api/README.md. */
export const needs = words({
  later: [
    "Butuh waktu berlalu dulu, atau node yang jamnya dipercepat",
    "Needs time to pass, or a node whose clock runs fast",
  ],
  picture: ["Butuh foto jualan diunggah dulu", "Needs a picture of the listing uploaded before"],
  paper: ["Butuh foto surat pengemudi diunggah dulu", "Needs the photo of a driver's paper uploaded before"],
  statement: ["Butuh rekening koran dimasukkan dulu", "Needs a bank statement taken in before"],
  sheets: ["Butuh lembar anggota pindahan diunggah dulu", "Needs the sheets of members who move in uploaded before"],
  stray: ["Butuh uang tak dikenal dari penyedia pembayaran", "Needs money from a provider that no payment explains"],
  blinds: ["Butuh perangkat pemilih yang membuat suara rahasia", "Needs a voter's device that makes a secret ballot"],
  votes: ["Butuh perangkat pemilih yang membuat suara rahasia", "Needs a voter's device that makes a secret ballot"],
});
