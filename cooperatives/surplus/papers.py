"""Surplus as papers: how years were shared out, and a year's shares by member. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cooperatives.books.papers.charts import Bar, bars
from cooperatives.books.papers.paper import Cell, Paper
from cooperatives.books.papers.registers import Words, register
from cooperatives.books.papers.statements import say
from cooperatives.surplus.kinds import SurplusState
from cooperatives.surplus.pools import Pool
from cooperatives.surplus.sharing import WhyNot
from marketplace.money import percent

STATES: Mapping[SurplusState, Words] = {
    SurplusState.PROPOSED: ("Diusulkan", "Proposed"),
    SurplusState.REPLACED: ("Diganti", "Replaced"),
    SurplusState.POSTED: ("Dibukukan", "Booked"),
    SurplusState.PAID: ("Dibayar", "Paid"),
}
EXCLUDED: Mapping[WhyNot, Words] = {
    WhyNot.LEFT: ("Bukan anggota lagi", "No member any more"),
    WhyNot.FEW_TRANSACTIONS: ("Transaksi kurang", "Too few transactions"),
    WhyNot.IN_ARREARS: ("Menunggak simpanan wajib", "Owes mandatory savings"),
}


def state(of: SurplusState, language: str) -> str:
    """Where an allocation stands, in words."""
    return say(language, STATES[of])


def outcome(excluded: WhyNot | None, *, is_paid: bool, language: str) -> str:
    """What became of a share: why there is none, or whether it was paid."""
    if excluded is not None:
        return say(language, EXCLUDED[excluded])
    return say(language, ("Dibayar", "Paid") if is_paid else ("Belum dibayar", "Not paid yet"))


def allocations(rows: Iterable[tuple[Cell, ...]], language: str) -> Paper:
    """Pembagian SHU: number, the year's end, the pools in their order, the surplus, where it stands."""
    headings = (
        ("Nomor", "Number", 1.1, False),
        ("Tahun buku sampai", "Year until", 1, False),
        ("Cadangan", "Reserve", 1, True),
        ("Jasa usaha", "By business", 1, True),
        ("Jasa modal", "By savings", 1, True),
        ("Pengurus", "Officers", 1, True),
        ("Pendidikan", "Education", 1, True),
        ("Sosial", "Social", 1, True),
        ("Daerah kerja", "Area", 1, True),
        ("Non-anggota", "Non-members", 1, True),
        ("SHU", "Surplus", 1.1, True),
        ("Status", "State", 0.9, False),
    )
    return register(("Pembagian SHU", "Allocation of the surplus"), headings, list(rows), language)


_POOLS: Mapping[Pool, Words] = {
    Pool.RESERVE: ("Cadangan", "Reserve"),
    Pool.PATRONAGE: ("Jasa usaha anggota", "To members by their business"),
    Pool.CAPITAL: ("Jasa modal anggota", "To members by their savings"),
    Pool.OFFICERS: ("Pengurus dan karyawan", "Officers and staff"),
    Pool.EDUCATION: ("Dana pendidikan", "Education"),
    Pool.SOCIAL: ("Dana sosial", "Social fund"),
    Pool.DEVELOPMENT: ("Pembangunan daerah kerja", "Development of the area"),
    Pool.NON_MEMBER: ("Cadangan dari usaha non-anggota", "Reserve from business with non-members"),
}


def pools(number: str, amounts: Mapping[Pool, int], total: int, language: str) -> Paper:
    """Pembagian SHU of one year: each pool, its rupiah, its part of the whole, and all of them as bars."""
    headings = (
        ("Bagian", "Part", 2.6, False),
        ("Jumlah", "Amount", 1.4, True),
        ("Persen", "Per cent", 0.8, True),
    )
    title = (f"Pembagian Sisa Hasil Usaha ({number})", f"Allocation of the surplus ({number})")
    filled = {pool: amount for pool, amount in amounts.items() if amount}
    rows: list[tuple[Cell, ...]] = [
        (say(language, _POOLS[pool]), amount, percent(round(amount * 10_000 / total), language))
        for pool, amount in filled.items()
    ]
    made = register(title, headings, rows, language, sums=(1,))
    told = [Bar(say(language, _POOLS[pool]), (amount,)) for pool, amount in filled.items()]
    return replace(made, drawing=bars(say(language, title), (say(language, ("Jumlah", "Amount")),), told, language))


def shares(rows: Iterable[tuple[Cell, ...]], number: str, language: str) -> Paper:
    """SHU per anggota: member, transactions and their rupiah, both parts, their sum, what became of it."""
    headings = (
        ("Anggota", "Member", 0.7, False),
        ("Nama", "Name", 2, False),
        ("Transaksi", "Transactions", 0.8, False),
        ("Nilai transaksi", "Their amount", 1.2, True),
        ("Jasa modal", "By savings", 1.1, True),
        ("Jasa usaha", "By business", 1.1, True),
        ("Jumlah", "Total", 1.1, True),
        ("Keterangan", "Outcome", 1.5, False),
    )
    title = (f"SHU per Anggota {number}", f"Surplus by member {number}")
    return register(title, headings, list(rows), language, sums=(3, 4, 5, 6))
