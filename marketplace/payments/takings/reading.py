"""What a co-op took, as its officers and pengawas see it: one by one, and each month by the way it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.expressions import Case, F, Q, When
from tortoise.functions import Count, Sum
from tortoise.queryset import QuerySet

from cooperatives.books.periods import Period, add_months, after, moment, month_of, months_between
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from marketplace.paging import Page, page_by_id
from marketplace.payments.takings.models import Taking, TakingState, TakingWay

#: So many months are added up at once.
MOST_MONTHS = 24

BY_STATE = {
    TakingState.TAKEN: Q(refunded=0),
    TakingState.PARTLY_RETURNED: Q(refunded__gt=0) & Q(refunded__lt=F("amount")),
    TakingState.RETURNED: Q(refunded__gt=0) & Q(refunded__gte=F("amount")),
}


@dataclass(frozen=True, slots=True)
class MonthOfWay:
    """What came one way in one month: how many takings, and their sums in rupiah."""

    month: date  # its first day
    way: TakingWay
    count: int
    amount: int
    fee: int
    refunded: int

    @property
    def net(self) -> int:
        return self.amount - self.fee - self.refunded


async def list_takings(
    actor: Actor,
    cooperative_id: UUID,
    *,
    days: Period | None,
    zone: ZoneInfo,
    way: TakingWay | None,
    state: TakingState | None,
    first: int,
    after: str | None,
) -> Page[Taking]:
    """A co-op's takings, newest first: of these days in `zone`, of one way, in one state. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = Taking.filter(cooperative_id=cooperative_id)
    if days is not None:
        found = within(found, days, zone)
    if way is not None:
        found = found.filter(way=way)
    if state is not None:
        found = found.filter(BY_STATE[state])
    return await page_by_id(found, first=first, after=after)


async def months_of(actor: Actor, cooperative_id: UUID, days: Period, zone: ZoneInfo) -> Sequence[MonthOfWay]:
    """What these days brought, by month and way, the oldest month first. One statement. Raises NotFound, Invalid."""
    require_reader(actor, cooperative_id)
    if months_between(days.first, days.last) not in range(MOST_MONTHS):
        raise Invalid.field("to", Code.OUT_OF_RANGE, "from is not after to, and at most 24 months", _AT_MOST)
    return await add_up(Taking.filter(cooperative_id=cooperative_id), days, zone)


_AT_MOST = "dari tidak sesudah sampai, dan paling banyak 24 bulan"


async def add_up(found: QuerySet[Any], days: Period, zone: ZoneInfo) -> Sequence[MonthOfWay]:
    """These takings by month and way, the oldest month first; who asks was seen to be allowed. One statement."""
    months = [add_months(month_of(days.first), n) for n in range(months_between(days.first, days.last) + 1)]
    ends = [
        When(created_at__lt=moment(add_months(month, 1), zone), then=str(place)) for place, month in enumerate(months)
    ]
    sums = (
        await within(found, days, zone)
        .annotate(
            place=Case(*ends, default=str(len(months))),
            number=Count("id"),
            taken=Sum("amount"),
            kept=Sum("fee"),
            returned=Sum("refunded"),
        )
        .group_by("place", "way")
        .values("place", "way", "number", "taken", "kept", "returned")
    )
    made = [
        MonthOfWay(
            month=months[int(row["place"])],
            way=TakingWay(row["way"]),
            count=int(row["number"]),
            amount=int(row["taken"]),
            fee=int(row["kept"]),
            refunded=int(row["returned"]),
        )
        for row in sums
    ]
    return sorted(made, key=lambda one: (one.month, one.way))


def within(found: QuerySet[Any], days: Period, zone: ZoneInfo) -> QuerySet[Any]:
    """Of these takings those of the days."""
    return found.filter(created_at__gte=moment(days.first, zone), created_at__lt=moment(after(days.last), zone))


def require_reader(actor: Actor, cooperative_id: UUID) -> None:
    """Raises NotFound."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
