"""Passbooks, receipts and registers of dues and savings as papers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from cooperatives.books import folders
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import for_period, say
from cooperatives.books.periods import Period
from cooperatives.books.registers import whole
from cooperatives.dues import reading as dues_reading
from cooperatives.dues.access import require_reader
from cooperatives.dues.models import Due, DuePayment
from cooperatives.dues.paying import zone_at
from cooperatives.membership.models import Cooperative, Membership
from cooperatives.savings import passbook
from cooperatives.savings.models import SavingsAccount, SavingsWithdrawal
from cooperatives.savings.reading import balances_by_id, visible_savings
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM, Actor
from marketplace.identity.service import accounts_by_id

Maker = Callable[[QuerySet[Any], str], Awaitable[Paper]]
_DAY = ("Tanggal", "Day", 0.9, False)
_MEMBER = ("Anggota", "Member", 1.8, False)
_AMOUNT = ("Jumlah", "Amount", 1.1, True)
_KIND = ("Jenis", "Kind", 1.2, False)
_STATE = ("Keadaan", "State", 1, False)
BATCH = 500


async def passbook_file(actor: Actor, savings_id: UUID, days: Period, form: str, language: str) -> bytes:
    """A passbook of these days as `pdf` or `xlsx`, for its member and those who read his co-op's.

    Raises NotFound, TooLong.
    """
    savings = await visible_savings(actor, savings_id)
    cooperative = await Cooperative.get(pk=savings.cooperative_id)
    zone = zone_at(cooperative)
    since, until = (
        datetime.combine(days.first, time(), zone),
        datetime.combine(days.last + timedelta(1), time(), zone),
    )
    lines = await passbook.between(savings, since, until, limit=MOST_ENTRIES + 1)
    if len(lines) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    rows = [
        (
            line.day,
            line.words(language),
            max(0, -line.amount) or None,
            max(0, line.amount) or None,
            line.balance,
        )
        for line in lines
    ]
    headings = (
        _DAY,
        ("Keterangan", "What", 2.4, False),
        ("Keluar", "Out", 1.1, True),
        ("Masuk", "In", 1.1, True),
        ("Saldo", "Balance", 1.2, True),
    )
    name = (await names_of([savings.membership_id]))[savings.membership_id]
    title = f"Buku simpanan {savings.number}", f"Passbook {savings.number}"
    notes = (f"{say(language, ('Anggota', 'Member'))}: {name}",)
    paper = register(title, headings, rows, language, period=for_period(days, language), sums=(2, 3), notes=notes)
    return await folders.bind(SYSTEM, savings.cooperative_id, [paper], form, language)


async def receipt_file(actor: Actor, payment_id: UUID, form: str, language: str) -> bytes:
    """The receipt of a payment, for its member and those who read his co-op's. Raises NotFound."""
    payment = await dues_reading.visible_payment(actor, payment_id)
    if payment is None or payment.number is None:
        raise NotFound("receipt")
    lines = (await dues_reading.lines_by_payment([payment_id]))[payment_id]
    rows = [(line.due.about or read(line.due.kind.value, language), line.amount) for line in lines]
    if payment.credited:
        rows.append(
            (say(language, ("Titipan untuk tagihan berikut", "Held for what comes due next")), payment.credited)
        )
    name = (await names_of([payment.membership_id]))[payment.membership_id]
    notes = tuple(
        f"{say(language, words)}: {value}"
        for words, value in (
            (("Diterima dari", "Received from"), name),
            (("Cara bayar", "Paid by"), read(payment.way.value, language)),
            (("Keterangan", "Note"), payment.reference),
        )
        if value
    )
    headings = (("Untuk", "For", 3, False), _AMOUNT)
    day = f"{payment.received_on:%d/%m/%Y}"
    title = f"Kuitansi {payment.number}", f"Receipt {payment.number}"
    paper = register(title, headings, rows, language, period=day, sums=(1,), notes=notes)
    return await folders.bind(SYSTEM, payment.cooperative_id, [paper], form, language)


async def dues(found: QuerySet[Any], language: str) -> Paper:
    """Tagihan anggota."""
    rows: Sequence[Due] = await whole(found)
    names = await names_of([row.membership_id for row in rows])
    made = [
        (
            row.due_on,
            names[row.membership_id],
            read(row.kind.value, language),
            row.about,
            row.amount,
            row.paid,
            row.outstanding,
            read(row.state.value, language),
        )
        for row in rows
    ]
    headings = (
        ("Jatuh tempo", "Due on", 0.9, False),
        _MEMBER,
        _KIND,
        ("Keterangan", "What", 1.4, False),
        _AMOUNT,
        ("Dibayar", "Paid", 1.1, True),
        ("Sisa", "Outstanding", 1.1, True),
        _STATE,
    )
    return register(("Tagihan anggota", "Members' dues"), headings, made, language, sums=(4, 5, 6))


async def payments(found: QuerySet[Any], language: str) -> Paper:
    """Pembayaran tagihan: what came by which way."""
    rows: Sequence[DuePayment] = await whole(found)
    names = await names_of([row.membership_id for row in rows])
    made = [
        (
            row.received_on,
            row.number,
            names[row.membership_id],
            read(row.way.value, language),
            row.amount,
            row.credited,
            row.reference,
        )
        for row in rows
    ]
    headings = (
        _DAY,
        ("Nomor", "Number", 1.1, False),
        _MEMBER,
        ("Cara", "Way", 1, False),
        _AMOUNT,
        ("Titipan", "Held", 1, True),
        ("Keterangan", "Note", 1.6, False),
    )
    return register(("Pembayaran tagihan", "Payments of dues"), headings, made, language, sums=(4, 5))


async def accounts(found: QuerySet[Any], language: str) -> Paper:
    """Simpanan anggota: every account with what it holds."""
    rows: Sequence[SavingsAccount] = await whole(found)
    names = await names_of([row.membership_id for row in rows])
    held: dict[UUID, int] = {}
    for begins in range(0, len(rows), 200):
        held |= await balances_by_id([row.pk for row in rows[begins : begins + 200]])
    made = [
        (
            row.number,
            names[row.membership_id],
            read(row.kind.value, language),
            row.opened_on,
            row.matures_on,
            held[row.pk],
        )
        for row in rows
    ]
    headings = (
        ("Nomor", "Number", 1.1, False),
        _MEMBER,
        _KIND,
        ("Dibuka", "Opened", 0.9, False),
        ("Jatuh tempo", "Matures", 0.9, False),
        ("Saldo", "Balance", 1.2, True),
    )
    return register(("Simpanan anggota", "Members' savings"), headings, made, language, sums=(5,))


async def withdrawals(found: QuerySet[Any], language: str) -> Paper:
    """Penarikan simpanan."""
    rows: Sequence[SavingsWithdrawal] = await whole(found)
    names = await names_of([row.membership_id for row in rows])
    made = [
        (
            row.created_at.date(),
            names[row.membership_id],
            row.amount,
            read(row.way.value, language),
            read(row.state.value, language),
            row.ended_at.date() if row.ended_at else None,
            row.reason,
        )
        for row in rows
    ]
    headings = (
        ("Diminta", "Asked for", 0.9, False),
        _MEMBER,
        _AMOUNT,
        ("Cara", "Way", 1, False),
        _STATE,
        ("Selesai", "Ended", 0.9, False),
        ("Alasan", "Reason", 1.4, False),
    )
    return register(("Penarikan simpanan", "Withdrawals of savings"), headings, made, language, sums=(2,))


REGISTERS: dict[str, tuple[type[Any], str, Maker]] = {
    "dues": (Due, "due_on", dues),
    "payments": (DuePayment, "received_on", payments),
    "accounts": (SavingsAccount, "opened_on", accounts),
    "withdrawals": (SavingsWithdrawal, "payable_from", withdrawals),
}


async def export(
    actor: Actor, name: str, form: str, cooperative_id: UUID, days: tuple[date, date] | None, language: str
) -> bytes:
    """A register of dues and savings as a file: see `exported`."""
    return await exported(REGISTERS, actor, name, form, cooperative_id, days, language)


async def exported(
    registers: Mapping[str, tuple[type[Any], str, Maker]],
    actor: Actor,
    name: str,
    form: str,
    cooperative_id: UUID,
    days: tuple[date, date] | None,
    language: str,
) -> bytes:
    """A register of a co-op as a file, of these days or of all, for those who read its members' dues.

    Raises NotFound, TooLong.
    """
    require_reader(actor, cooperative_id)
    if name not in registers:
        raise NotFound("report")
    row, day, make = registers[name]
    found = row.filter(cooperative_id=cooperative_id).order_by("id")
    if days is not None:
        found = found.filter(**{f"{day}__gte": days[0], f"{day}__lte": days[1]})
    return await folders.bind(SYSTEM, cooperative_id, [await make(found, language)], form, language)


async def names_of(membership_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """Each member as a list names him: `000123 Budi`."""
    found: dict[UUID, str] = {}
    ids = list(dict.fromkeys(membership_ids))
    for begins in range(0, len(ids), BATCH):
        members = await Membership.filter(pk__in=ids[begins : begins + BATCH])
        people = await accounts_by_id([member.account_id for member in members])
        for member in members:
            person = people.get(member.account_id)
            found[member.pk] = f"{member.number or 0:06} {person.name if person else ''}".strip()
    return found
