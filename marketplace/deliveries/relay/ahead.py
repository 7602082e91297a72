"""The way of who carries a job, or the present leg of one that goes through hubs: to its hub, or on to the doors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from marketplace.batches import lists_by
from marketplace.deliveries.limits import STILL_TO_COLLECT
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.deliveries.relay.hubs import hubs_by_id
from marketplace.deliveries.relay.models import RelayLeg
from marketplace.deliveries.relay.pricing import present
from marketplace.tariffs.rules import DEFAULT_TERMS, Point, road_distance_m


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where the goods leave him last, after how many stops, and over how many metres."""

    end: Point
    stops: int
    ride_m: int

    @classmethod
    def along(cls, *places: Point) -> "Ahead":
        """From the first of these places over the others, estimated."""
        ridden = sum(road_distance_m(one, other, DEFAULT_TERMS) for one, other in pairwise(places))
        return cls(places[-1], len(places) - 1, ridden)


async def legs_ahead(jobs: Sequence[DeliveryJob]) -> Mapping[UUID, Ahead]:
    """Of those of these jobs that go through hubs. At most three statements; none where none does."""
    found = dict(await hubs_ahead(jobs))
    last = {job.pk: job for job in jobs if job.legs_left == 0}
    for id, drops in (await lists_by(Drop, "job_id", last, order="position") if last else {}).items():
        doors = [Point(drop.lat, drop.lon) for drop in drops if drop.state in STILL_TO_COLLECT]
        if doors:
            found[id] = Ahead.along(Point(last[id].pickup_lat, last[id].pickup_lon), *doors)
    return found


async def hubs_ahead(jobs: Sequence[DeliveryJob]) -> Mapping[UUID, Ahead]:
    """Of those of these jobs whose present leg ends at a hub. Two statements; none where there is no such job."""
    relayed = {job.pk: job for job in jobs if job.legs_left}
    if not relayed:
        return {}
    legs = await lists_by(RelayLeg, "job_id", relayed, order="position")
    ends = {id: of_job[present(relayed[id], of_job)].hub_id for id, of_job in legs.items() if of_job}
    hubs = await hubs_by_id([hub_id for hub_id in ends.values() if hub_id is not None])
    return {
        id: Ahead.along(Point(relayed[id].pickup_lat, relayed[id].pickup_lon), Point(hub.lat, hub.lon))
        for id, hub_id in ends.items()
        if hub_id is not None and (hub := hubs.get(hub_id)) is not None
    }
