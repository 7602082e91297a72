"""A month's work on a co-op's savings: dues are charged as it begins, and interest is credited when it is over.

In batches of members, each one transaction: a process that dies leaves whole batches, and the next goes on behind.
"""

from datetime import date, datetime, time
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.books.periods import add_months, last_day, month_of
from cooperatives.dues.paying import today_of, zone_at
from cooperatives.membership.models import Cooperative, Membership, MembershipState
from cooperatives.savings.charging import charge_members
from cooperatives.savings.crediting import credit_members
from cooperatives.savings.depositing import mature
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.leaving import settle_left
from cooperatives.savings.models import SavingsAccount, SavingsMonth, SavingsStart
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.outbox import OutboxEvent

#: Members in one batch: with several accounts each they stay within what is read at once.
MEMBERS = 100
ACCOUNTS = 200
#: After a long stop so many months are made up for, the latest.
MOST_MONTHS = 24


async def sweep(adapters: object) -> int:
    """Bring the savings of every co-op up to today; answers how many months had work left."""
    done = 0
    for start in await SavingsStart.all().order_by("id"):
        done += await bring_up(start)
    return done


async def bring_up(start: SavingsStart) -> int:
    """All that a co-op's savings ask for by today, in its order."""
    today = await today_of(start.pk)
    await mature(today, start.pk)
    await settle_left(start.pk)
    current = month_of(today)
    first = max(start.first_month, add_months(current, -MOST_MONTHS))
    months = [add_months(first, n) for n in range((current.year - first.year) * 12 + current.month - first.month + 1)]
    finished = {row.month: row for row in await SavingsMonth.filter(cooperative_id=start.pk, month__gte=first)}
    done = 0
    for month in months:
        row = finished.get(month)
        is_over = month < current
        if row is None or row.charged_at is None or (is_over and row.credited_at is None):
            done += 1
            await charge_month(start.pk, month)
            if is_over:
                await credit_month(start.pk, month)
    return done


async def charge_month(cooperative_id: UUID, month: date) -> SavingsMonth:
    """Charge every active member for the month. Idempotent."""
    row = await _row(cooperative_id, month)
    while row.charged_at is None:
        row = await _charge_batch(row.pk)
    return row


async def credit_month(cooperative_id: UUID, month: date) -> SavingsMonth:
    """Credit every member's interest of a month that is over. Idempotent. Raises ValueError before it is over."""
    if last_day(month) >= await today_of(cooperative_id):
        raise ValueError(f"{month:%Y-%m} is not over yet")
    row = await _row(cooperative_id, month)
    while row.credited_at is None:
        row = await _credit_batch(row.pk)
    return row


async def _row(cooperative_id: UUID, month: date) -> SavingsMonth:
    await SavingsMonth.bulk_create([SavingsMonth(cooperative_id=cooperative_id, month=month)], ignore_conflicts=True)
    return await SavingsMonth.get(cooperative_id=cooperative_id, month=month)


async def _charge_batch(row_id: UUID) -> SavingsMonth:
    async with transaction():
        row = await locked_one(SavingsMonth, row_id)
        assert row is not None  # never removed
        if row.charged_at is not None:
            return row
        found = Membership.filter(cooperative_id=row.cooperative_id, state=MembershipState.ACTIVE)
        if row.charged_through is not None:
            found = found.filter(id__gt=row.charged_through)
        members = await found.order_by("id").limit(MEMBERS)
        if members:
            await charge_members(row.cooperative_id, members, row.month)
            row.charged_through = members[-1].pk
        if len(members) < MEMBERS:
            row.charged_at = clock.now()
        await row.save(update_fields=["charged_through", "charged_at"])
        return row


async def _credit_batch(row_id: UUID) -> SavingsMonth:
    async with transaction():
        row = await locked_one(SavingsMonth, row_id)
        assert row is not None  # never removed
        if row.credited_at is not None:
            return row
        zone = zone_at(await Cooperative.get(pk=row.cooperative_id))
        begins = datetime.combine(row.month, time(), zone)
        found = SavingsAccount.filter(
            cooperative_id=row.cooperative_id,
            kind__in=[SavingsKind.VOLUNTARY, SavingsKind.TERM],
            opened_on__lte=last_day(row.month),
        ).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=begins))
        if row.credited_through is not None:
            found = found.filter(membership_id__gt=row.credited_through)
        accounts = await found.order_by("membership_id", "id").limit(ACCOUNTS)
        whole = _whole_members(accounts)
        if whole:
            await credit_members(row.cooperative_id, whole, row.month, zone)
            row.credited_through = whole[-1].membership_id
        if len(accounts) < ACCOUNTS:
            row.credited_at = clock.now()
        await row.save(update_fields=["credited_through", "credited_at"])
        return row


def _whole_members(accounts: list[SavingsAccount]) -> list[SavingsAccount]:
    """A full page without the last member, who may have more accounts on the next: his tax goes by all of them."""
    if len(accounts) < ACCOUNTS:
        return accounts
    last = accounts[-1].membership_id
    return [row for row in accounts if row.membership_id != last]


async def on_approved(adapters: object, event: OutboxEvent) -> None:
    """A new member owes his pokok, and this month's wajib. A handler of the outbox."""
    member = await Membership.get_or_none(pk=event.aggregate_id)
    start = None if member is None else await SavingsStart.get_or_none(pk=member.cooperative_id)
    if member is None or start is None or member.state is not MembershipState.ACTIVE:
        return
    month = max(month_of(await today_of(member.cooperative_id)), start.first_month)
    async with transaction():
        await charge_members(member.cooperative_id, [member], month)
