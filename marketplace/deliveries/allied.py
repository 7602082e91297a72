"""A job under an alliance: where it is picked up, that its carrier takes it, and that it is under way no more."""

from uuid import UUID, uuid5

from catalog import regions
from cooperatives.membership import service as membership
from cooperatives.membership.terms import Where
from marketplace.deliveries import limits
from marketplace.deliveries.lifecycle import HELD
from marketplace.deliveries.models import DeliveryJob


def pickup_of(job: DeliveryJob) -> Where:
    """Where the job's goods are fetched, with the district in which that lies."""
    region = regions.nearest(job.pickup_lat, job.pickup_lon)
    return Where(job.pickup_lat, job.pickup_lon, "" if region is None else region.code)


def carried_id(job: DeliveryJob) -> UUID:
    """What an alliance's use of this job is kept under: its sub-order, which the split of the order names too.

    Of a relay each leg is a use of its own; the last bears the job's.
    """
    return leg_id(job, job.legs_left or 0)


def leg_id(job: DeliveryJob, legs_left: int) -> UUID:
    """`carried_id` of the leg after which so many come."""
    id: UUID = job.sub_order_id or job.pk
    return id if not legs_left else uuid5(id, f"legs left: {legs_left}")


def is_on_the_road(job: DeliveryJob) -> bool:
    """Whether someone carries the goods already; at the seller's and at a hub they still wait. Pure."""
    return job.picked_up_at is not None and job.hub_id is None


async def take(job: DeliveryJob) -> None:
    """Note under the alliance that its carrier holds the job now. Caller's transaction, after `move`.

    Of goods on the road hours and limits were asked when they set out. Raises NotFound, OutsideAlliance.
    """
    if job.carrier_id is None or job.carrier_id == job.cooperative_id:
        return
    await membership.take(
        job.cooperative_id,
        job.carrier_id,
        carried_id=carried_id(job),
        price=job.price,
        distance_m=job.distance_m,
        rupiah=limits.cash_of(job),
        where=pickup_of(job),
        is_bound=not is_on_the_road(job),
    )


async def let_go(job: DeliveryJob, *, former_id: UUID | None) -> None:
    """The co-op that carried it does so no more, if it was an ally and that is so. Caller's transaction."""
    if former_id in (None, job.cooperative_id) or (job.state in HELD and job.carrier_id == former_id):
        return
    await membership.let_go(carried_id(job), was_carried=job.picked_up_at is not None)
