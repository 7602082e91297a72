"""What treasurers see of payments, as papers: takings, payouts, refunds, stray money, missing cash, accounts."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.queryset import QuerySet

from catalog.reads import sellers_by_id
from cooperatives.books import books, folders
from cooperatives.books.papers.paper import Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import for_period
from cooperatives.books.periods import Period
from cooperatives.books.registers import whole
from cooperatives.ledger import reading
from cooperatives.ledger.accounts import CHART
from cooperatives.membership.service import cooperatives_by_id
from marketplace.errors import NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from marketplace.identity.service import accounts_by_id
from marketplace.payments.models import CashShortage, Refund, StrayMoney
from marketplace.payments.payouts.models import Payout
from marketplace.payments.takings import papers as takings

Maker = Callable[[QuerySet[Any], str, str], Awaitable[Paper]]
ONE_DAY = timedelta(days=1)
BATCH = 500
_DAY = ("Tanggal", "Day", 0.9, False)
_AMOUNT = ("Jumlah", "Amount", 1.2, True)
_STATE = ("Keadaan", "State", 1, False)
_REFERENCE = ("Referensi", "Reference", 1.6, False)
_ENDED = ("Selesai", "Ended", 0.9, False)


async def payouts(found: QuerySet[Any], period: str, language: str) -> Paper:
    """Pencairan: to whom, how much, how it ended, with its fee and reference."""
    rows: Sequence[Payout] = await whole(found)
    made = [
        (
            row.created_at.date(),
            read(row.payee.value, language),
            row.masked,
            row.amount,
            row.fee,
            read(row.state.value, language),
            row.reference,
            row.failure,
            row.ended_at.date() if row.ended_at else None,
        )
        for row in rows
    ]
    headings = (
        _DAY,
        ("Kepada", "To", 0.8, False),
        ("Tujuan", "Where", 2, False),
        _AMOUNT,
        ("Biaya", "Fee", 0.9, True),
        _STATE,
        _REFERENCE,
        ("Sebab gagal", "Failure", 1, False),
        _ENDED,
    )
    return register(("Pencairan", "Payouts"), headings, made, language, period=period, sums=(3, 4))


async def refunds(found: QuerySet[Any], period: str, language: str) -> Paper:
    """Pengembalian dana: for which part of an order, why, how it went back."""
    rows: Sequence[Refund] = await whole(found)
    made = [
        (
            row.created_at.date(),
            str(row.sub_order_id),
            read(row.reason, language),
            row.amount,
            read(row.state.value, language),
            read(row.way or "ORIGINAL", language),
            row.gateway_reference,
            row.finished_at.date() if row.finished_at else None,
        )
        for row in rows
    ]
    headings = (
        _DAY,
        ("Bagian pesanan", "Part of an order", 2.4, False),
        ("Sebab", "Why", 1, False),
        _AMOUNT,
        _STATE,
        ("Cara", "Way", 0.9, False),
        _REFERENCE,
        _ENDED,
    )
    return register(("Pengembalian Dana", "Refunds"), headings, made, language, period=period, sums=(3,))


async def strays(found: QuerySet[Any], period: str, language: str) -> Paper:
    """Titipan belum dikenali, and what became of it."""
    rows: Sequence[StrayMoney] = await whole(found)
    made = [
        (
            row.created_at.date(),
            row.reference,
            read(row.why, language),
            row.amount,
            read(row.state.value, language),
            row.note,
        )
        for row in rows
    ]
    headings = (
        _DAY,
        _REFERENCE,
        ("Sebab", "Why", 1.1, False),
        _AMOUNT,
        _STATE,
        ("Catatan", "Note", 2.4, False),
    )
    return register(("Titipan Belum Dikenali", "Stray money"), headings, made, language, period=period, sums=(3,))


async def shortages(found: QuerySet[Any], period: str, language: str) -> Paper:
    """Kas kurang pada pengemudi, case by case."""
    rows: Sequence[CashShortage] = await whole(found)
    names = await accounts_by_id(sorted({row.driver_account_id for row in rows}))
    made = [
        (
            row.created_at.date(),
            names[row.driver_account_id].name if row.driver_account_id in names else str(row.driver_account_id),
            row.amount,
            read(row.state.value, language),
            row.note,
            row.ended_at.date() if row.ended_at else None,
        )
        for row in rows
    ]
    headings = (
        _DAY,
        ("Pengemudi", "Driver", 1.8, False),
        _AMOUNT,
        _STATE,
        ("Catatan", "Note", 2.6, False),
        _ENDED,
    )
    return register(("Kas Kurang", "Missing cash"), headings, made, language, period=period, sums=(2,))


async def accounts(actor: Actor, cooperative_id: UUID, language: str) -> Paper:
    """Every account of the book and whom it is about: what each seller and driver is owed, what each driver holds."""
    every = await reading.list_accounts(actor, cooperative_id)
    found = [row for row in every if any((row.balance.debits_posted, row.balance.credits_posted, _pending(row)))]
    subjects = sorted({row.subject_id for row in found if row.subject_id is not None})
    names: dict[UUID, str] = {}
    for begins in range(0, len(subjects), BATCH):
        some = subjects[begins : begins + BATCH]
        names |= {id: row.name for id, row in (await sellers_by_id(some)).items()}
        names |= {id: row.name for id, row in (await accounts_by_id(some)).items()}
        names |= {id: row.name for id, row in (await cooperatives_by_id(some)).items()}
        charted = await books.accounts_by_id(some)
        names |= {id: f"{account.number} {account.name(language)}" for id, account in charted.items()}
    made = [
        (
            CHART[row.purpose].title,
            names.get(row.subject_id, str(row.subject_id)) if row.subject_id else "",
            row.balance.debits_posted,
            row.balance.credits_posted,
            row.balance.amount,
            _pending(row),
        )
        for row in found
    ]
    headings = (
        ("Akun", "Account", 2, False),
        ("Tentang", "About", 2.2, False),
        ("Debet", "Debits", 1.2, True),
        ("Kredit", "Credits", 1.2, True),
        ("Saldo", "Balance", 1.2, True),
        ("Tertunda", "Pending", 1.1, True),
    )
    return register(("Akun Buku Pembantu", "Accounts by subject"), headings, made, language, sums=(2, 3))


def _pending(row: reading.BookAccount) -> int:
    return row.balance.debits_pending + row.balance.credits_pending


REGISTERS: dict[str, tuple[type[Any], Maker]] = {
    "payouts": (Payout, payouts),
    "refunds": (Refund, refunds),
    "stray-money": (StrayMoney, strays),
    "cash-shortages": (CashShortage, shortages),
}


async def export(
    actor: Actor, name: str, form: str, cooperative_id: UUID, days: Period | None, zone: ZoneInfo, language: str
) -> bytes:
    """A register of a co-op as a file, of these days in `zone` or of all, for its officers and pengawas.

    Raises NotFound, TooLong.
    """
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    if name == "accounts":
        papers = [await accounts(actor, cooperative_id, language)]
    elif name == "takings":
        papers = await takings.papers(cooperative_id, days, zone, language)
    elif name in REGISTERS:
        row, make = REGISTERS[name]
        found, period = row.filter(cooperative_id=cooperative_id).order_by("id"), ""
        if days is not None:
            since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (days.first, days.last))
            found = found.filter(created_at__gte=since, created_at__lt=until + ONE_DAY)
            period = for_period(days, language)
        papers = [await make(found, period, language)]
    else:
        raise NotFound("report")
    return await folders.bind(actor, cooperative_id, papers, form, language)
