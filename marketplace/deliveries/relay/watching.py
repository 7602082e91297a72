"""What a hub's people see of the goods there."""

from uuid import UUID

from marketplace.deliveries.lifecycle import FINAL, JobState
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.relay.hubs import DISPATCHERS, keeps
from marketplace.deliveries.relay.models import Hub
from marketplace.deliveries.relay.planning import legs_of
from marketplace.identity.actor import Actor, signed_in
from marketplace.paging import Page, page_by_id


async def standing_at(actor: Actor, hub: Hub, *, first: int, after: str | None) -> Page[DeliveryJob]:
    """The jobs whose goods stand at the hub, oldest first; none for who has nothing to do with it."""
    signed_in(actor)
    if not actor.holds(*DISPATCHERS, cooperative_id=hub.cooperative_id) and not await keeps(actor, hub.pk):
        return Page([], [], False)
    found = DeliveryJob.filter(hub_id=hub.pk, state__not_in=FINAL)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def in_pin(actor: Actor, hub: Hub, job_id: UUID) -> str | None:
    """The PIN that the keeper tells to the driver who brings this job's goods; None where he brings none here."""
    if not await keeps(actor, hub.pk):
        return None
    job = await DeliveryJob.get_or_none(pk=job_id)
    if job is None or job.legs_left is None or job.state not in (JobState.CARRYING, JobState.RETURNING):
        return None
    legs = await legs_of(job_id)
    index = len(legs) - 1 - job.legs_left - (1 if job.state is JobState.RETURNING else 0)
    return legs[index].in_pin if index >= 0 and legs[index].hub_id == hub.pk else None
