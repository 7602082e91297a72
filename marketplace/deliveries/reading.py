"""Who sees what of a delivery job. A job that one may not know of is not found."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Q

from marketplace.batches import lists_by, rows_by
from marketplace.deliveries.custody import Place
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.drivers import acting_driver
from marketplace.deliveries.lifecycle import LOOKING, JobState
from marketplace.deliveries.models import DeliveryJob, Drop, JobStateChange, ShiftState
from marketplace.deliveries.shifts import NotOnShift, coarse, open_shifts_by_driver
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import OFFICERS, Actor, Role
from marketplace.paging import Page, page_by_id

#: Who answer for a delivery in its co-op, and who may see it there.
ANSWERABLE = OFFICERS | {Role.DISPATCHER}
WATCHERS = ANSWERABLE | {Role.SUPERVISOR}
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)
#: How far around a driver the board looks, in metres, and how far it may.
RADIUS_M = 5_000
WIDEST_M = 30_000


@dataclass(frozen=True, slots=True)
class Sight:
    """In which parts the actor stands to a job; all False: he may not know of it."""

    holds: bool = False  # the driver who carries it
    sells: bool = False
    watches: bool = False  # officers and dispatchers of the seller's co-op and the carrier's
    oversees: bool = False  # pengawas there: they see what is done, not who lives behind which door
    receives: bool = False  # the buyer at one of its drops
    may_take: bool = False  # it stands open before this driver

    @property
    def is_any(self) -> bool:
        return self.holds or self.sells or self.watches or self.oversees or self.receives or self.may_take

    @property
    def is_told(self) -> bool:
        """What has happened to it: for all but those before whom it lies open."""
        return self.is_full or self.oversees or self.receives

    @property
    def is_full(self) -> bool:
        """Names, phones and exact doors: for those who carry it or answer for it."""
        return self.holds or self.sells or self.watches


def sight_of(actor: Actor, job: DeliveryJob, drops: Iterable[Drop], *, may_take: bool = False) -> Sight:
    """What the actor is to this job. Pure."""
    account_id = actor.account_id
    return Sight(
        holds=account_id is not None and account_id == job.driver_account_id,
        sells=actor.holds(*SELLING, seller_id=job.seller_id),
        watches=_holds(actor, ANSWERABLE, job),
        oversees=_holds(actor, {Role.SUPERVISOR}, job),
        receives=account_id is not None and any(drop.receiver_id == account_id for drop in drops),
        may_take=may_take,
    )


def sight_in(actor: Actor, cooperative_id: UUID) -> Sight:
    """What the actor is to every job of a co-op whose jobs he may list. Pure."""
    return Sight(
        watches=actor.holds(*ANSWERABLE, cooperative_id=cooperative_id),
        oversees=actor.holds(Role.SUPERVISOR, cooperative_id=cooperative_id),
    )


def _holds(actor: Actor, roles: AbstractSet[Role], job: DeliveryJob) -> bool:
    """Whether one of the roles is held in the seller's co-op or in the carrier's."""
    return actor.holds(*roles, cooperative_id=job.cooperative_id) or (
        job.carrier_id is not None and actor.holds(*roles, cooperative_id=job.carrier_id)
    )


async def find_job(actor: Actor, job_id: UUID, *, dispatch: Dispatch) -> tuple[DeliveryJob, Sight] | None:
    """The job, and what the actor is to it; None when he may not know of it."""
    job = await DeliveryJob.get_or_none(pk=job_id)
    if job is None or actor.account_id is None:
        return None
    sight = sight_of(actor, job, (await drops_by_job([job_id]))[job_id])
    if not sight.is_any and job.state in LOOKING and actor.holds(Role.DRIVER):
        driver = await acting_driver(actor)
        sight = Sight(may_take=await dispatch.stands_before(job, driver))
    return (job, sight) if sight.is_any else None


async def job_board(
    actor: Actor, *, near: Place | None, radius_m: int, first: int, after: str | None, dispatch: Dispatch
) -> Page[DeliveryJob]:
    """The open jobs near a driver on shift, oldest first. Without `near`: around his last place.

    Raises NotADriver, NotOnShift, Invalid. The number of statements doesn't grow with the jobs.
    """
    if not 100 <= radius_m <= WIDEST_M:
        raise Invalid.field("radius", Code.OUT_OF_RANGE, "100 m to 30 km", "100 m sampai 30 km")
    driver = await acting_driver(actor)
    shift = (await open_shifts_by_driver([driver.pk])).get(driver.pk)
    if shift is None or shift.state is not ShiftState.ACTIVE:
        raise NotOnShift
    place = Place(shift.lat, shift.lon) if near is None else coarse(near)
    return await dispatch.jobs_for(driver, near=place, radius_m=radius_m, first=first, after=after)


async def jobs_held_by(driver_id: UUID, *, first: int, after: str | None) -> Page[DeliveryJob]:
    """The driver's jobs, past ones too, newest first."""
    return await page_by_id(DeliveryJob.filter(driver_id=driver_id), first=first, after=after)


async def jobs_of_cooperative(
    actor: Actor, cooperative_id: UUID, *, state: JobState | None, first: int, after: str | None
) -> Page[DeliveryJob]:
    """Jobs of a co-op's sellers and drivers, newest first; none for who has no office there."""
    if not actor.holds(*WATCHERS, cooperative_id=cooperative_id):
        return Page([], [], False)
    found = DeliveryJob.filter(Q(cooperative_id=cooperative_id) | Q(carrier_id=cooperative_id))
    return await page_by_id(found if state is None else found.filter(state=state), first=first, after=after)


async def jobs_by_id(ids: Sequence[UUID]) -> Mapping[UUID, DeliveryJob]:
    """The jobs with these ids. One statement."""
    return {row.pk: row for row in await rows_by(DeliveryJob, "id", ids)}


async def jobs_by_sub_order(ids: Sequence[UUID]) -> Mapping[UUID, DeliveryJob]:
    """The job that carries each of these sub-orders. One statement."""
    rows = await rows_by(DeliveryJob, "sub_order_id", ids)
    return {row.sub_order_id: row for row in rows if row.sub_order_id is not None}


async def drops_by_job(ids: Sequence[UUID]) -> Mapping[UUID, list[Drop]]:
    """Each job's drops in the order of the route. One statement."""
    return await lists_by(Drop, "job_id", ids, order="position")


async def history_by_job(ids: Sequence[UUID]) -> Mapping[UUID, list[JobStateChange]]:
    """What happened to each job, in order. One statement."""
    return await lists_by(JobStateChange, "job_id", ids, order="version")
