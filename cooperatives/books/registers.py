"""What the books keep beside the accounts, as papers: assets, what comes again, counts, bank lines, months, vouchers.

Each answers the whole paper of one co-op for one who may read its book; one longer than a file may be is refused.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from cooperatives.books import assets
from cooperatives.books.books import accounts_by_id, chart_of, read_book
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.models import BankLine, CashCount, FixedAsset, LockedMonth, RecurringVoucher, Voucher
from cooperatives.books.papers.paper import Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import for_period, say
from cooperatives.books.periods import Period
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Actor


async def whole(found: QuerySet[Any]) -> Sequence[Any]:
    """All of these rows. Raises TooLong."""
    rows = await found.limit(MOST_ENTRIES + 1)
    if len(rows) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    return rows


async def fixed_assets(actor: Actor, cooperative_id: UUID, language: str) -> Paper:
    """Daftar aset tetap: cost, what was taken off until now, what is left."""
    await read_book(actor, cooperative_id)
    rows = await whole(FixedAsset.filter(cooperative_id=cooperative_id).order_by("in_use_on", "id"))
    here = await assets.written_off_by_asset([row.pk for row in rows])
    made = []
    for row in rows:
        worn = row.written_off_before + here.get(row.pk, 0)
        left = 0 if row.disposed_on else row.cost - worn
        made.append((row.name, row.in_use_on, row.life_months, row.cost, row.residual, worn, left, row.disposed_on))
    headings = (
        ("Aset", "Asset", 2.6, False),
        ("Dipakai sejak", "In use since", 1, False),
        ("Umur (bulan)", "Life (months)", 0.8, False),
        ("Harga perolehan", "Cost", 1.2, True),
        ("Nilai sisa", "Residual", 1.1, True),
        ("Akumulasi susut", "Written off", 1.2, True),
        ("Nilai buku", "Book value", 1.2, True),
        ("Dilepas", "Disposed", 1, False),
    )
    return register(("Daftar Aset Tetap", "Fixed assets"), headings, made, language, sums=(3, 5, 6))


async def recurring(actor: Actor, cooperative_id: UUID, language: str) -> Paper:
    """What comes again: how often, when next, how much."""
    await read_book(actor, cooperative_id)
    rows = await whole(RecurringVoucher.filter(cooperative_id=cooperative_id).order_by("next_on", "id"))
    running, stopped = say(language, ("berjalan", "running")), say(language, ("dihentikan", "stopped"))
    made = [
        (
            row.description,
            row.party or "",
            read(row.kind.value, language),
            row.every_months,
            row.next_on,
            row.until,
            row.total,
            stopped if row.stopped_at else running,
        )
        for row in rows
    ]
    headings = (
        ("Uraian", "Description", 2.6, False),
        ("Pihak", "Party", 1.4, False),
        ("Jenis", "Kind", 0.9, False),
        ("Tiap (bulan)", "Every (months)", 0.8, False),
        ("Berikutnya", "Next", 1, False),
        ("Sampai", "Until", 1, False),
        ("Jumlah", "Amount", 1.2, True),
        ("Keadaan", "State", 1, False),
    )
    return register(("Bukti Berulang", "Recurring vouchers"), headings, made, language)


async def cash_counts(actor: Actor, cooperative_id: UUID, period: Period, language: str) -> Paper:
    """Each count of a cash box, with what differed and why."""
    await read_book(actor, cooperative_id)
    days = CashCount.filter(cooperative_id=cooperative_id, counted_on__gte=period.first, counted_on__lte=period.last)
    rows = await whole(days.order_by("counted_on", "id"))
    names = await accounts_by_id(sorted({row.account_id for row in rows}))
    made = [
        (
            row.counted_on,
            f"{names[row.account_id].number} {names[row.account_id].name(language)}",
            row.expected,
            row.counted,
            row.counted - row.expected,
            row.explanation or "",
        )
        for row in rows
    ]
    headings = (
        ("Tanggal", "Day", 0.9, False),
        ("Akun", "Account", 2, False),
        ("Menurut buku", "By the book", 1.2, True),
        ("Dihitung", "Counted", 1.2, True),
        ("Selisih", "Difference", 1.1, True),
        ("Keterangan", "Explanation", 2.4, False),
    )
    title = ("Berita Acara Hitung Kas", "Cash counts")
    return register(title, headings, made, language, period=for_period(period, language), sums=(4,))


async def bank_lines(
    actor: Actor, cooperative_id: UUID, account_id: UUID | None, period: Period, language: str
) -> Paper:
    """The lines of a bank account's statements, and whether the book has each."""
    await read_book(actor, cooperative_id)
    account = next((one for one in (await chart_of(cooperative_id)).accounts if one.id == account_id), None)
    if account is None:
        raise Invalid.field("account", Code.REQUIRED, "which bank account", "akun bank yang mana")
    found = BankLine.filter(account_id=account.id, booked_on__gte=period.first, booked_on__lte=period.last)
    rows = await whole(found.order_by("booked_on", "id"))
    yes, no = say(language, ("cocok", "matched")), say(language, ("belum", "open"))
    made = [
        (
            row.booked_on,
            row.description,
            row.reference,
            max(row.amount, 0) or None,
            max(-row.amount, 0) or None,
            row.balance,
            no if row.match_id is None else yes,
        )
        for row in rows
    ]
    headings = (
        ("Tanggal", "Day", 0.9, False),
        ("Uraian bank", "The bank's words", 3, False),
        ("Referensi", "Reference", 1.2, False),
        ("Masuk", "In", 1.1, True),
        ("Keluar", "Out", 1.1, True),
        ("Saldo bank", "Bank's balance", 1.2, True),
        ("Di buku", "In the book", 0.8, False),
    )
    title = (f"Mutasi Bank {account.number}", f"Bank lines {account.number}")
    return register(title, headings, made, language, period=for_period(period, language), sums=(3, 4))


async def months(actor: Actor, cooperative_id: UUID, language: str) -> Paper:
    """The months that are locked, when, and with which seal of the book."""
    await read_book(actor, cooperative_id)
    rows = await whole(LockedMonth.filter(cooperative_id=cooperative_id).order_by("month"))
    made = [(row.month.strftime("%Y-%m"), row.created_at.date(), row.chain_seq, row.chain_hash or "") for row in rows]
    headings = (
        ("Bulan", "Month", 0.8, False),
        ("Dikunci", "Locked on", 1, False),
        ("Segel", "Seal", 0.8, False),
        ("Hash", "Hash", 4, False),
    )
    return register(("Bulan Terkunci", "Locked months"), headings, made, language)


async def vouchers(actor: Actor, cooperative_id: UUID, period: Period, language: str) -> Paper:
    """Every voucher of the days, whatever became of it: proposed, posted, refused. The journal has the lines."""
    await read_book(actor, cooperative_id)
    days = Voucher.filter(cooperative_id=cooperative_id, booked_on__gte=period.first, booked_on__lte=period.last)
    rows = await whole(days.order_by("booked_on", "id"))
    made = [
        (
            row.booked_on,
            row.number or "",
            read(row.kind.value, language),
            row.description,
            row.party or "",
            row.reference or "",
            row.total,
            read(row.state.value, language),
            row.reason or "",
        )
        for row in rows
    ]
    headings = (
        ("Tanggal", "Day", 0.9, False),
        ("Nomor", "Number", 1.3, False),
        ("Jenis", "Kind", 0.9, False),
        ("Uraian", "Description", 2.4, False),
        ("Pihak", "Party", 1.2, False),
        ("Referensi", "Reference", 1, False),
        ("Jumlah", "Amount", 1.1, True),
        ("Keadaan", "State", 0.9, False),
        ("Alasan", "Reason", 1.2, False),
    )
    title = ("Daftar Bukti", "Vouchers")
    return register(title, headings, made, language, period=for_period(period, language))
