import { words } from "../../ground/language";

/** What officers read of dues that members have not paid. */
export const say = words({
  title: ["Iuran belum dibayar", "Unpaid dues"],
  note: ["Yang tidak tertutup potongan upah", "What deductions did not cover"],
  help: [
    "Iuran yang tidak cukup dipotong dari upah. Anggotanya sudah diingatkan; terima uangnya di loket atau buka halaman anggota.",
    "Dues that deductions from earnings did not cover. Members were reminded; take the cash here or open the member's page.",
  ],
  late: ["Jatuh tempo", "Due now"],
  thisMonth: ["Sampai akhir bulan", "By month's end"],
  none: ["Tidak ada yang belum dibayar", "Nothing is unpaid"],
  noneHelp: ["Iuran yang lewat jatuh tempo muncul di sini.", "Dues that are not paid by their day appear here."],
  open: ["Buka halaman anggota", "Open the member's page"],
});
