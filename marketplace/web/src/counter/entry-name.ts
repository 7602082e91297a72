import { named, words } from "../ground/language";

const say = words({
  byMarket: ["Dari pasar", "From the market"],
});

/** What moved money where no voucher did. */
const causes = words({
  "borrowing.interest": ["Bunga pinjaman koperasi", "Interest on a borrowing"],
  "borrowing.paid": ["Angsuran pinjaman koperasi", "Borrowing paid"],
  "borrowing.received": ["Pinjaman koperasi diterima", "Borrowing received"],
  "cash_fund.contributed": ["Dana pesanan tunai", "Cash order fund"],
  cash_receipt: ["Setoran tunai pengemudi", "Cash from a driver"],
  "cash_shortage.opened": ["Kekurangan setoran", "Cash shortage"],
  "cash_shortage.ended": ["Kekurangan setoran selesai", "Cash shortage ended"],
  "debt.acknowledged": ["Utang antarkoperasi", "Debt between co-ops"],
  "delivery.cash": ["Tunai dari antaran", "Cash of a delivery"],
  "delivery.cash_at_pickup": ["Tunai saat jemput", "Cash at pickup"],
  "delivery.ended": ["Upah antaran", "A delivery's shares"],
  "due.paid": ["Iuran atau setoran anggota", "Member's dues or savings"],
  "loan.disbursed": ["Pinjaman dicairkan", "Loan paid out"],
  "loan.interest": ["Bunga pinjaman", "Loan interest"],
  "loan.repaid": ["Angsuran pinjaman", "Loan instalment"],
  "loan.paid_early": ["Pelunasan pinjaman", "Loan repaid early"],
  "payment.fee": ["Biaya pembayaran", "Payment fee"],
  "payout.requested": ["Pencairan", "Payout"],
  "refund.paid": ["Pengembalian uang", "Refund"],
  "savings.from_earnings": ["Simpanan dari upah", "Saved from earnings"],
  "savings.matured": ["Simpanan berjangka jatuh tempo", "Deposit matured"],
  "savings.placed": ["Simpanan berjangka dibuka", "Deposit placed"],
  "savings.withdrawn": ["Penarikan simpanan", "Savings withdrawn"],
  "settlement_payment.confirmed": ["Kliring diterima", "Settlement received"],
  "settlement_payment.paid": ["Kliring dibayar", "Settlement paid"],
  "settlement_window.closed": ["Kliring ditutup", "Window closed"],
  "sub_order.collected": ["Pembayaran pesanan", "Order paid"],
  "sub_order.ended": ["Pesanan selesai", "Order ended"],
  "sub_order.released": ["Bagian pesanan dibagikan", "Order shared out"],
});

/** What an entry of the ledger is called: its voucher's words, or what moved it. */
export function entryName({ description, causeKind }: { description: string | null; causeKind: string }): string {
  return description || (Object.hasOwn(causes, causeKind) ? named(causes, causeKind) : say.byMarket);
}
