import { words } from "../../ground/language";

/** What officers read of who comes, stays and leaves. */
export const say = words({
  title: ["Keanggotaan", "Membership"],
  applications: ["Permohonan anggota", "Applications for membership"],
  noApplications: ["Tidak ada permohonan yang menunggu", "No applications wait"],
  appliedOn: (day: string) => [`Mengajukan ${day}`, `Applied ${day}`],
  approve: ["Terima", "Admit"],
  refuse: ["Tolak permohonan", "Refuse the application"],
  refuseHelp: ["Pemohon membaca alasannya.", "The applicant reads the reason."],
  why: ["Alasan", "Reason"],
  register: ["Buku daftar anggota", "Register of members"],
  registerHelp: [
    "Disimpan seperti yang diminta undang-undang. Setiap unduhan dicatat.",
    "Kept as the law requires. Every download is recorded.",
  ],
  findMembers: ["Cari anggota di loket", "Find members at the counter"],
  departures: ["Yang sudah keluar", "Who has left"],
  noDepartures: ["Belum ada yang keluar", "Nobody has left"],
  saved: ["Simpanan dikembalikan", "Savings given back"],
  duesPaid: ["Tagihan dilunasi", "Dues paid"],
  setOff: ["Dipotong dari simpanan", "Set off against savings"],
  leftOwing: ["Masih terutang", "Still owed"],
  unnamed: ["Tanpa nama", "No name"],
  memberNumber: (n: string) => [`Anggota no. ${n}`, `Member no. ${n}`],
  memberSince: (day: string) => [`Anggota sejak ${day}`, `Member since ${day}`],
  leftOn: (cause: string, day: string) => [`${cause}, ${day}`, `${cause}, ${day}`],
  leaving: ["Keluar dari koperasi", "Leaving the co-op"],
  end: ["Akhiri keanggotaan", "End the membership"],
  endHelp: [
    "Atas permintaan anggota sendiri atau menurut anggaran dasar. Keanggotaan berakhir hari ini dan tidak bisa dibatalkan. Simpanannya dikembalikan; utangnya dihitung lebih dulu.",
    "As the member asks or the by-laws say. Membership ends today, and there is no way back. The savings are given back; what is owed is reckoned first.",
  ],
  owing: ["Bila masih berutang", "If something is owed"],
  setOffYes: ["Potong utang dari simpanannya", "Take what is owed from the savings"],
  setOffNo: ["Utang ditagih terpisah", "What is owed is collected apart"],
  death: ["Catat kematian", "Record a death"],
  deathHelp: [
    "Simpanannya menjadi hak ahli waris, yang datang dengan surat keterangan.",
    "The savings belong to the heirs, who come with their papers.",
  ],
  diedOn: ["Meninggal pada", "Died on"],
  document: ["Nomor surat kematian", "Number of the death certificate"],
  expel: ["Panggil ke sidang pemberhentian", "Call to a hearing on expulsion"],
  expelHelp: [
    "Anggota dipanggil dan didengar dulu; tanpa itu ia tidak boleh diberhentikan.",
    "The member is called and heard first; nobody is expelled without it.",
  ],
  expulsionCase: ["Perkara pemberhentian", "Case for expulsion"],
  caseNumber: (reference: string) => [`Nomor ${reference}`, `Number ${reference}`],
  grounds: ["Dasar pemberhentian", "Grounds"],
  hearingDay: ["Hari sidang", "Day of the hearing"],
  hearingTime: ["Pukul", "Time"],
  place: ["Tempat", "Place"],
  hearing: (when: string, place: string) => [`Sidang ${when} di ${place}`, `Hearing ${when} at ${place}`],
  defence: (text: string) => [`Pembelaannya: ${text}`, `The defence: ${text}`],
  recordHearing: ["Catat sidang", "Record the hearing"],
  present: ["Anggota hadir?", "Was the member there?"],
  came: ["Hadir", "Came"],
  stayedAway: ["Tidak hadir", "Stayed away"],
  minutes: ["Berita acara", "Minutes"],
  decide: ["Putuskan pemberhentian", "Decide the expulsion"],
  decideHelp: [
    "Anggota boleh naik banding ke rapat anggota. Bila anggaran dasar meminta pengurus kedua, putusan ini menunggunya.",
    "The member may appeal to the meeting. Where the by-laws want a second officer, this waits for one.",
  ],
  decision: ["Putusan dan alasannya", "The decision and its reason"],
  appealUntil: (day: string) => [`Banding sampai ${day}`, `May appeal until ${day}`],
  heard: (text: string) => [`Berita acara sidang: ${text}`, `Minutes of the hearing: ${text}`],
  appeal: (text: string) => [`Bandingnya: ${text}`, `The appeal: ${text}`],
  reasons: ["Alasan usulan", "Reasons of the motion"],
  rulingHelp: [
    "Usulan ini diajukan ke rapat anggota. Bila diterima, putusannya langsung dijalankan.",
    "The motion is tabled at a members' meeting. Once adopted, its ruling is carried out.",
  ],
  drop: ["Batalkan perkara", "Drop the case"],
  dropHelp: ["Ia tetap anggota.", "He stays a member."],
});

export const causes = words({
  RESIGNED: ["Mengundurkan diri", "Resigned"],
  ENDED_BY_OFFICER: ["Diakhiri pengurus", "Ended by an officer"],
  DIED: ["Meninggal", "Died"],
  EXPELLED: ["Diberhentikan", "Expelled"],
});

export const expulsionStates = words({
  CALLED: ["Dipanggil", "Called"],
  HEARD: ["Sudah didengar", "Heard"],
  PROPOSED: ["Menunggu pengurus kedua", "Waits for a second officer"],
  DECIDED: ["Diputuskan", "Decided"],
  APPEALED: ["Naik banding", "Appealed"],
  FINAL: ["Tetap", "Final"],
  DROPPED: ["Dibatalkan", "Dropped"],
});

export const rulings = words({
  EXPEL: ["Serahkan ke rapat anggota", "Leave it to the meeting"],
  UPHOLD: ["Usulkan: pemberhentian dikuatkan", "Motion: uphold the expulsion"],
  OVERTURN: ["Usulkan: pemberhentian dibatalkan", "Motion: overturn the expulsion"],
});
