"""A member's income of any period, as his co-op's ledger has it. The caller has authorised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.functions import Sum

from cooperatives.books.periods import Period, add_months, after, moment, month_of
from cooperatives.dues.earnings import payables_of
from cooperatives.dues.models import DueKind, DuePaymentLine, PaymentWay
from cooperatives.dues.paying import zone_at
from cooperatives.income.adding import Income, Item, Reported, earned_by_month
from cooperatives.income.models import PlatformIncome
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.loans.models import Loan
from cooperatives.loans.posting import interest_of, principal_of
from cooperatives.membership.models import Cooperative, Membership
from cooperatives.protection.models import ProtectionBill
from cooperatives.savings.models import SavingsAccount
from cooperatives.surplus.models import SurplusShare
from marketplace.database import connection, is_postgres

DEDUCTIONS = {
    DueKind.PROTECTION: Item.DEDUCTED_PROTECTION,
    DueKind.LOAN: Item.DEDUCTED_LOAN,
    DueKind.PURCHASE: Item.DEDUCTED_PURCHASE,
    DueKind.OPERATING: Item.DEDUCTED_OPERATING,
    DueKind.PRINCIPAL_SAVINGS: Item.DEDUCTED_SAVINGS,
    DueKind.MANDATORY_SAVINGS: Item.DEDUCTED_SAVINGS,
    DueKind.VOLUNTARY_SAVINGS: Item.DEDUCTED_SAVINGS,
}
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved an account in one bucket of time, by kind: rupiah in and out, on the account's own side."""

    bucket: int
    account_id: UUID
    kind: str
    into: int
    out: int


async def income_of(member: Membership, days: Period) -> Income:
    """What the ledger proves of these days, and apart what the member reports. A fixed number of statements."""
    zone = zone_at(await Cooperative.get(pk=member.cooperative_id))
    firsts = months_in(days)
    payables = (await payables_of(member.cooperative_id, [member.account_id]))[member.account_id]
    savings = [row.ref for row in await SavingsAccount.filter(membership_id=member.pk)]
    loans = [row.pk for row in await Loan.filter(membership_id=member.pk, disbursed_on__isnull=False)]
    principals = [principal_of(member.cooperative_id, id) for id in loans]
    interests = [interest_of(member.cooperative_id, id) for id in loans]
    moved = await _moved([*payables, *savings, *principals, *interests], firsts, days, zone)
    earned = list(_earned(moved, payables))
    months = earned_by_month(firsts, earned)
    items = dict.fromkeys(Item, 0)
    for _, item, amount in earned:
        items[item] += amount
    items |= await _deducted(member, days)
    items |= await _saved(moved, savings, days, zone)
    items |= await _lent(moved, principals, interests, days, zone)
    items |= await _protected(member, days)
    items[Item.SURPLUS_PAID] = await _shared(member, days, zone)
    return Income(days.first, days.last, items, months, await reported_in(member.pk, days))


def months_in(days: Period) -> list[date]:
    """The first day of each month that lies in the period; the period's own first day for the first."""
    found, month = [days.first], add_months(month_of(days.first), 1)
    while month <= days.last:
        found.append(month)
        month = add_months(month, 1)
    return found


async def _moved(refs: Sequence[AccountRef], firsts: Sequence[date], days: Period, zone: ZoneInfo) -> list[Moved]:
    """All that moved these accounts, none of them a hub, by month and kind. One statement."""
    by_id = {ref.id(): ref for ref in refs}
    ids = ",".join(f"'{id}'" for id in by_id)
    bounds = [*(moment(day, zone) for day in firsts), moment(after(days.last), zone)]
    rows = ",".join(
        f"({place},{_literal(begins)},{_literal(ends)})" for place, (begins, ends) in enumerate(pairwise(bounds))
    )
    query = f"""
    WITH bucket(place, begins, ends) AS (VALUES {rows})
    SELECT b.place, s.account_id, s.kind, SUM(s.credit) AS credit, SUM(s.debit) AS debit FROM (
      SELECT credit_account_id AS account_id, kind, amount AS credit, 0 AS debit, created_at FROM ledger_transfer
      WHERE credit_account_id IN ({ids}) AND phase IN ('SINGLE', 'POST')
      UNION ALL
      SELECT debit_account_id, kind, 0, amount, created_at FROM ledger_transfer
      WHERE debit_account_id IN ({ids}) AND phase IN ('SINGLE', 'POST')
    ) s JOIN bucket b ON s.created_at >= b.begins AND s.created_at < b.ends
    GROUP BY b.place, s.account_id, s.kind
    """
    found = []
    for row in await connection().execute_query_dict(query):
        id, credit, debit = UUID(str(row["account_id"])), int(row["credit"]), int(row["debit"])
        into, out = (debit, credit) if by_id[id].posts.type.grows_by_debit else (credit, debit)
        found.append(Moved(int(row["place"]), id, str(row["kind"]), into, out))
    return found


def _literal(at: datetime) -> str:
    """A moment of our own making, as the database writes it."""
    return f"TIMESTAMPTZ '{at.isoformat()}'" if is_postgres() else f"'{at.isoformat(' ')}'"


def _earned(moved: Iterable[Moved], payables: Sequence[AccountRef]) -> Iterable[tuple[int, Item, int]]:
    """What was credited for work and sales; what is set right later by the same kinds is taken off again."""
    ours = {ref.id(): ref.purpose for ref in payables}
    for one in moved:
        purpose = ours.get(one.account_id)
        if purpose is None:
            continue
        if one.kind.startswith("driver_tip."):
            yield one.bucket, Item.TIPS, one.into - one.out
        elif one.kind.startswith(("order.", "delivery.")):
            item = Item.SALES if purpose is Purpose.SELLER_PAYABLE else Item.DELIVERIES
            yield one.bucket, item, one.into - one.out


async def _deducted(member: Membership, days: Period) -> dict[Item, int]:
    rows = (
        await DuePaymentLine.filter(payment__membership_id=member.pk, payment__way=PaymentWay.DEDUCTION)
        .filter(payment__received_on__gte=days.first, payment__received_on__lte=days.last)
        .annotate(total=Sum("amount"))
        .group_by("due__kind")
        .values("due__kind", "total")
    )
    found: dict[Item, int] = {}
    for row in rows:
        item = DEDUCTIONS[DueKind(row["due__kind"])]
        found[item] = found.get(item, 0) + int(row["total"])
    return found


async def _ends(refs: Sequence[AccountRef], at: datetime) -> int:
    return sum(held.amount for held in (await ledger.balances(refs, at)).values())


async def _saved(moved: Iterable[Moved], refs: Sequence[AccountRef], days: Period, zone: ZoneInfo) -> dict[Item, int]:
    """What all savings held before and after, and what went in and out; between them nothing counts."""
    ids = {ref.id() for ref in refs}
    mine = [one for one in moved if one.account_id in ids]
    before = await _ends(refs, moment(days.first, zone) - _INSTANT)
    within = sum(min(sum(one.into for one in rows), sum(one.out for one in rows)) for rows in _by_inner_kind(mine))
    into, out = sum(one.into for one in mine) - within, sum(one.out for one in mine) - within
    return {
        Item.SAVED_BEFORE: before,
        Item.SAVED_IN: into,
        Item.SAVED_OUT: out,
        Item.SAVED_AFTER: before + into - out,
    }


def _by_inner_kind(moved: Iterable[Moved]) -> list[list[Moved]]:
    """What moves between a member's own savings: a deposit placed, ended or broken, and settled on leaving."""
    kinds = ("savings.placed", "savings.matured", "savings.broken", "savings.settled")
    rows = list(moved)
    return [[one for one in rows if one.kind == kind] for kind in kinds]


async def _lent(
    moved: Iterable[Moved],
    principals: Sequence[AccountRef],
    interests: Sequence[AccountRef],
    days: Period,
    zone: ZoneInfo,
) -> dict[Item, int]:
    """What was lent, paid back and is left; interest is what was paid of it."""
    principal, interest = {ref.id() for ref in principals}, {ref.id() for ref in interests}
    rows = list(moved)
    return {
        Item.LOAN_RECEIVED: sum(one.into for one in rows if one.account_id in principal),
        Item.LOAN_REPAID: sum(
            one.out for one in rows if one.account_id in principal and one.kind != "loan.written_off"
        ),
        Item.LOAN_INTEREST: sum(
            one.out for one in rows if one.account_id in interest and one.kind != "loan.written_off"
        ),
        Item.LOAN_LEFT: await _ends(principals, moment(after(days.last), zone) - _INSTANT),
    }


async def _protected(member: Membership, days: Period) -> dict[Item, int]:
    """What was paid for protection in these days, whichever way, and what the fund carried of their months."""
    paid = DuePaymentLine.filter(payment__membership_id=member.pk, due__cause_kind__startswith="protection.")
    paid = paid.filter(payment__received_on__gte=days.first, payment__received_on__lte=days.last)
    carried = ProtectionBill.filter(membership_id=member.pk, month__gte=month_of(days.first), month__lte=days.last)
    return {
        Item.PROTECTION_PAID: sum(line.amount for line in await paid),
        Item.PROTECTION_CARRIED: sum(bill.carried for bill in await carried),
    }


async def _shared(member: Membership, days: Period, zone: ZoneInfo) -> int:
    begins, ends = moment(days.first, zone), moment(after(days.last), zone)
    rows = await SurplusShare.filter(membership_id=member.pk, paid_at__gte=begins, paid_at__lt=ends)
    return sum(row.amount for row in rows)


async def reported_in(membership_id: UUID, days: Period) -> tuple[Reported, ...]:
    """What the member reports of days that lie wholly in the period; of others nobody could say which part."""
    rows = PlatformIncome.filter(membership_id=membership_id, withdrawn_at__isnull=True)
    rows = rows.filter(first_on__gte=days.first, last_on__lte=days.last)
    return tuple(
        Reported(row.platform, row.first_on, row.last_on, row.amount)
        for row in await rows.order_by("first_on", "platform", "id")
    )
