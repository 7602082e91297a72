import { words } from "../../ground/language";

/** What the pages of the co-op's books say to a member. */
export const say = words({
  title: ["Buku koperasi", "The co-op's books"],
  months: ["Buku per bulan", "Monthly books"],
  olderMonths: [
    "Bulan yang lebih lama ada di laporan tahunan, pada halaman rapatnya.",
    "Older months stand in the annual report, on the page of its meeting.",
  ],
  noMonths: ["Belum ada bulan yang dikunci.", "No month is locked yet."],
  locked: (day: string) => [`Dikunci ${day}`, `Locked ${day}`],
  position: ["Neraca", "Balance sheet"],
  surplus: ["Hasil usaha", "Surplus statement"],
  seal: ["Segel buku", "Seal of the books"],
  sealHelp: [
    "Siapa pun yang mengubah buku setelah dikunci, segelnya tidak cocok lagi.",
    "Were the books changed after they were locked, the seal would not fit.",
  ],
  pay: ["Honor pengurus & pengawas", "What officers are paid"],
  noPay: ["Belum ada honor dalam anggaran yang berlaku.", "The budget in force pays no officers."],
  aMonth: (amount: string) => [`${amount} sebulan`, `${amount} a month`],
  aYear: (amount: string) => [`${amount} setahun`, `${amount} a year`],
  budgets: ["Rencana kerja & anggaran", "Work plan and budget"],
  noBudgets: ["Belum ada anggaran.", "No budget yet."],
  between: (from: string, to: string) => [`${from} – ${to}`, `${from} – ${to}`],
  useFile: ["Anggaran dan kenyataan (PDF)", "Budget against actual (PDF)"],
  plan: ["Rencana kerja", "Work plan"],
  use: ["Anggaran dan kenyataan", "Budget against actual"],
  until: (day: string) => [`Buku sampai ${day}.`, `By the books until ${day}.`],
  notYet: ["Belum ada buku bulan yang dikunci.", "No month of it is locked yet."],
  income: ["Pendapatan", "Income"],
  expenses: ["Beban", "Expenses"],
  result: ["Hasil usaha", "Surplus"],
  byAccount: ["Per akun", "By account"],
  ofBudget: (year: string, left: string) => [
    `anggaran setahun ${year} · sisa ${left}`,
    `budget ${year} for the year · ${left} left`,
  ],
  planned: (year: string) => [`anggaran setahun ${year}`, `budget ${year} for the year`],
});

export const budgetStates = words({
  PROPOSED: ["Diusulkan", "Proposed"],
  REPLACED: ["Diganti", "Replaced"],
  ADOPTED: ["Disahkan", "Adopted"],
});

export const BUDGET_TONES = { PROPOSED: "warn", REPLACED: "calm", ADOPTED: "good" } as const;

export const offices = words({
  CHAIR: ["Ketua", "Chair"],
  SECRETARY: ["Sekretaris", "Secretary"],
  TREASURER: ["Bendahara", "Treasurer"],
  SUPERVISOR: ["Pengawas", "Supervisor"],
  DISPATCHER: ["Pengatur antaran", "Dispatcher"],
  UNIT_MANAGER: ["Manajer unit", "Unit manager"],
  LOAN_OFFICER: ["Petugas pinjaman", "Loan officer"],
});
