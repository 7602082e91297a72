import { words } from "../../ground/language";

/** What the page of a member's own data says. */
export const say = words({
  title: ["Data saya", "My data"],
  membership: ["Keanggotaan", "Membership"],
  category: ["Jenis anggota", "Kind of member"],
  joined: ["Anggota sejak", "Member since"],
  rights: (all: string) => [`Hak Anda: ${all}.`, `Your rights: ${all}.`],
  active: ["Anggota aktif", "Active member"],
  inactive: ["Belum aktif", "Not active"],
  activity: (n: number, months: number) => [
    `${n} transaksi setahun terakhir, ${months ? `menunggak ${months} bulan` : "tanpa tunggakan"}.`,
    `Transactions in the last year: ${n}. ${months ? `Months in arrears: ${months}` : "No months in arrears"}.`,
  ],
  cases: ["Perkara pemberhentian", "Expulsion"],
  details: ["Di buku daftar anggota", "In the register of members"],
  noDetails: ["Data diri Anda belum dicatat.", "Your details are not recorded yet."],
  edit: ["Ubah data diri", "Change my details"],
  name: ["Nama lengkap", "Full name"],
  nationalId: ["NIK (16 angka)", "NIK (16 digits)"],
  nationalIdRead: ["NIK", "NIK"],
  birthPlace: ["Tempat lahir", "Place of birth"],
  bornOn: ["Tanggal lahir", "Date of birth"],
  sex: ["Jenis kelamin", "Sex"],
  address: ["Alamat", "Address"],
  occupation: ["Pekerjaan", "Occupation"],
  saved: ["Sudah disimpan", "Saved"],
  heirs: ["Ahli waris", "Heirs"],
  heirsHelp: [
    "Kepada mereka simpanan Anda dibayarkan bila Anda meninggal.",
    "They are paid what you saved, should you die.",
  ],
  noHeirs: ["Belum ada yang ditunjuk.", "You named nobody yet."],
  editHeirs: ["Ubah ahli waris", "Change the heirs"],
  addHeir: ["Tambah ahli waris", "Add an heir"],
  heirName: (n: number) => [`Nama ahli waris ${n}`, `Heir ${n}, name`],
  heirRelation: (n: number) => [`Hubungan ahli waris ${n}`, `Heir ${n}, relation`],
  heirPhone: (n: number) => [`Nomor HP ahli waris ${n}`, `Heir ${n}, phone`],
  removeHeir: (n: number) => [`Hapus ahli waris ${n}`, `Remove heir ${n}`],
  takeHome: ["Semua data tentang Anda", "All your data"],
  takeHomeHelp: [
    "Satu berkas berisi semua yang disimpan koperasi tentang Anda.",
    "One file with all that co-ops keep of you.",
  ],
  download: ["Unduh data saya", "Download my data"],
});

export const categories = words({
  FULL: ["Anggota biasa", "Full member"],
  ASSOCIATE: ["Anggota luar biasa", "Associate"],
  CANDIDATE: ["Calon anggota", "Candidate"],
});

export const rights = words({
  VOTE: ["bersuara", "vote"],
  HOLD_OFFICE: ["dipilih jadi pengurus", "hold office"],
  SHARE_SURPLUS: ["SHU", "surplus"],
  BORROW: ["meminjam", "borrow"],
  SAVE: ["menyimpan", "save"],
  USE_SERVICES: ["memakai layanan", "use services"],
});

export const sexes = words({ "": ["–", "–"], L: ["Laki-laki", "Male"], P: ["Perempuan", "Female"] });
