"""A book year as the surplus needs it: its result by whose business made it, and what each member held and did.

Read from ledger, savings and dues for all members at once: the number of statements grows with members only in the
batches of savings accounts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.expressions import Q
from tortoise.functions import Count

from cooperatives.books import statements
from cooperatives.books.balances import Opened, moved_in
from cooperatives.books.lines import Line
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import add_months, after, day_before, moment
from cooperatives.dues.models import Due, DueKind, DueState
from cooperatives.ledger.accounts import Purpose
from cooperatives.membership.categories import MemberCategory
from cooperatives.membership.entries import category_of, entries_by_id
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.reading import capital_days
from cooperatives.surplus.pools import Surplus, told_apart
from cooperatives.surplus.purchases import purchases_in
from cooperatives.surplus.sharing import Business, MemberYear
from marketplace.batches import rows_by
from marketplace.database import connection, is_postgres
from marketplace.identity.actor import Role
from marketplace.identity.models import RoleGrant

#: What the marketplace books of work and sales; what is set right later with the same kinds is taken off again.
_EARNED = "(t.kind LIKE 'order.%' OR t.kind LIKE 'delivery.%')"
_FACTS = "t.phase IN ('SINGLE', 'POST')"


@dataclass(slots=True)
class Did:
    """One member's business of a year."""

    business: dict[Business, int] = field(default_factory=lambda: defaultdict(int))
    transactions: int = 0

    def add(self, side: Business, volume: int, times: int) -> None:
        self.business[side] += max(0, volume)
        self.transactions += times


def book_year(book: AccountingBook, year: int) -> tuple[date, date]:
    """First and last day of the book year that begins in that year."""
    first = date(year, book.year_starts_month, 1)
    return first, day_before(add_months(first, 12))


async def surplus_of(at: Opened, first: date, last: date) -> Surplus:
    """The result of these days. Income that is neither from members nor from others goes along with both."""
    nets = (await moved_in(at, first, last)).nets

    def income(line: Line) -> int:
        return -sum(net for id, net in nets.items() if at.chart.by_id[id].line is line)

    return told_apart(
        statements.result_of(at.chart, nets),
        member_income=income(Line.MEMBER_INCOME),
        other_income=income(Line.NON_MEMBER_INCOME),
    )


async def members_of(book: AccountingBook, first: date, last: date) -> dict[Membership, MemberYear]:
    """Every member of that year, and who left in it or since: what he held, did, and owed at its end."""
    ends = moment(after(last), ZoneInfo(book.time_zone))
    joined = Q(state=MembershipState.ACTIVE) & (Q(decided_at__isnull=True) | Q(decided_at__lt=ends))
    found = Membership.filter(joined | Q(state=MembershipState.ENDED), cooperative_id=book.pk)
    rows = await found.order_by("id")
    held = await capital_days(book.pk, first, last)
    did = await _business(book, rows, first, last)
    owed = await _arrears(book, last)
    entries = await entries_by_id([row.pk for row in rows])
    return {
        row: MemberYear(
            id=row.pk,
            capital_days=held.get(row.pk, 0),
            business=dict(did[row.pk].business),
            transactions=did[row.pk].transactions,
            arrears_months=owed.get(row.pk, 0),
            is_member=row.state is MembershipState.ACTIVE,
            is_full=category_of(entries.get(row.pk)) is MemberCategory.FULL,
        )
        for row in rows
    }


async def _business(book: AccountingBook, members: list[Membership], first: date, last: date) -> Mapping[UUID, Did]:
    """What each member carried, sold and bought, by his membership."""
    found: dict[UUID, Did] = defaultdict(Did)
    by_account = {row.account_id: row.pk for row in members}
    booked = await _booked(book, first, last)
    owners = await _owners({subject for purpose, subject, _, _ in booked if purpose is Purpose.SELLER_PAYABLE})
    for purpose, subject, volume, times in booked:
        is_sale = purpose is Purpose.SELLER_PAYABLE
        account = owners.get(subject) if is_sale else subject
        if account in by_account:
            found[by_account[account]].add(Business.SALES if is_sale else Business.DELIVERIES, volume, times)
    for membership_id, (volume, times) in (await purchases_in(book.pk, first, last)).items():
        found[membership_id].add(Business.PURCHASES, volume, times)
    return found


async def _booked(book: AccountingBook, first: date, last: date) -> list[tuple[Purpose, UUID, int, int]]:
    """What the co-op credited drivers and sellers for work and sales, and how often. One statement."""
    zone = ZoneInfo(book.time_zone)
    begins, ends = moment(first, zone), moment(after(last), zone)
    marks = ("$1", "$2", "$3") if is_postgres() else ("?1", "?2", "?3")
    where = (
        f"t.cooperative_id = {marks[0]} AND t.created_at >= {marks[1]} AND t.created_at < {marks[2]} "
        f"AND {_FACTS} AND {_EARNED}"
    )
    query = f"""
    SELECT a.purpose, a.subject_id, SUM(s.amount) AS volume, COUNT(DISTINCT s.cause_id) AS times FROM (
      SELECT t.credit_account_id AS account_id, t.amount, t.cause_id FROM ledger_transfer t WHERE {where}
      UNION ALL
      SELECT t.debit_account_id, -t.amount, NULL FROM ledger_transfer t WHERE {where}
    ) s JOIN ledger_account a ON a.id = s.account_id
    WHERE a.purpose IN ('{Purpose.DRIVER_PAYABLE}', '{Purpose.SELLER_PAYABLE}') AND a.subject_id IS NOT NULL
    GROUP BY 1, 2
    """
    values = [book.pk, begins, ends] if is_postgres() else [str(book.pk), begins.isoformat(" "), ends.isoformat(" ")]
    return [
        (Purpose(row["purpose"]), UUID(str(row["subject_id"])), int(row["volume"]), int(row["times"]))
        for row in await connection().execute_query_dict(query, values)
    ]


async def _owners(sellers: set[UUID]) -> Mapping[UUID, UUID]:
    """Whose each shop is: of several owners the first."""
    grants = await rows_by(RoleGrant, "seller_id", sellers, order="id")
    found: dict[UUID, UUID] = {}
    for grant in grants:
        if grant.role is Role.SELLER_OWNER and grant.until is None and grant.seller_id is not None:
            found.setdefault(UUID(str(grant.seller_id)), grant.account_id)
    return found


async def _arrears(book: AccountingBook, last: date) -> Mapping[UUID, int]:
    """How many months of wajib each member owed at the end of that day. One statement."""
    ends = moment(after(last), ZoneInfo(book.time_zone))
    rows = (
        await Due.filter(cooperative_id=book.pk, kind=DueKind.MANDATORY_SAVINGS, due_on__lte=last)
        .filter(Q(state=DueState.OPEN) | Q(state=DueState.PAID, ended_at__gte=ends))
        .annotate(months=Count("id"))
        .group_by("membership_id")
        .values("membership_id", "months")
    )
    return {UUID(str(row["membership_id"])): int(row["months"]) for row in rows}
