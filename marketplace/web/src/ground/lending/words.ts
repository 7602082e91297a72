import { words } from "../language";
import { many } from "../many";

/** What members and officers read of a loan in a list, and of what it costs. */
export const say = words({
  left: (amount: string) => [`sisa ${amount}`, `${amount} left`],
  late: (n: number) => [`terlambat ${n} hari`, `${many(n, "day")} late`],
  cost: ["Biaya dan angsuran", "Cost and instalments"],
  monthly: ["Angsuran sebulan", "Instalment a month"],
  firstMonth: ["Angsuran pertama", "First instalment"],
  allInterest: ["Bunga seluruhnya", "Interest in all"],
  payBack: ["Dibayar kembali seluruhnya", "Paid back in all"],
  effective: ["Bunga efektif setahun", "Effective rate a year"],
  schedule: ["Jadwal angsuran", "Schedule"],
  parts: (principal: string, interest: string) => [
    `pokok ${principal} · bunga ${interest}`,
    `principal ${principal} · interest ${interest}`,
  ],
  month: (n: number) => [`Bulan ke-${n}`, `Month ${n}`],
  allMonths: (n: number) => [`Lihat semua ${n} bulan`, `See all ${many(n, "month")}`],
});
