"""Protection as members and officers see it: what one is in, what it cost and saved, and a co-op's months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.dues.access import may_read, readable_membership, require_reader
from cooperatives.dues.models import Due
from cooperatives.ledger import service as ledger
from cooperatives.protection.billing import BILL, fund_of
from cooperatives.protection.claim_models import ClaimFile, ProtectionClaim
from cooperatives.protection.claim_states import ClaimState
from cooperatives.protection.models import (
    BillState,
    ProtectionBatch,
    ProtectionBill,
    ProtectionDependant,
    ProtectionEnrolment,
    ProtectionProgramme,
)
from marketplace.batches import lists_by, rows_by
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, Role, signed_in
from marketplace.paging import Page, page_by_id


async def programmes_of(actor: Actor, cooperative_id: UUID) -> list[ProtectionProgramme]:
    """What a co-op offers, retired ones last, for those of it. Raises Unauthenticated, NotFound."""
    if not actor.holds(*(list(Role)), cooperative_id=cooperative_id):
        signed_in(actor)
        raise NotFound("cooperative")
    rows = await ProtectionProgramme.filter(cooperative_id=cooperative_id).order_by("id")
    return sorted(rows, key=lambda row: row.retired_at is not None)


async def programmes_by_id(ids: Sequence[UUID]) -> Mapping[UUID, ProtectionProgramme]:
    """These programmes. One statement."""
    return {row.pk: row for row in await rows_by(ProtectionProgramme, "id", set(ids))}


async def enrolments_by_id(ids: Sequence[UUID]) -> Mapping[UUID, ProtectionEnrolment]:
    """These enrolments, of rows that their reader may see. One statement."""
    return {row.pk: row for row in await rows_by(ProtectionEnrolment, "id", set(ids))}


async def dependants_by_enrolment(ids: Sequence[UUID]) -> Mapping[UUID, list[ProtectionDependant]]:
    """The families of these enrolments. One statement."""
    return await lists_by(ProtectionDependant, "enrolment_id", ids)


async def dues_by_bill(ids: Sequence[UUID]) -> Mapping[UUID, Due]:
    """The due of each bill: what is paid of it. One statement."""
    return {row.cause_id: row for row in await rows_by(Due, "cause_id", ids, cause_kind=BILL)}


async def files_by_claim(ids: Sequence[UUID]) -> Mapping[UUID, list[ClaimFile]]:
    """The papers behind these claims. One statement."""
    return await lists_by(ClaimFile, "claim_id", ids)


async def enrolments_of(
    actor: Actor, membership_id: UUID, *, first: int, after: str | None
) -> Page[ProtectionEnrolment]:
    """What a member is and was in, the latest first. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    return await page_by_id(ProtectionEnrolment.filter(membership_id=member.pk), first=first, after=after)


async def bills_of(actor: Actor, membership_id: UUID, *, first: int, after: str | None) -> Page[ProtectionBill]:
    """A member's bills, the latest first. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    return await page_by_id(ProtectionBill.filter(membership_id=member.pk), first=first, after=after)


async def claims_of(actor: Actor, membership_id: UUID, *, first: int, after: str | None) -> Page[ProtectionClaim]:
    """A member's claims, the latest first. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    return await page_by_id(ProtectionClaim.filter(membership_id=member.pk), first=first, after=after)


@dataclass(frozen=True, slots=True)
class BillFilter:
    """Which of a co-op's bills; what is None does not matter."""

    programme_id: UUID | None = None
    month: date | None = None
    state: BillState | None = None


async def list_bills(
    actor: Actor, cooperative_id: UUID, wanted: BillFilter, *, first: int, after: str | None
) -> Page[ProtectionBill]:
    """A co-op's bills, the latest first, for those who read its dues. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = ProtectionBill.filter(cooperative_id=cooperative_id)
    if wanted.programme_id is not None:
        found = found.filter(programme_id=wanted.programme_id)
    if wanted.month is not None:
        found = found.filter(month=wanted.month.replace(day=1))
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    return await page_by_id(found, first=first, after=after)


async def list_batches(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[ProtectionBatch]:
    """A co-op's remittances, the latest first, for those who read its dues. Raises NotFound."""
    require_reader(actor, cooperative_id)
    return await page_by_id(ProtectionBatch.filter(cooperative_id=cooperative_id), first=first, after=after)


async def list_claims(
    actor: Actor, cooperative_id: UUID, *, state: ClaimState | None, first: int, after: str | None
) -> Page[ProtectionClaim]:
    """A co-op's claims, the latest first, for those who read its dues. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = ProtectionClaim.filter(cooperative_id=cooperative_id)
    return await page_by_id(found.filter(state=state) if state else found, first=first, after=after)


async def bills_in_batch(
    actor: Actor, batch: ProtectionBatch, *, first: int, after: str | None
) -> Page[ProtectionBill]:
    """What a remittance pays, for those who read its co-op's dues. Raises NotFound."""
    require_reader(actor, batch.cooperative_id)
    found = ProtectionBill.filter(batch_id=batch.pk)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def visible_enrolment(actor: Actor, id: UUID) -> ProtectionEnrolment | None:
    """An enrolment, for its member and those who read his co-op's dues."""
    row = await ProtectionEnrolment.get_or_none(pk=id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def visible_bill(actor: Actor, id: UUID) -> ProtectionBill | None:
    """A bill, for its member and those who read his co-op's dues."""
    row = await ProtectionBill.get_or_none(pk=id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def visible_claim(actor: Actor, id: UUID) -> ProtectionClaim | None:
    """A claim, for its member and those who read his co-op's dues."""
    row = await ProtectionClaim.get_or_none(pk=id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def visible_batch(actor: Actor, id: UUID) -> ProtectionBatch | None:
    """A remittance, for those who read its co-op's dues."""
    row = await ProtectionBatch.get_or_none(pk=id)
    if row is None or actor.account_id is None:
        return None
    try:
        require_reader(actor, row.cooperative_id)
    except NotFound:
        return None
    return row


@dataclass(frozen=True, slots=True)
class Fund:
    """What the solidarity fund holds, and what members owe it back of what it paid for them. Rupiah."""

    held: int
    owed_back: int


async def fund(actor: Actor, cooperative_id: UUID) -> Fund:
    """The co-op's solidarity fund, for its members and officers. Raises Unauthenticated, NotFound."""
    if not actor.holds(*(list(Role)), cooperative_id=cooperative_id):
        signed_in(actor)
        raise NotFound("cooperative")
    carried = ProtectionBill.filter(cooperative_id=cooperative_id, state=BillState.CARRIED)
    ids = [UUID(str(id)) for id in await carried.values_list("id", flat=True)]
    owed = sum(row.outstanding for row in await rows_by(Due, "cause_id", ids, cause_kind=BILL))
    return Fund((await ledger.balance(fund_of(cooperative_id))).amount, owed)


async def saved(membership_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What each member saved by paying through the co-op, over all covered months whose price alone is known.

    One statement; the caller has authorised.
    """
    covered = ProtectionBill.filter(membership_id__in=list(membership_ids), alone__isnull=False)
    rows = (
        await covered.filter(state__in=[BillState.PAID, BillState.CARRIED])
        .annotate(apart=Sum("alone"), together=Sum("amount"))
        .group_by("membership_id")
        .values("membership_id", "apart", "together")
    )
    sums = {UUID(str(row["membership_id"])): int(row["apart"]) - int(row["together"]) for row in rows}
    return dict.fromkeys(membership_ids, 0) | sums
