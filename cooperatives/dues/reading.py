"""Dues and their payments as members and officers see them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.dues.access import may_read, readable_membership, require_reader
from cooperatives.dues.models import Due, DueKind, DuePayment, DuePaymentLine, DueState
from cooperatives.membership.models import Membership
from marketplace.batches import lists_by, rows_by
from marketplace.identity.actor import Actor
from marketplace.paging import Page, page_by_id


async def dues_of(
    actor: Actor, membership_id: UUID, *, state: DueState | None, first: int, after: str | None
) -> Page[Due]:
    """A member's dues, newest first, for himself and those who read his co-op's. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    found = Due.filter(membership_id=member.pk)
    return await page_by_id(found.filter(state=state) if state else found, first=first, after=after)


async def list_dues(
    actor: Actor,
    cooperative_id: UUID,
    *,
    state: DueState | None,
    kind: DueKind | None,
    due_by: date | None,
    first: int,
    after: str | None,
) -> Page[Due]:
    """A co-op's dues, oldest first; of a kind, due by a day. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = Due.filter(cooperative_id=cooperative_id)
    if state is not None:
        found = found.filter(state=state)
    if kind is not None:
        found = found.filter(kind=kind)
    if due_by is not None:
        found = found.filter(due_on__lte=due_by)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def payments_of(actor: Actor, membership_id: UUID, *, first: int, after: str | None) -> Page[DuePayment]:
    """What a member paid, newest first. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    return await page_by_id(DuePayment.filter(membership_id=member.pk), first=first, after=after)


async def list_payments(
    actor: Actor, cooperative_id: UUID, *, on: date | None, first: int, after: str | None
) -> Page[DuePayment]:
    """What a co-op's members paid, newest first; on one day. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = DuePayment.filter(cooperative_id=cooperative_id)
    return await page_by_id(found.filter(received_on=on) if on else found, first=first, after=after)


async def visible_due(actor: Actor, due_id: UUID) -> Due | None:
    """One due, for the member and those who read his co-op's."""
    row = await Due.get_or_none(pk=due_id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def visible_payment(actor: Actor, payment_id: UUID) -> DuePayment | None:
    """One payment, for the member and those who read his co-op's."""
    row = await DuePayment.get_or_none(pk=payment_id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def members_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Membership]:
    """These memberships, of rows that their reader may see. One statement."""
    return {row.pk: row for row in await rows_by(Membership, "id", set(ids))}


async def lines_by_payment(ids: Sequence[UUID]) -> Mapping[UUID, list[DuePaymentLine]]:
    """What of these payments went to which due, with the dues. One statement."""
    return await lists_by(DuePaymentLine, "payment_id", ids, order="ordinal", related="due")


async def outstanding(membership_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What each member still owes in all, in rupiah. One statement; the caller has authorised."""
    rows = (
        await Due.filter(membership_id__in=list(membership_ids), state=DueState.OPEN)
        .annotate(charged=Sum("amount"), covered=Sum("paid"))
        .group_by("membership_id")
        .values("membership_id", "charged", "covered")
    )
    sums = {row["membership_id"]: int(row["charged"]) - int(row["covered"]) for row in rows}
    return dict.fromkeys(membership_ids, 0) | sums
