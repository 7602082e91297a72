"""Goods at a hub: handed in, put out within their window, fetched; or sent back for the seller to fetch."""

from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.deliveries import custody, pins
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.drivers import carrying_driver
from marketplace.deliveries.holding import LockedJob, lock_job, move
from marketplace.deliveries.lifecycle import DropState, FailureCode, JobEvent, JobState, WrongJobState
from marketplace.deliveries.models import DeliveryJob, Driver, HandOver
from marketplace.deliveries.relay.hubs import DISPATCHERS
from marketplace.deliveries.relay.models import Hub, RelayLeg
from marketplace.deliveries.relay.planning import legs_of
from marketplace.errors import NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.orders.models import SubOrder

BATCH = 100


async def hand_in(
    actor: Actor, *, job_id: UUID, pin: str, place: Place | None, key: str, signer: Signer
) -> DeliveryJob:
    """Give the goods to the hub where one's leg ends, or, on the way back, began; by the PIN that its keeper tells.

    Onward they are put out when the next leg's window opens. Raises WrongPin, PinLocked, WrongJobState, NotFound.
    """
    driver = await carrying_driver(actor)
    by, wrong = signed_in(actor), None
    async with transaction():
        job = await lock_job(job_id)
        try:
            async with transaction():
                if await once(by, "handInAtHub", key, [job_id, pin], job_id) is not None:
                    return job.row
                if job.row.driver_id != driver.pk:
                    raise NotFound("delivery job")
                await _hand_in(job, driver, pin, place, signer)
        except pins.WrongPin as refused:
            wrong = refused
            await pins.count_wrong(refused)
    if wrong is not None:
        raise wrong
    return job.row


async def fetch(job: LockedJob, *, by: UUID | None, signer: Signer, place: Place | None) -> None:
    """The goods go from the hub to the leg's driver. Caller's transaction, its PIN checked."""
    hub = await Hub.get(pk=job.row.hub_id)
    stored = [drop for drop in job.drops if drop.state is DropState.STORED]
    await move(job, JobEvent.PICK_UP, by=by, values={"wrong_pins": 0, "hub_id": None})
    receipt = await custody.hand_over(
        job.row, stored, HandOver.HUB_OUT, signer=signer, place=place, hub=(hub.pk, hub.cooperative_id)
    )
    await _name(job, receipt)


async def publish_due(adapters: object = None) -> int:
    """Put out what stands at hubs and whose window has opened, each in its own transaction; answers how many."""
    now = clock.now()
    due = RelayLeg.filter(ready_at__isnull=False, put_out_at__isnull=True, opens_at__lte=now, closes_at__gt=now)
    done = 0
    for job_id in await due.order_by("opens_at").limit(BATCH).values_list("job_id", flat=True):
        async with transaction():
            job = await lock_job(UUID(str(job_id)))
            done += await _publish(job)
    return done


async def turn_back(actor: Actor, *, job_id: UUID, code: FailureCode, reason: str, key: str) -> DeliveryJob:
    """What stands at a hub goes no further, and the seller fetches it there; a dispatcher of his co-op says why.

    Raises NotFound, WrongJobState.
    """
    by = signed_in(actor)
    async with transaction():
        job = await lock_job(job_id)
        require(actor, *DISPATCHERS, cooperative_id=job.row.cooperative_id, hide="delivery job")
        if await once(by, "turnBackAtHub", key, [job_id, code, reason], job_id) is not None:
            return job.row
        if job.row.state is not JobState.AT_HUB:
            raise WrongJobState(state=job.row.state.value)
        for drop in job.drops:
            if drop.state is DropState.STORED:
                drop.failure, drop.failure_text = code, reason[:300] or None
                await drop.save(update_fields=["failure", "failure_text"])
        await move(job, JobEvent.TURN_BACK, by=by, reason=f"{code.value}: {reason}"[:300])
        return job.row


async def _hand_in(job: LockedJob, driver: Driver, pin: str, place: Place | None, signer: Signer) -> None:
    legs = await legs_of(job.row.pk)
    at = -1 - (job.row.legs_left or 0)
    is_back = job.row.state is JobState.RETURNING
    index = len(legs) + at - (1 if is_back else 0)  # on the way back, the hub where the present leg began
    is_carried = job.row.state in (JobState.CARRYING, JobState.RETURNING)
    if not is_carried or job.row.legs_left is None or index < 0 or legs[index].hub_id is None:
        raise WrongJobState(state=job.row.state.value)
    leg = legs[index]
    pins.check(pin, wanted=leg.in_pin, row=job.row)
    hub = await Hub.get(pk=leg.hub_id)
    goods = [drop for drop in job.drops if drop.state in (DropState.CARRIED, DropState.FAILED)]
    receipt = await custody.hand_over(
        job.row, goods, HandOver.HUB_IN, signer=signer, place=place, hub=(hub.pk, hub.cooperative_id)
    )
    await _end(legs[len(legs) + at], job.row, driver, receipt)
    values: dict[str, Any] = {
        "wrong_pins": 0,
        "hub_id": hub.pk,
        "pickup_name": hub.name,
        "pickup_address": hub.address,
        "pickup_lat": hub.lat,
        "pickup_lon": hub.lon,
        "pickup_pin": pins.new_pin(),
    }
    if not is_back:
        values["legs_left"] = (job.row.legs_left or 0) - 1
    await move(job, JobEvent.HAND_IN, by=driver.account_id, values=values)
    await _name(job, receipt)
    if not is_back:
        following = legs[index + 1]
        following.ready_at = clock.now()
        await following.save(update_fields=["ready_at"])
        await _publish(job)


async def _publish(job: LockedJob) -> bool:
    """Let drivers see the leg that waits, if its window is open. Under the job's lock."""
    if job.row.state is not JobState.AT_HUB or job.row.legs_left is None:
        return False
    if not any(drop.state is DropState.STORED for drop in job.drops):
        return False
    legs = await legs_of(job.row.pk)
    leg = await locked_one(RelayLeg, legs[-1 - job.row.legs_left].pk)
    now = clock.now()
    if leg is None or leg.put_out_at is not None or not leg.opens_at <= now < leg.closes_at:
        return False
    leg.put_out_at = now
    await leg.save(update_fields=["put_out_at"])
    await move(job, JobEvent.PUBLISH, by=None, values={"open_until": leg.closes_at})
    return True


async def _end(leg: RelayLeg, row: DeliveryJob, driver: Driver, receipt_id: UUID) -> None:
    leg.carrier_id, leg.driver_id, leg.driver_account_id = driver.cooperative_id, driver.pk, driver.account_id
    leg.receipt_id, leg.ended_at = receipt_id, clock.now()
    await leg.save(update_fields=["carrier_id", "driver_id", "driver_account_id", "receipt_id", "ended_at"])


async def _name(job: LockedJob, receipt_id: UUID) -> None:
    """The sub-order knows who carries it, and by which hand-over."""
    if job.row.sub_order_id is not None:
        await SubOrder.filter(pk=job.row.sub_order_id).update(
            carrier_id=job.row.carrier_id, driver_account_id=job.row.driver_account_id, receipt_id=receipt_id
        )
