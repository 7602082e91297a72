"""Plain lists of the books as papers: what there is, a row each, with a sum where one means something. Pure."""

from collections.abc import Sequence

from cooperatives.books.papers.paper import TOTAL, Cell, Column, Paper, Row
from cooperatives.books.papers.statements import say

#: A column's title in both languages, its part of the width, and whether it holds rupiah.
Heading = tuple[str, str, float, bool]
Words = tuple[str, str]


#: What is kept as a code, as people read it; the same code means the same in every list.
CODES: dict[str, Words] = {
    "ABORTED": ("dibatalkan", "given up"),
    "AWAITING": ("menunggu pilihan pembeli", "waits for the buyer"),
    "BORNE": ("ditanggung koperasi", "borne by the co-op"),
    "BUYER": ("pembeli", "buyer"),
    "CANCELLED": ("dibatalkan", "cancelled"),
    "CASH": ("tunai", "cash"),
    "CASH_IN": ("kas masuk", "cash in"),
    "CASH_OUT": ("kas keluar", "cash out"),
    "CLOSED": ("ditutup", "closed"),
    "CLOSING": ("sedang ditutup", "closing"),
    "CONFIRMED": ("sampai", "arrived"),
    "DEDUCTED": ("dipotong dari penghasilan", "taken from earnings"),
    "DISPUTED": ("sengketa", "disputed"),
    "DOUBLE": ("dibayar dua kali", "paid twice"),
    "DRIVER": ("pengemudi", "driver"),
    "ENDED": ("pesanan berakhir", "order ended"),
    "FAILED": ("gagal", "failed"),
    "KEPT": ("diakui sebagai pendapatan", "kept as income"),
    "LATE": ("dibayar terlambat", "paid too late"),
    "MEMORIAL": ("memorial", "memorial"),
    "OPEN": ("terbuka", "open"),
    "ORIGINAL": ("jalan semula", "as it came"),
    "PAID": ("dibayar", "paid"),
    "PENDING_SETTLEMENT": ("menunggu pembayaran", "to be paid"),
    "POSTED": ("dibukukan", "posted"),
    "PROCESSING": ("diproses", "under way"),
    "PROPOSED": ("menunggu persetujuan", "to be approved"),
    "REDUCED": ("pesanan dikurangi", "order made smaller"),
    "REFUSED": ("ditolak", "refused"),
    "REQUESTED": ("diminta", "asked for"),
    "RETURNED": ("dikembalikan", "given back"),
    "SELLER": ("penjual", "seller"),
    "DEDUCTION": ("potongan pendapatan", "deducted"),
    "VIRTUAL_ACCOUNT": ("virtual account", "virtual account"),
    "ONLINE": ("daring", "online"),
    "CREDIT": ("titipan anggota", "held for him"),
    "SAVINGS": ("simpanan", "savings"),
    "EARNINGS": ("ke pendapatan", "to earnings"),
    "LET_GO": ("dihapus", "let go"),
    "PRINCIPAL": ("simpanan pokok", "principal savings"),
    "MANDATORY": ("simpanan wajib", "mandatory savings"),
    "VOLUNTARY": ("simpanan sukarela", "voluntary savings"),
    "TERM": ("simpanan berjangka", "term deposit"),
    "PRINCIPAL_SAVINGS": ("simpanan pokok", "principal savings"),
    "MANDATORY_SAVINGS": ("simpanan wajib", "mandatory savings"),
    "VOLUNTARY_SAVINGS": ("simpanan sukarela", "voluntary savings"),
    "LOAN": ("pinjaman", "loan"),
    "PROTECTION": ("perlindungan", "protection"),
    "PURCHASE": ("belanja di unit", "purchase"),
    "OPERATING": ("iuran", "operating dues"),
    "CARD": ("kartu", "card"),
    "EWALLET": ("dompet digital", "e-wallet"),
    "SIMULATED": ("simulasi", "simulated"),
    "DIRECT": ("QRIS penjual", "the shop's own QRIS"),
    "ORDER": ("pesanan", "order"),
    "TIP": ("tip pengemudi", "driver's tip"),
    "DUES": ("kewajiban anggota", "member's dues"),
    "TAKEN": ("diterima", "taken"),
    "PARTLY_RETURNED": ("sebagian dikembalikan", "given back in part"),
    "TEMPO": ("tempo", "on credit"),
    "STOCK_OPENING": ("saldo awal", "opening"),
    "STOCK_PURCHASE": ("pembelian", "purchase"),
    "STOCK_SALE": ("penjualan", "sale"),
    "STOCK_RETURN": ("retur", "returned"),
    "STOCK_COUNT": ("opname", "count"),
    "ACCIDENT": ("kecelakaan", "accident"),
    "CARRIED": ("ditalangi dana solidaritas", "carried by the fund"),
    "DEATH": ("meninggal dunia", "death"),
    "DRAFT": ("rancangan", "draft"),
    "HEALTH": ("kesehatan", "health"),
    "ILLNESS": ("sakit", "illness"),
    "LAPSED": ("terputus", "lapsed"),
    "OLD_AGE": ("hari tua", "old age"),
    "PENSION": ("pensiun", "pension"),
    "PREMIUM": ("premi", "premium"),
    "REPORTED": ("dilaporkan", "told"),
    "ROUND_OPEN": ("menerima komitmen", "open"),
    "ROUND_ORDERED": ("dipesan", "ordered"),
    "ROUND_RECEIVED": ("datang", "received"),
    "ROUND_CANCELLED": ("dibatalkan", "cancelled"),
    "JOB_BOOKED": ("dipesan", "booked"),
    "JOB_RECEIVED": ("kendaraan masuk", "received"),
    "JOB_ESTIMATED": ("menunggu persetujuan", "to be agreed to"),
    "JOB_WORKING": ("dikerjakan", "under way"),
    "JOB_BILLED": ("ditagih", "billed"),
    "JOB_CANCELLED": ("dibatalkan", "cancelled"),
    "SENT": ("dikirim", "sent"),
    "SETTLED": ("lunas", "settled"),
    "SUBMITTED": ("diajukan", "submitted"),
    "SUCCEEDED": ("selesai", "done"),
    "TRANSFER": ("transfer", "transfer"),
    "UNKNOWN": ("tidak dikenal", "unknown"),
    "VEHICLE": ("kendaraan", "vehicle"),
    "WITHDRAWN": ("ditarik kembali", "taken back"),
    "FULL": ("biasa", "full"),
    "ASSOCIATE": ("luar biasa", "associate"),
    "CANDIDATE": ("calon", "candidate"),
    "RESIGNED": ("mengundurkan diri", "resigned"),
    "ENDED_BY_OFFICER": ("diakhiri pengurus", "ended by an officer"),
    "DIED": ("meninggal dunia", "died"),
    "EXPELLED": ("diberhentikan", "expelled"),
    "WRONG_AMOUNT": ("jumlah berbeda", "another amount"),
}


def read(code: str, language: str) -> str:
    """A code in words; one that has none as it is."""
    return say(language, CODES.get(code, (code, code)))


def register(
    title: Words,
    headings: Sequence[Heading],
    rows: Sequence[tuple[Cell, ...]],
    language: str,
    *,
    period: str = "",
    sums: Sequence[int] = (),
    notes: tuple[str, ...] = (),
) -> Paper:
    """A register. `sums`: the columns' places that are added up below."""
    name = say(language, title)
    columns = tuple(Column(say(language, (id, en)), share, is_amount) for id, en, share, is_amount in headings)
    made = [Row(cells) for cells in rows]
    if sums and rows:
        total: list[Cell] = [None] * len(columns)
        total[0] = say(language, ("Jumlah", "Total"))
        for place in sums:
            total[place] = sum(cell for row in rows if isinstance(cell := row[place], int))
        made.append(Row(tuple(total), TOTAL))
    return Paper(name[:31], name, period, columns, made, notes, is_wide=len(columns) > 6)
