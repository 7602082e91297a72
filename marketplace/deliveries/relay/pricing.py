"""What the leg of a relayed job brings that it is on, or that waits to be taken."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from marketplace.batches import lists_by
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.relay.models import RelayLeg
from marketplace.deliveries.relay.shares import by_weight


async def leg_prices(jobs: Sequence[DeliveryJob]) -> Mapping[UUID, int]:
    """The price of the present leg of each of these jobs that go through hubs. One statement; none for no jobs."""
    relayed = {job.pk: job for job in jobs if job.legs_left is not None}
    legs = await lists_by(RelayLeg, "job_id", relayed, order="position") if relayed else {}
    return {
        id: by_weight(relayed[id].price, [leg.weight for leg in found])[present(relayed[id], found)]
        for id, found in legs.items()
        if found
    }


def present(job: DeliveryJob, legs: Sequence[RelayLeg]) -> int:
    """Where among its legs a relayed job stands. Pure."""
    return len(legs) - 1 - (job.legs_left or 0)
