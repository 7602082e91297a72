"""To whom a dispatcher can give a job by hand: drivers on shift who may carry it, the nearest first."""

from dataclasses import dataclass
from datetime import datetime
from math import cos, radians

from marketplace.deliveries import blocks
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState, Shift, ShiftState
from marketplace.deliveries.reading import ANSWERABLE
from marketplace.identity.actor import Actor
from marketplace.tariffs.rules import Point, straight_distance_m

#: So many are named, of at most so many drivers within this window around the pickup, in degrees north and south.
MOST, MOST_LOOKED_AT, AROUND_DEGREES = 20, 1_000, 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A driver who takes jobs now, and how far he is."""

    driver: Driver
    metres: int
    placed_at: datetime


async def candidates(actor: Actor, job: DeliveryJob, dispatch: Dispatch) -> list[Candidate]:
    """For officers and dispatchers of the shop's co-op, and of the carrier's: of the latter its own drivers alone.

    None for others. Blocks count; limits are held when the job is given.
    """
    reached = await dispatch.reach(job)
    if not actor.holds(*ANSWERABLE, cooperative_id=job.cooperative_id):
        is_carriers = job.carrier_id is not None and actor.holds(*ANSWERABLE, cooperative_id=job.carrier_id)
        reached = [id for id in reached if is_carriers and id == job.carrier_id]
    if not reached:
        return []
    wide = AROUND_DEGREES / max(0.1, cos(radians(job.pickup_lat)))
    shifts = (
        await Shift.filter(
            state=ShiftState.ACTIVE,
            driver__state=DriverState.APPROVED,
            driver__cooperative_id__in=reached,
            lat__range=(job.pickup_lat - AROUND_DEGREES, job.pickup_lat + AROUND_DEGREES),
            lon__range=(job.pickup_lon - wide, job.pickup_lon + wide),
        )
        .select_related("driver")
        .order_by("id")
        .limit(MOST_LOOKED_AT)
    )
    at = Point(job.pickup_lat, job.pickup_lon)
    blocked = await blocks.blocked_pairs([shift.driver_id for shift in shifts], [job.pk])
    found = [
        Candidate(shift.driver, straight_distance_m(Point(shift.lat, shift.lon), at), shift.placed_at)
        for shift in shifts
        if shift.driver_id != job.driver_id and (job.pk, shift.driver_id) not in blocked
    ]
    return sorted(found, key=lambda each: (each.metres, each.driver.pk))[:MOST]
