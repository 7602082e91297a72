"""A vehicle is booked in, received, or booked out again."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog.models import Seller
from catalog.sale import seller_hours
from cooperatives.dues.access import own_membership
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.units.access import KEEPERS, NotOfThisKind, UnitClosed, check_text, kind_of
from cooperatives.units.financing import paying as financing
from cooperatives.units.models import BusinessUnit
from cooperatives.units.selling import NotAMember
from cooperatives.units.workshop.access import hold_job, take
from cooperatives.units.workshop.lifecycle import UNDER_WAY, JobEvent
from cooperatives.units.workshop.models import JobCard
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.identity.service import accounts_by_id

#: How far ahead a time is kept, and for how long one holds a bay.
FURTHEST, A_TIME = timedelta(days=60), timedelta(hours=1)


class WorkshopFull(MarketplaceError):
    """The workshop takes {bays} vehicles at that time, and has them: choose another hour."""

    code = Code.SLOT_TAKEN
    pesan = "Bengkel menerima {bays} kendaraan pada jam itu dan sudah penuh: pilih jam lain."


class WorkshopShut(MarketplaceError):
    """The workshop is not open then."""

    code = Code.SHOP_CLOSED
    pesan = "Bengkel tidak buka pada waktu itu."


async def book_job(
    actor: Actor,
    *,
    unit_id: UUID,
    membership_id: UUID | None,
    customer: str,
    vehicle: str,
    complaint: str,
    booked_for: datetime,
    key: str,
) -> JobCard:
    """A member books his vehicle in; a keeper books anybody's, a member's or (by `customer`'s name) another's.

    Raises NotFound, Forbidden, Invalid, NotAMember, WorkshopFull, WorkshopShut, UnitClosed, NotOfThisKind.
    """
    by, id = signed_in(actor), new_id()
    vehicle, complaint = check_text("vehicle", vehicle, 2, 120), check_text("complaint", complaint, 2, 500)
    async with transaction():
        unit = await locked_one(BusinessUnit, unit_id)
        if unit is None:
            raise NotFound("unit")
        member = await _customer(actor, unit, membership_id)
        asked = [unit_id, membership_id, customer, vehicle, complaint, booked_for]
        if (earlier := await once(by, "bookWorkshopJob", key, asked, id)) is not None:
            return await JobCard.get(pk=earlier)
        if unit.closed_at is not None:
            raise UnitClosed(name=unit.name)
        if not kind_of(unit).takes_jobs:
            raise NotOfThisKind(kind=kind_of(unit).name_id)
        name = check_text("customer", customer, 2, 120) if member is None else await _name(member)
        await _require_room(unit, booked_for)
        day = booked_for.astimezone(ZoneInfo((await Seller.get(pk=unit.seller_id)).time_zone))
        count = await JobCard.filter(unit_id=unit_id).count()
        return await JobCard.create(
            id=id,
            unit_id=unit_id,
            cooperative_id=unit.cooperative_id,
            number=f"SPK/{day.year}/{count + 1:05}",
            membership_id=member.pk if member else None,
            customer=name,
            vehicle=vehicle,
            complaint=complaint,
            booked_for=booked_for,
        )


async def receive_job(actor: Actor, *, job_id: UUID) -> JobCard:
    """A keeper has the vehicle. Raises NotFound, JobWrongState."""
    return await _move(actor, job_id, JobEvent.RECEIVE)


async def cancel_job(actor: Actor, *, job_id: UUID) -> JobCard:
    """The member, or a keeper, calls it off before any work was agreed to; loans asked for to pay it go with it.

    Raises NotFound, JobWrongState.
    """
    return await _move(actor, job_id, JobEvent.CANCEL)


async def _move(actor: Actor, job_id: UUID, event: JobEvent) -> JobCard:
    async with transaction():
        unit, job, side = await hold_job(actor, job_id)
        take(job, event, side)
        if event is JobEvent.CANCEL:
            job.ended_at = clock.now()
            await financing.call_off(job_id, {"unit": unit.name, "job": job.number})
        await job.save(update_fields=["state", "ended_at"])
        return job


async def _customer(actor: Actor, unit: BusinessUnit, membership_id: UUID | None) -> Membership | None:
    """Whose vehicle it is: one's own, or of whom a keeper books it in."""
    if not actor.holds(*KEEPERS, cooperative_id=unit.cooperative_id):
        if membership_id is None:
            require(actor, *KEEPERS, cooperative_id=unit.cooperative_id)
            raise NotAMember
        member: Membership | None = await own_membership(actor, membership_id)
    else:
        member = None if membership_id is None else await Membership.get_or_none(pk=membership_id)
    if membership_id is None:
        return None
    if member is None or member.cooperative_id != unit.cooperative_id or member.state is not MembershipState.ACTIVE:
        raise NotAMember
    return member


async def _name(member: Membership) -> str:
    person = (await accounts_by_id([member.account_id])).get(member.account_id)
    return (person.name if person else "")[:120]


async def _require_room(unit: BusinessUnit, at: datetime) -> None:
    """Raises Invalid, WorkshopShut, WorkshopFull."""
    now = clock.now()
    if not now - A_TIME <= at <= now + FURTHEST:
        raise Invalid.field("bookedFor", Code.OUT_OF_RANGE, "within the next 60 days", "dalam 60 hari ke depan")
    seller = await Seller.get(pk=unit.seller_id)
    if not seller_hours(seller).is_open(at, ZoneInfo(seller.time_zone)):
        raise WorkshopShut
    beside = JobCard.filter(
        unit_id=unit.pk, booked_for__gt=at - A_TIME, booked_for__lt=at + A_TIME, state__in=UNDER_WAY
    )
    if await beside.count() >= unit.bays:
        raise WorkshopFull(bays=unit.bays)
