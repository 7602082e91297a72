"""What recorded days hold of members, for a rule to be tried on: from ledger, savings and dues, few statements."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.functions import Count, Sum

from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import after, moment
from cooperatives.dues.models import Due, DueKind, DueState
from cooperatives.ledger.accounts import Purpose
from cooperatives.membership.models import Membership
from cooperatives.replays.comparing import Past
from cooperatives.surplus import gathering
from marketplace.database import connection, is_postgres


async def past_of(book: AccountingBook, first: date, last: date) -> dict[Membership, Past]:
    """Every member of those days with what they hold of him."""
    years = await gathering.members_of(book, first, last)
    carried = await _carried(book, first, last)
    charged = await _charged(book, first, last)
    found = {}
    for row, year in years.items():
        fares, earned = carried.get(row.account_id, (0, 0))
        months, amount = charged.get(row.pk, (0, 0))
        found[row] = Past(year, fares, earned, months, amount)
    return found


async def _carried(book: AccountingBook, first: date, last: date) -> Mapping[UUID, tuple[int, int]]:
    """Of each driver what his deliveries here cost, and what he had of it; tips, all his, left out. One statement.

    Driver and co-op are credited with one cause a job (`order.driver`, `order.delivery`); what was taken back of
    them is taken off.
    """
    zone = ZoneInfo(book.time_zone)
    begins, ends = moment(first, zone), moment(after(last), zone)
    marks = ("$1", "$2", "$3") if is_postgres() else ("?1", "?2", "?3")
    where = (
        f"t.cooperative_id = {marks[0]} AND t.created_at >= {marks[1]} AND t.created_at < {marks[2]} "
        "AND t.phase IN ('SINGLE', 'POST') AND t.kind IN ('order.driver', 'order.delivery')"
    )
    side = "SELECT t.cause_id, t.{side}_account_id AS account_id, {sign}t.amount AS amount FROM ledger_transfer t"
    credited, debited = (side.format(side=one, sign=sign) for one, sign in (("credit", ""), ("debit", "-")))
    mine = f"a.purpose = '{Purpose.DRIVER_PAYABLE}'"
    query = f"""
    SELECT driver, SUM(earned) AS earned, SUM(earned + kept) AS fares FROM (
      SELECT s.cause_id, MIN(CASE WHEN {mine} THEN CAST(a.subject_id AS TEXT) END) AS driver,
        SUM(CASE WHEN {mine} THEN s.amount ELSE 0 END) AS earned,
        SUM(CASE WHEN {mine} THEN 0 ELSE s.amount END) AS kept
      FROM ({credited} WHERE {where} UNION ALL {debited} WHERE {where}) s
      JOIN ledger_account a ON a.id = s.account_id
      WHERE a.purpose IN ('{Purpose.DRIVER_PAYABLE}', '{Purpose.DELIVERY_INCOME}') GROUP BY s.cause_id
    ) job WHERE driver IS NOT NULL GROUP BY driver
    """
    values = [book.pk, begins, ends] if is_postgres() else [str(book.pk), begins.isoformat(" "), ends.isoformat(" ")]
    rows = await connection().execute_query_dict(query, values)
    return {UUID(str(row["driver"])): (max(0, int(row["fares"])), int(row["earned"])) for row in rows}


async def _charged(book: AccountingBook, first: date, last: date) -> Mapping[UUID, tuple[int, int]]:
    """How many months of wajib each member was charged that fell due in these days, and their sum. One statement."""
    rows = (
        await Due.filter(cooperative_id=book.pk, kind=DueKind.MANDATORY_SAVINGS, due_on__gte=first, due_on__lte=last)
        .exclude(state=DueState.LET_GO)
        .annotate(months=Count("id"), charged=Sum("amount"))
        .group_by("membership_id")
        .values("membership_id", "months", "charged")
    )
    return {UUID(str(row["membership_id"])): (int(row["months"]), int(row["charged"])) for row in rows}
