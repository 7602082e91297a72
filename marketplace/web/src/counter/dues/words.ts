import { words } from "../../ground/language";

/** What officers read of dues that members have not paid. */
export const say = words({
  title: ["Iuran belum dibayar", "Unpaid dues"],
  note: ["Yang tidak tertutup potongan upah", "What deductions did not cover"],
  help: [
    "Yang tidak tertutup potongan upah ada di sini. Anggotanya sudah diingatkan. Terima uangnya di loket, atau buka halaman anggotanya.",
    "What deductions from earnings did not cover. Members were reminded. Take the cash here, or open the member's page.",
  ],
  late: ["Jatuh tempo", "Due now"],
  thisMonth: ["Sampai akhir bulan", "By month's end"],
  none: ["Tidak ada yang belum dibayar", "Nothing is unpaid"],
  noneHelp: ["Iuran yang lewat jatuh tempo muncul di sini.", "Dues that are not paid by their day appear here."],
  open: ["Buka halaman anggota", "Open the member's page"],
});
