"""A co-op that looks for its drivers by offers, and the worker's part in it, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from catalog.models import Seller
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.deliveries import shifts
from marketplace.deliveries.custody import Place
from marketplace.deliveries.dispatch import adoption, keeping, offering, rounds, searching
from marketplace.deliveries.dispatch.adoption import Terms
from marketplace.deliveries.dispatch.explaining import Explanation
from marketplace.deliveries.dispatch.models import DispatchMode, DispatchPolicy, JobOffer, OfferState
from marketplace.deliveries.dispatch.policy import NEAREST_FIRST, Weights
from marketplace.deliveries.dispatch.replay import days, trying
from marketplace.deliveries.dispatch.replay.days import Courier, Day, Order
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.identity.actor import Actor
from marketplace.orders.models import PaymentMethod
from marketplace.outbox import OutboxEvent
from tests.deliveries import stage


def _replayed() -> str:
    """What `lumbung simulate --json` would write of a quiet morning."""
    orders = tuple(Order(f"o{n}", (0, 0), (900, 400 * n), 600 * n, 600 * n + 900, 7_000) for n in range(4))
    morning = [Day("senin", orders, tuple(Courier(f"c{n}", (100 * n, 0), 0, 14_400) for n in range(2)))]
    policies = [trying.POLICIES["nearest"], trying.POLICIES["fair"]]
    tried = trying.attempt(morning, policies, days.Terms())
    return trying.document(trying.gather(morning, policies, days.Terms(), tried)).decode()


RESULT = _replayed()


async def adopted(
    coop: Cooperative, *, weights: Weights = NEAREST_FIRST, mode: DispatchMode = DispatchMode.OFFERS, **terms: Any
) -> DispatchPolicy:
    """The co-op's members saw a replay and adopted a policy."""
    chair = await stage.officer(coop)
    replay = await adoption.record_replay(
        chair, cooperative_id=coop.pk, title="Hari Senin", result=RESULT, key="replay"
    )
    return await adoption.adopt_policy(
        chair,
        cooperative_id=coop.pk,
        terms=Terms(mode, **terms),
        weights=weights,
        replay_id=replay.pk,
        decision="Rapat anggota 1 November 2026",
        acceptance_decision="Rapat anggota 1 November 2026" if weights.acceptance else None,
        key="adopt",
    )


def event(name: str, of: Any, **payload: str) -> OutboxEvent:
    if isinstance(of, DeliveryJob):  # as every event of a job says
        payload.setdefault("cooperative_id", str(of.cooperative_id))
    return OutboxEvent(event=name, handler="x", aggregate_id=of.pk, payload=payload)


async def looking(shop: Seller, method: PaymentMethod = PaymentMethod.CASH) -> DeliveryJob:
    """A job that was opened and put before its first drivers."""
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani"), method=method))
    await searching.on_opened(None, event("job.opened", job))
    return await DeliveryJob.get(pk=job.pk)


async def at(coop: Cooperative, name: str, *, metres: int = 0, **limits: int) -> tuple[Driver, Actor]:
    """A driver on shift, so far north of the shop of the stage."""
    row, actor = await stage.driver(coop, name, **limits)
    await shifts.start_shift(actor, place=Place(-7.260 + metres / 111_320, 112.750))
    return row, actor


async def open_offers(job: DeliveryJob) -> dict[str, JobOffer]:
    """Who has an offer of the job now."""
    rows = await JobOffer.filter(job_id=job.pk, state=OfferState.OPEN).select_related("driver").order_by("rank")
    return {row.driver.name: row for row in rows}


async def why(job: DeliveryJob, driver: Driver) -> Explanation:
    """What is kept of the driver for this job."""
    kept = await keeping.consideration_of(job.pk, driver.pk)
    assert kept is not None
    return Explanation.of_record(kept.explanation)


async def accept(actor: Actor, offer: JobOffer, key: str = "accept") -> DeliveryJob:
    return await offering.accept_offer(actor, offer_id=offer.pk, key=key, dispatch=stage.BOARD)


async def decline(actor: Actor, offer: JobOffer) -> JobOffer:
    return await offering.decline_offer(actor, offer_id=offer.pk, reason="Ban bocor", key=f"no-{offer.pk}")


@contextmanager
def hours() -> Iterator["Hours"]:
    """A clock that the test moves, from now on."""
    moved = Hours(clock.now())
    clock.use(lambda: moved.now)
    try:
        yield moved
    finally:
        clock.use(None)


class Hours:
    def __init__(self, now: datetime) -> None:
        self.now = now

    async def later(self, seconds: float) -> None:
        """So many seconds pass, and then the timetable has its turn."""
        self.now += timedelta(seconds=seconds)
        await rounds.sweep(None)
