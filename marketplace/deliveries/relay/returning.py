"""What was sent back stands at a hub until its seller fetches it there: the keeper gives it out by his PIN."""

from collections.abc import Sequence
from uuid import UUID

from cooperatives.ledger.service import Cause
from marketplace.database import transaction
from marketplace.deliveries import custody, fares, pins
from marketplace.deliveries.bookings import waiting
from marketplace.deliveries.courier.failures import CARRIERS_FAULTS
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.holding import LockedJob, lock_job, move
from marketplace.deliveries.lifecycle import DropState, JobEvent, JobState, WrongJobState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, HandOver
from marketplace.deliveries.relay import hubs, settling
from marketplace.deliveries.relay.models import Hub, RelayLeg
from marketplace.deliveries.relay.planning import legs_of
from marketplace.deliveries.service import advance_order, failure_of, lost_of
from marketplace.errors import NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import FULL_SHARE_BP
from marketplace.orders.lifecycle import SubOrderEvent
from marketplace.payments import service as payments


async def return_from_hub(actor: Actor, *, job_id: UUID, pin: str, key: str, signer: Signer) -> DeliveryJob:
    """The hub's keeper gives goods that were sent back to their seller, by the PIN that the seller tells him.

    Raises WrongPin, PinLocked, WrongJobState, NotFound.
    """
    by, wrong = signed_in(actor), None
    async with transaction():
        job = await lock_job(job_id)
        if job.row.hub_id is None or not await hubs.keeps(actor, job.row.hub_id):
            raise NotFound("delivery job")
        try:
            async with transaction():
                if await once(by, "returnFromHub", key, [job_id, pin], job_id) is not None:
                    return job.row
                if job.row.state is not JobState.AT_HUB:
                    raise WrongJobState(state=job.row.state.value)
                pins.check(pin, wanted=job.row.return_pin, row=job.row)
                await _give_out(job, await Hub.get(pk=job.row.hub_id), by, signer)
        except pins.WrongPin as refused:
            wrong = refused
            await pins.count_wrong(refused)
    if wrong is not None:
        raise wrong
    return job.row


async def _give_out(job: LockedJob, hub: Hub, by: UUID, signer: Signer) -> None:
    legs = await legs_of(job.row.pk)
    last = [leg for leg in legs if leg.ended_at is not None][-1]
    driver = await Driver.get(pk=last.driver_id)
    back = [drop for drop in job.drops if drop.state is DropState.SENT_BACK]
    answers = _hub_answers(legs[-1 - (job.row.legs_left or 0)], back)
    carrier_id = hub.cooperative_id if answers else driver.cooperative_id
    values = {"driver_id": driver.pk, "driver_account_id": driver.account_id, "carrier_id": carrier_id}
    if answers and job.row.sub_order_id is None:
        values["price"] = 0  # as for any carrier's fault: nobody pays for the ride
    await move(job, JobEvent.RETURN, by=by, values=values)
    place = Place(hub.lat, hub.lon)
    receipt = await custody.hand_over(
        job.row, back, HandOver.RETURN, signer=signer, place=place, hub=(hub.pk, hub.cooperative_id)
    )
    await _settle(job, driver, back, receipt, hub.cooperative_id if answers else None)
    await settling.share_out(job, receipt, answering_id=hub.cooperative_id if answers else None)


async def _settle(
    job: LockedJob, driver: Driver, back: Sequence[Drop], receipt: UUID, answering_id: UUID | None
) -> None:
    if job.row.sub_order_id is None:
        cause = Cause("delivery.ended", job.row.pk)
        await waiting.charge(job.row)
        await fares.settle(job.row, cash=0, lost=lost_of(back), cause=cause, receipt_id=receipt)
        return
    failure = failure_of(job)
    sub_order = await advance_order(job.row, SubOrderEvent.RETURN, driver, receipt, failure=failure)
    if answering_id is not None:  # the hub's co-op makes good what was lost there, on no alliance's terms
        sub_order.carrier_id = answering_id
        sub_order.carrier_share_bp, sub_order.carrier_cut_bp = FULL_SHARE_BP, 0
    await payments.settle_return(sub_order, failure=failure, taken_at=job.row.assigned_at)


def _hub_answers(present: RelayLeg, back: Sequence[Drop]) -> bool:
    """Whether the goods failed at the hub, before the present leg was begun, by the doing of who had them."""
    return present.ended_at is None and any(drop.failure in CARRIERS_FAULTS for drop in back)
