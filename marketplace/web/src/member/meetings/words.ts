import { words } from "../../ground/language";
import { many } from "../../ground/many";

/** What members read of meetings, motions and votes. */
export const say = words({
  meetings: ["Rapat", "Meetings"],
  noMeetings: ["Belum ada rapat", "No meetings yet"],
  motions: ["Usulan", "Motions"],
  noMotions: ["Belum ada usulan", "No motions yet"],
  agenda: ["Acara", "Agenda"],
  quorum: (represented: number, needed: number, entitled: number) => [
    `Hadir ${represented} dari ${entitled} suara, perlu ${needed}`,
    `${represented} of ${many(entitled, "vote")} present, ${needed} needed`,
  ],
  attend: ["Saya hadir", "I attend"],
  attended: ["Kehadiran tercatat", "Your attendance is noted"],
  online: ["Ikut lewat", "Join by"],
  minutes: ["Notulen", "Minutes"],
  vote: ["Beri suara", "Vote"],
  secretHelp: [
    "Rahasia: HP Anda membuat surat suara sendiri, dan koperasi tidak bisa tahu siapa memilih apa.",
    "Secret: your phone makes the ballot itself, and the co-op can't tell who voted what.",
  ],
  openHelp: ["Suara Anda tercatat dengan nama.", "Your vote is noted under your name."],
  voted: ["Suara Anda sudah masuk", "Your vote is in"],
  receiptOf: (code: string) => [`Tanda terima: ${code}`, `Receipt: ${code}`],
  rank: ["Sentuh calon menurut urutan pilihan Anda.", "Touch the candidates in your order."],
  place: (n: number, name: string) => [`${n}. ${name}`, `${n}. ${name}`],
  cannotSeal: [
    "Browser ini belum bisa membuat surat suara rahasia. Pakai browser yang lebih baru, atau minta kertas suara.",
    "This browser can't make a secret ballot yet. Use a newer one, or ask for a paper.",
  ],
  isHere: ["Anda tercatat hadir.", "You are taken down as present."],
  byWire: ["Anda hadir daring.", "You attend on line."],
  ofGroup: (name: string) => [`Rapat kelompok ${name}`, `Meeting of the group ${name}`],
  delegates: ["Utusan kelompok", "Delegates"],
  delegate: (group: string, n: number) => [
    `${group} · mewakili ${n} anggota`,
    `${group} · stands for ${many(n, "member")}`,
  ],
  proxy: ["Tidak bisa datang?", "Can't come?"],
  proxyHelp: [
    "Bila anggaran rumah tangga membolehkan, anggota lain bisa memilih untuk Anda. Isi nomor anggotanya.",
    "Where the by-laws allow it, another member may vote for you. Give his member number.",
  ],
  holderNumber: ["Nomor anggota yang diberi kuasa", "Member number of who votes for you"],
  giveProxy: ["Beri kuasa", "Let him vote for me"],
  proxyGiven: ["Kuasa tercatat", "Your proxy is noted"],
  heldBy: (name: string) => [`${name} memilih untuk Anda.`, `${name} votes for you.`],
  youHold: (n: number, names: string) => [`Anda memilih untuk ${n} anggota: ${names}`, `You vote for ${n}: ${names}`],
  alsoFor: (n: number) => [
    `Suara Anda juga berlaku untuk ${n} anggota yang Anda wakili dan belum memilih sendiri.`,
    `Your vote counts for the ${many(n, "member")} for whom you stand, too, where they have not voted.`,
  ],
  report: ["Laporan tahunan", "Annual report"],
  pdf: ["Unduh PDF", "Get the PDF"],
  becomes: (title: string, value: string) => [`${title}: menjadi ${value}`, `${title}: becomes ${value}`],
  deliveryShare: ["Bagian koperasi dari ongkos antar", "The co-op's share of a delivery's price"],
  electionOf: (office: string, seats: number, years: number) => [
    `${office}: ${seats} kursi, ${years} tahun`,
    `${office}: ${many(seats, "seat")}, ${many(years, "year")}`,
  ],
  candidates: ["Calon", "Candidates"],
  replay: ["Andai aturan ini sudah berlaku", "Had this rule been in force"],
  period: (from: string, to: string) => [`${from} sampai ${to}`, `${from} to ${to}`],
  whoGains: (better: number, worse: number, same: number) => [
    `${better} anggota lebih banyak, ${worse} lebih sedikit, ${same} tetap`,
    `more for ${many(better, "member")}, less for ${worse}, the same for ${same}`,
  ],
  from: (amount: string) => [`sekarang ${amount}`, `now ${amount}`],
  forYou: ["Untuk Anda", "For you"],
  more: (amount: string) => [`${amount} lebih banyak`, `${amount} more`],
  less: (amount: string) => [`${amount} lebih sedikit`, `${amount} less`],
  noChange: ["Tidak berubah", "No change"],
  check: ["Periksa suara saya", "Check my vote"],
  checkHelp: [
    "HP ini menyimpan kode surat suara Anda. Hasil yang diumumkan dihitung ulang di sini.",
    "This phone keeps the code of your ballot. The published results are counted again here.",
  ],
  counted: (choice: string) => [`Suara Anda dihitung: ${choice}`, `Your vote was counted: ${choice}`],
  isTrue: (n: number) => [
    `Hasil ini sama dengan yang dibacakan di rapat, dan ${n} surat suara cocok dengan hitungannya.`,
    `These are the results that were read out, and their count is made by ${many(n, "ballot")}.`,
  ],
  missing: [
    "Suara Anda tidak ada dalam hasil. Tunjukkan tanda terima ini kepada pengawas.",
    "Your vote isn't among the results. Show this receipt to the pengawas.",
  ],
  isFalse: [
    "Hasil ini tidak sama dengan yang dibacakan di rapat. Beri tahu pengawas.",
    "These are not the results that were read out. Tell the pengawas.",
  ],
  notHere: ["Di HP ini tidak ada surat suara untuk usulan ini.", "This phone keeps no ballot of this vote."],
  papers: ["Surat suara kertas", "Paper ballots"],
  papersHelp: [
    "Setujui hanya bila Anda melihat sendiri kertasnya dihitung begini.",
    "Agree only where you saw for yourself that the papers were counted so.",
  ],
  papersOf: (n: number, witnesses: number) => [
    `${n} kertas · ${witnesses} dari 2 saksi`,
    `${many(n, "paper")} · ${witnesses} of 2 witnesses`,
  ],
  witness: ["Saya saksinya, hitungan ini benar", "I saw it, the count is right"],
});
