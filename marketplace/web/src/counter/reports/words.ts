import { words } from "../../ground/language";

/** What officers read of the reports. */
export const say = words({
  account: ["Akun", "Account"],
  balanceSheet: ["Neraca", "Balance sheet"],
  surplus: ["PHU", "Surplus"],
  trial: ["Neraca saldo", "Trial balance"],
  from: ["Dari", "From"],
  to: ["Sampai", "To"],
  asOf: ["Per tanggal", "As of"],
  yearBefore: (amount: string) => [`tahun lalu ${amount}`, `a year before ${amount}`],
  made: ["Terdiri dari", "Made of"],
  pdf: ["PDF", "PDF"],
  xlsx: ["XLSX", "XLSX"],
  opening: ["Saldo awal", "Opening"],
  closing: ["Saldo akhir", "Closing"],
  mutations: (debit: string, credit: string) => [`D ${debit} · K ${credit}`, `D ${debit} · C ${credit}`],
  balance: (amount: string) => [`Saldo ${amount}`, `Balance ${amount}`],
  onDebit: (amount: string) => [`D ${amount}`, `D ${amount}`],
  onCredit: (amount: string) => [`K ${amount}`, `C ${amount}`],
  allDebits: ["Mutasi debit", "Debits"],
  allCredits: ["Mutasi kredit", "Credits"],
  closingDebits: ["Saldo debit", "Debit balances"],
  closingCredits: ["Saldo kredit", "Credit balances"],
  earlierResult: ["SHU tahun-tahun lalu", "Surplus of earlier years"],
  unbalanced: ["Neraca ini tidak seimbang. Hubungi pengelola.", "This does not balance. Tell the operator."],
  noPostings: ["Tidak ada mutasi pada masa ini", "Nothing was posted in this time"],
});
