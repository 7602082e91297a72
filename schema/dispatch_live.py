"""Subscriptions of dispatch: what lies before a driver, and what a dispatcher has to look after."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.deliveries import reading
from marketplace.deliveries.dispatch import models as rows
from marketplace.deliveries.dispatch import offering
from marketplace.deliveries.dispatch.overview import overview
from marketplace.deliveries.drivers import acting_driver
from marketplace.deliveries.lifecycle import HELD, JobState
from marketplace.live import topics
from schema.context import Info
from schema.ids import from_id, to_id
from schema.jobs import DeliveryJob
from schema.live_kinds import LiveKind
from schema.offers import JobOffer
from schema.watching import follow, watching

#: A dispatcher's board is looked at again at most this often.
REST_S = 1.0


@strawberry.type(description="What lies before a driver.")
class OffersChange:
    kind: LiveKind = strawberry.field(description="CURRENT: all offers. CHANGED: what differs.")
    appeared: list[JobOffer] = strawberry.field(description="Offers to show now, the first to end first.")
    gone: list[strawberry.ID] = strawberry.field(description="Offers to show no more.")


@strawberry.type(description="How busy a co-op is.")
class DispatchLoad:
    open: int = strawberry.field(description="Jobs that look for a driver and lie before nobody.")
    offered: int = strawberry.field(description="Jobs that lie before drivers.")
    unserved: int = strawberry.field(description="Jobs whose buyer is asked what to do.")
    held: int = strawberry.field(description="Jobs that drivers hold.")
    ready: int = strawberry.field(description="Its drivers who take jobs.")
    paused: int = strawberry.field(description="Its drivers who pause.")


@strawberry.type(description="What a dispatcher has to look after: jobs of the co-op's shops and drivers.")
class DispatchBoardChange:
    kind: LiveKind = strawberry.field(description="CURRENT: the whole board. CHANGED: what differs.")
    appeared: list[DeliveryJob] = strawberry.field(
        description="Jobs to show now, or that changed, or whose offers did; newest first, of the newest 100."
    )
    gone: list[strawberry.ID] = strawberry.field(description="Jobs to show no more: they have ended.")
    load: DispatchLoad = strawberry.field(description="How busy the co-op is.")


class _OffersLook:
    """What one driver has been shown of his offers."""

    def __init__(self, info: Info, driver_id: UUID) -> None:
        self.info, self.driver_id = info, driver_id
        self.shown: set[UUID] | None = None

    async def __call__(self) -> list[OffersChange]:
        await acting_driver(self.info.context.actor)
        offers = await offering.offers_before(self.driver_id)
        before, self.shown = self.shown, {offer.pk for offer in offers}
        known = before or set()
        appeared = [JobOffer.of(offer) for offer in offers if offer.pk not in known]
        gone = [to_id("JobOffer", id) for id in sorted(known - self.shown)]
        if before is not None and not appeared and not gone:
            return []
        kind = LiveKind.CURRENT if before is None else LiveKind.CHANGED
        return [OffersChange(kind=kind, appeared=appeared, gone=gone)]


class _DispatchLook:
    """What one dispatcher has been shown of the co-op's jobs."""

    def __init__(self, info: Info, cooperative_id: UUID) -> None:
        self.info, self.cooperative_id = info, cooperative_id
        self.shown: dict[UUID, object] | None = None
        self.load: DispatchLoad | None = None

    async def __call__(self) -> list[DispatchBoardChange]:
        actor = self.info.context.actor
        found = await overview(actor, self.cooperative_id)
        offers = await offering.offers_by_job([job.pk for job in found.jobs])
        before, self.shown = self.shown, {job.pk: (job.version, _told(offers[job.pk])) for job in found.jobs}
        load = DispatchLoad(
            open=found.numbers.get(JobState.OPEN, 0),
            offered=found.numbers.get(JobState.OFFERED, 0),
            unserved=found.numbers.get(JobState.UNSERVED, 0),
            held=sum(number for state, number in found.numbers.items() if state in HELD),
            ready=found.ready,
            paused=found.paused,
        )
        is_same = load == self.load
        self.load = load
        known = before or {}
        sight = reading.sight_in(actor, self.cooperative_id)
        appeared = [DeliveryJob.of(job, sight) for job in found.jobs if known.get(job.pk) != self.shown[job.pk]]
        gone = [to_id("DeliveryJob", id) for id in known if id not in self.shown]
        if before is not None and not appeared and not gone and is_same:
            return []
        kind = LiveKind.CURRENT if before is None else LiveKind.CHANGED
        return [DispatchBoardChange(kind=kind, appeared=appeared, gone=gone, load=load)]


def _told(offers: list[rows.JobOffer]) -> tuple[tuple[UUID, str], ...]:
    return tuple((offer.pk, offer.state.value) for offer in offers)


@strawberry.type
class DispatchSubscription:
    @strawberry.subscription(
        description="What lies before you as a driver: all of it, then what appears and goes. Ends with the token."
    )
    @watching
    async def offers_changed(self, info: Info) -> AsyncIterator[OffersChange]:
        driver = await acting_driver(info.context.actor)
        look = _OffersLook(info, driver.pk)
        async for message in follow(info, [topics.offers(driver.account_id)], look):
            yield message

    @strawberry.subscription(
        description="The jobs of a co-op's shops and drivers that have not ended, with their offers, and how busy it "
        "is; its officers and dispatchers. Ends with the token."
    )
    @watching
    async def dispatch_board_changed(
        self,
        info: Info,
        cooperative_id: Annotated[strawberry.ID, strawberry.argument(description="The Cooperative.")],
    ) -> AsyncIterator[DispatchBoardChange]:
        id = from_id("Cooperative", cooperative_id, "cooperativeId")
        async for message in follow(info, [topics.dispatch(id)], _DispatchLook(info, id), least_s=REST_S):
            yield message
