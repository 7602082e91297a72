import { words } from "../../ground/language";

/** What officers read of the shops in the co-op's book. */
export const say = words({
  title: ["Toko", "Shops"],
  nobodyWaits: ["Tidak ada toko yang menunggu", "No shop waits"],
  selling: ["Berjualan", "Selling"],
  nobodySells: ["Belum ada toko yang berjualan", "No shop sells yet"],
  suspended: ["Dihentikan", "Stopped"],
  nobodySuspended: ["Tidak ada toko yang dihentikan", "No shop is stopped"],
  applied: ["Menunggu persetujuan", "Waiting"],
  approve: ["Setujui", "Approve"],
  again: ["Izinkan lagi", "Allow again"],
  refuse: ["Tolak", "Refuse"],
  suspend: ["Hentikan toko", "Stop the shop"],
  refuseHelp: [
    "Pemiliknya membaca alasannya, dan boleh mengajukan ke koperasi lain.",
    "The owner reads the reason, and may apply to another co-op.",
  ],
  suspendHelp: [
    "Toko tidak menerima pesanan baru; yang sudah diterima tetap jalan. Pemiliknya membaca alasannya.",
    "The shop takes no new orders; those it took go on. The owner reads the reason.",
  ],
  why: ["Alasan", "Reason"],
  because: (reason: string) => [`Alasan: ${reason}`, `Reason: ${reason}`],
});
