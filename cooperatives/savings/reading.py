"""Savings as members and officers see them, and what surplus and lending ask of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.dues.access import may_read, readable_membership, require_reader
from cooperatives.dues.paying import zone_at
from cooperatives.ledger import service as ledger
from cooperatives.ledger.moments import FEW_ACCOUNTS
from cooperatives.membership.models import Cooperative
from cooperatives.savings import passbook
from cooperatives.savings.balances import daily
from cooperatives.savings.interest import RateFrom, rate_on
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import (
    DepositTerm,
    InterestCredit,
    ProductRate,
    SavingsAccount,
    SavingsProduct,
    SavingsWithdrawal,
    WithdrawalState,
)
from cooperatives.savings.passbook import PassbookLine
from marketplace import clock
from marketplace.batches import lists_by, rows_by
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, Role, signed_in
from marketplace.paging import Page, page_by_id

#: Whose day it is where rates of several co-ops are asked for together.
WESTERN = ZoneInfo("Asia/Jakarta")


async def products_of(actor: Actor, cooperative_id: UUID) -> list[SavingsProduct]:
    """What a co-op offers its members, retired ones last; at most fifty. Raises NotFound."""
    is_reader = actor.holds(*(list(Role)), cooperative_id=cooperative_id)
    if not is_reader:
        signed_in(actor)
        raise NotFound("cooperative")
    rows = await SavingsProduct.filter(cooperative_id=cooperative_id).order_by("id")
    return sorted(rows, key=lambda row: row.retired_at is not None)


async def rates_on(product_ids: Sequence[UUID], day: date) -> Mapping[UUID, int]:
    """What each product earns a year on that day. One statement."""
    return _on(await lists_by(ProductRate, "product_id", product_ids), day)


async def deposit_rates_on(savings_ids: Sequence[UUID], day: date) -> Mapping[UUID, int]:
    """What each deposit earns a year in its term of that day. One statement."""
    return _on(await lists_by(DepositTerm, "savings_id", savings_ids), day)


def _on(rows: Mapping[UUID, Sequence[ProductRate | DepositTerm]], day: date) -> dict[UUID, int]:
    return {id: rate_on([RateFrom(row.since, row.rate_bp) for row in mine], day) for id, mine in rows.items()}


async def rates_now(product_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What each product earns a year today, where the node's day is; for loaders. One statement."""
    return await rates_on(product_ids, clock.now().astimezone(WESTERN).date())


async def deposit_rates_now(savings_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What each deposit earns a year today; for loaders. One statement."""
    return await deposit_rates_on(savings_ids, clock.now().astimezone(WESTERN).date())


async def products_by_id(ids: Iterable[UUID]) -> Mapping[UUID, SavingsProduct]:
    """These products. One statement."""
    return {row.pk: row for row in await rows_by(SavingsProduct, "id", set(ids))}


async def savings_of(actor: Actor, membership_id: UUID) -> list[SavingsAccount]:
    """A member's accounts: open ones by kind, then those that are closed; at most the last 200. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    rows = await SavingsAccount.filter(membership_id=member.pk).order_by("-created_at").limit(200)
    order = list(SavingsKind)
    return sorted(rows, key=lambda row: (row.closed_at is not None, order.index(row.kind), row.number))


async def visible_savings(actor: Actor, savings_id: UUID) -> SavingsAccount:
    """One account, for its member and those who read his co-op's. Raises NotFound."""
    row = await seen_savings(actor, savings_id)
    if row is None:
        raise NotFound("savings")
    return row


async def seen_savings(actor: Actor, savings_id: UUID) -> SavingsAccount | None:
    """`visible_savings`, or None."""
    row = await SavingsAccount.get_or_none(pk=savings_id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def seen_withdrawal(actor: Actor, withdrawal_id: UUID) -> SavingsWithdrawal | None:
    """One withdrawal, for its member and those who read his co-op's."""
    row = await SavingsWithdrawal.get_or_none(pk=withdrawal_id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def balances_by_id(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What these accounts hold now, in rupiah. Two statements."""
    return await balances_of(await rows_by(SavingsAccount, "id", set(ids)))


async def balances_of(rows: Sequence[SavingsAccount]) -> Mapping[UUID, int]:
    """What each of these accounts holds now, in rupiah. One statement for up to 200."""
    held = await ledger.balances([row.ref for row in rows])
    return {row.pk: held[row.ref].amount for row in rows}


async def list_savings(
    actor: Actor, cooperative_id: UUID, *, kind: SavingsKind | None, first: int, after: str | None
) -> Page[SavingsAccount]:
    """A co-op's open accounts, for those who read what its members owe and save. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = SavingsAccount.filter(cooperative_id=cooperative_id, closed_at__isnull=True)
    return await page_by_id(found.filter(kind=kind) if kind else found, first=first, after=after, newest_first=False)


async def read_passbook(actor: Actor, savings_id: UUID, *, first: int, after: str | None) -> Page[PassbookLine]:
    """An account's movements, the latest first. Raises NotFound."""
    return await passbook.page(await visible_savings(actor, savings_id), first=first, after=after)


async def interest_of(actor: Actor, savings_id: UUID, *, first: int, after: str | None) -> Page[InterestCredit]:
    """What an account earned month by month, the latest first, with tax and rules. Raises NotFound."""
    savings = await visible_savings(actor, savings_id)
    return await page_by_id(InterestCredit.filter(savings_id=savings.pk), first=first, after=after)


async def withdrawals_of(actor: Actor, savings_id: UUID, *, first: int, after: str | None) -> Page[SavingsWithdrawal]:
    """What was asked to be taken out of an account, the latest first. Raises NotFound."""
    savings = await visible_savings(actor, savings_id)
    return await page_by_id(SavingsWithdrawal.filter(savings_id=savings.pk), first=first, after=after)


async def list_withdrawals(
    actor: Actor, cooperative_id: UUID, *, state: WithdrawalState, first: int, after: str | None
) -> Page[SavingsWithdrawal]:
    """A co-op's withdrawals in this state, oldest first. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = SavingsWithdrawal.filter(cooperative_id=cooperative_id, state=state)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def saved_by(membership_ids: Sequence[UUID]) -> Mapping[UUID, dict[SavingsKind, int]]:
    """What each member holds of each kind, in rupiah: for lending and statements. The caller has authorised."""
    rows = await rows_by(SavingsAccount, "membership_id", set(membership_ids))
    found: dict[UUID, dict[SavingsKind, int]] = {id: dict.fromkeys(SavingsKind, 0) for id in membership_ids}
    for begins in range(0, len(rows), FEW_ACCOUNTS):
        part = rows[begins : begins + FEW_ACCOUNTS]
        held = await balances_of(part)
        for row in part:
            found[row.membership_id][row.kind] += held[row.pk]
    return found


async def capital_days(cooperative_id: UUID, first: date, last: date) -> Mapping[UUID, int]:
    """Of each member the sum over the days of what his pokok and wajib held at their end: what jasa modal goes by."""
    zone = zone_at(await Cooperative.get(pk=cooperative_id))
    rows = await SavingsAccount.filter(
        cooperative_id=cooperative_id, kind__in=[SavingsKind.PRINCIPAL, SavingsKind.MANDATORY]
    ).order_by("id")
    found: dict[UUID, int] = {}
    for begins in range(0, len(rows), FEW_ACCOUNTS):
        part = rows[begins : begins + FEW_ACCOUNTS]
        held = await daily([row.ref for row in part], first, last, zone)
        for row in part:
            found[row.membership_id] = found.get(row.membership_id, 0) + sum(held[row.ref].values())
    return found
