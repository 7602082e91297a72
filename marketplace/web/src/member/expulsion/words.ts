import { words } from "../../ground/language";

/** What a member reads of a case in which his co-op wants him to leave. */
export const say = words({
  title: ["Perkara pemberhentian", "Expulsion"],
  none: ["Tidak ada perkara", "There is no case"],
  noneHelp: ["Koperasi tidak sedang meminta Anda keluar.", "The co-op does not want you to leave."],
  staysMember: [
    "Selama belum diputus tetap, Anda anggota dengan semua hak Anda.",
    "Until it is final you are a member, with all your rights.",
  ],
  grounds: ["Alasan koperasi", "The co-op's grounds"],
  hearing: ["Sidang", "Hearing"],
  at: (when: string, place: string) => [`${when}, di ${place}`, `${when}, at ${place}`],
  defence: ["Pembelaan Anda", "Your defence"],
  noDefence: [
    "Anda belum menulis pembelaan. Anda juga boleh datang dan bicara di sidang.",
    "You have written nothing yet. You may also come and speak at the hearing.",
  ],
  writeDefence: ["Tulis pembelaan", "Write your defence"],
  changeDefence: ["Ubah pembelaan", "Change your defence"],
  sendDefence: ["Kirim pembelaan", "Send it"],
  minutes: ["Catatan sidang", "Minutes of the hearing"],
  stayedAway: ["Dicatat: Anda tidak hadir.", "Noted: you did not come."],
  decision: ["Putusan pengurus", "What was decided"],
  appeal: ["Banding Anda", "Your appeal"],
  appealHelp: (day: string) => [
    `Tidak setuju? Sampai ${day} Anda boleh meminta rapat anggota yang memutuskan.`,
    `You disagree? Until ${day} you may ask the members' meeting to decide.`,
  ],
  doAppeal: ["Ajukan banding", "Appeal"],
  why: ["Alasan Anda", "Your reasons"],
  waits: [
    "Rapat anggota yang memutuskan. Anda boleh menulis usulan agar pemberhentian dibatalkan; pengurus mengajukannya ke rapat.",
    "The members' meeting decides. You may write the motion that overturns it; officers table it.",
  ],
  overturn: ["Tulis usulan pembatalan", "Write the motion to overturn"],
  stays: ["Anda tetap anggota.", "You stay a member."],
});

export const states = words({
  CALLED: ["Dipanggil", "Called"],
  HEARD: ["Sudah didengar", "Heard"],
  PROPOSED: ["Menunggu pengurus kedua", "Waits for a second officer"],
  DECIDED: ["Diputus, boleh banding", "Decided, you may appeal"],
  APPEALED: ["Menunggu rapat anggota", "Waits for the meeting"],
  FINAL: ["Tetap", "Final"],
  DROPPED: ["Dibatalkan", "Dropped"],
});
