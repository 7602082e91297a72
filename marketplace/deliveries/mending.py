"""What others than the driver do with a job: a dispatcher's hand, the buyer's answer, cancelling, and time."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.deliveries import fetching, headroom, limits
from marketplace.deliveries.bookings import pricing
from marketplace.deliveries.dispatch.lapsing import check_papers_of
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.holding import LockedJob, lock_job, move
from marketplace.deliveries.lifecycle import FINAL, DropState, JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState, Drop, FarePayer, ShiftState
from marketplace.deliveries.opening import OPEN_FOR, SELLING
from marketplace.deliveries.service import check_reason, name_carrier
from marketplace.deliveries.shifts import NotOnShift, locked_shift
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.orders import steps
from marketplace.orders.lifecycle import Side, SubOrderEvent
from marketplace.orders.models import SubOrder
from marketplace.outbox import OutboxEvent

#: Who may put a co-op's jobs into other hands.
DISPATCHERS = OFFICERS | {Role.DISPATCHER}
#: Jobs that one sweep of the timetable looks at.
BATCH = 100


class NotUnserved(MarketplaceError):
    """This delivery needs no answer now: it is {state}."""

    code = Code.WRONG_STATE
    pesan = "Antaran ini tidak memerlukan jawaban sekarang: statusnya {state}."


class PartOfAnOrder(MarketplaceError):
    """This delivery belongs to an order: cancel the order instead."""

    code = Code.WRONG_STATE
    pesan = "Antaran ini bagian dari pesanan: batalkan pesanannya."


class UnservedAnswer(StrEnum):
    """What the buyer wants when no driver came in time."""

    WAIT = "WAIT"  # look on for a driver
    FETCH = "FETCH"  # fetch it himself; the delivery is not paid
    CANCEL = "CANCEL"  # free


async def reassign_job(
    actor: Actor, *, job_id: UUID, driver_id: UUID, reason: str, key: str, dispatch: Dispatch
) -> DeliveryJob:
    """A dispatcher gives a job, not yet picked up, to a driver on shift, and says why.

    For officers and dispatchers of the seller's co-op or of the carrier's. The driver's limits and papers hold as
    ever. Raises NotOnShift, TakersPapersExpired, AtJobLimit, CashLimitReached, TooHeavy, NotFound.
    """
    check_reason(reason)
    account_id = signed_in(actor)
    driver = await Driver.get_or_none(pk=driver_id, state=DriverState.APPROVED)
    async with transaction():
        if await once(account_id, "reassignJob", key, [job_id, driver_id, reason], job_id) is not None:
            return (await _for_dispatcher(actor, job_id)).row
        shift = None if driver is None else await locked_shift(driver.pk)
        job = await _for_dispatcher(actor, job_id)
        if driver is None or shift is None or not await dispatch.may_take(job.row, driver):
            raise NotFound("driver")
        if shift.state is not ShiftState.ACTIVE:
            raise NotOnShift
        await check_papers_of(driver)
        if job.row.driver_id != driver.pk:
            limits.check(driver, await limits.load_of(driver), job.row)
        was_unserved = job.row.state is JobState.UNSERVED
        await move(job, JobEvent.REASSIGN, by=account_id, driver=driver, reason=reason)
        await name_carrier(job.row)
        if was_unserved and job.row.sub_order_id is not None:
            await _mark_unserved(await locked_one(SubOrder, job.row.sub_order_id), False)
        await headroom.reserve(job.row, job.drops)
        return job.row


async def release_pins(actor: Actor, *, job_id: UUID, reason: str, key: str) -> DeliveryJob:
    """A dispatcher lets a driver try PINs again after too many wrong ones."""
    check_reason(reason)
    account_id = signed_in(actor)
    async with transaction():
        job = await _for_dispatcher(actor, job_id)
        if await once(account_id, "releasePins", key, [job_id, reason], job_id) is None:
            job.row.wrong_pins = 0
            await job.row.save(update_fields=["wrong_pins"])
            await Drop.filter(job_id=job_id).update(wrong_pins=0)
        return job.row


async def _for_dispatcher(actor: Actor, job_id: UUID) -> LockedJob:
    job = await lock_job(job_id)
    carrier_id = job.row.carrier_id
    if carrier_id is None or not actor.holds(*DISPATCHERS, cooperative_id=carrier_id):
        require(actor, *DISPATCHERS, cooperative_id=job.row.cooperative_id, hide="delivery job")
    return job


async def cancel_delivery(actor: Actor, *, job_id: UUID, reason: str, key: str) -> DeliveryJob:
    """A seller calls off a delivery that he booked alone, before its pickup; it costs nothing."""
    check_reason(reason)
    account_id = signed_in(actor)
    async with transaction():
        job = await _for_seller(actor, job_id)
        if await once(account_id, "cancelDelivery", key, [job_id, reason], job_id) is None:
            await move(job, JobEvent.CANCEL, by=account_id, reason=reason)
        return job.row


async def cancel_drop(actor: Actor, *, job_id: UUID, drop_id: UUID, reason: str, key: str) -> DeliveryJob:
    """A seller takes one drop out of a booked delivery before its pickup; the last one cancels the job.

    The tariff that priced the job prices the way that is left, a dispatcher's supplements stay, and the cash falls by
    what was to be collected there.
    """
    check_reason(reason)
    account_id = signed_in(actor)
    async with transaction():
        job = await _for_seller(actor, job_id)
        if await once(account_id, "cancelDrop", key, [job_id, drop_id, reason], job_id) is None:
            index = job.index(drop_id)
            drop = job.drops[index]
            values: dict[str, Any] = {}
            if any(other.state is not DropState.CANCELLED for other in job.drops if other is not drop):
                values = {
                    "cash_to_collect": job.row.cash_to_collect - drop.cash_to_collect,
                    **await _repriced(job, drop),
                }
            await move(job, JobEvent.CANCEL_DROP, by=account_id, drop=index, reason=reason, values=values)
        return job.row


async def _repriced(job: LockedJob, gone: Drop) -> dict[str, Any]:
    """Price and distance without this drop; the others are given their new parts."""
    found = await pricing.without(job.row, job.drops, gone)
    if found is None:  # booked in an earlier release, which kept no reckoning: it falls by the drop's part
        return {"price": job.row.price - gone.price, "distance_m": job.row.distance_m - gone.distance_m}
    for drop, part, leg_m in zip(found.drops, found.fare.parts, found.fare.legs_m, strict=True):
        drop.price, drop.distance_m = part, leg_m
        await drop.save(update_fields=["price", "distance_m"])
    return {"price": found.price, "distance_m": sum(found.fare.legs_m)}


async def _for_seller(actor: Actor, job_id: UUID) -> LockedJob:
    job = await lock_job(job_id)
    require(actor, *SELLING, seller_id=job.row.seller_id, hide="delivery job")
    if job.row.fare_payer is FarePayer.ORDER:
        raise PartOfAnOrder
    return job


async def answer_unserved(actor: Actor, *, job_id: UUID, answer: UnservedAnswer, key: str) -> DeliveryJob:
    """The buyer says what shall be done when no driver came: wait, fetch it himself, or cancel free.

    For a delivery booked alone its seller answers. Raises NotUnserved, NotFound.
    """
    account_id = signed_in(actor)
    async with transaction():
        job = await lock_job(job_id)
        side = _asked(actor, job)
        if await once(account_id, "answerUnserved", key, [job_id, answer], job_id) is not None:
            return job.row
        if job.row.state is not JobState.UNSERVED:
            raise NotUnserved(state=job.row.state.value)
        sub_order = None if job.row.sub_order_id is None else await locked_one(SubOrder, job.row.sub_order_id)
        if answer is UnservedAnswer.WAIT:
            await move(job, JobEvent.REOPEN, by=account_id, values={"open_until": clock.now() + OPEN_FOR})
            await _mark_unserved(sub_order, False)
            return job.row
        await move(job, JobEvent.CANCEL, by=account_id, reason=answer.value)
        if sub_order is None:
            return job.row
        if answer is UnservedAnswer.CANCEL:
            await steps.advance_sub_order(
                sub_order, SubOrderEvent.CANCEL, by=account_id, side=side, reason="unserved"
            )
        else:
            await fetching.fetch_instead(sub_order)
        return job.row


def _asked(actor: Actor, job: LockedJob) -> Side:
    if job.row.sub_order_id is None:
        require(actor, *SELLING, seller_id=job.row.seller_id, hide="delivery job")
        return Side.SELLER
    if actor.account_id not in {drop.receiver_id for drop in job.drops}:
        raise NotFound("delivery job")
    return Side.BUYER


async def cancel_for_order(adapters: Any, event: OutboxEvent) -> None:
    """On "sub_order.cancelled": nothing is to be carried any more. A job already ended is left as it is."""
    async with transaction():
        found = await DeliveryJob.get_or_none(sub_order_id=event.aggregate_id)
        if found is None:
            return
        job = await lock_job(found.pk)
        if job.row.state not in FINAL:
            await move(job, JobEvent.CANCEL, by=None, reason="order cancelled")


async def sweep_unserved(adapters: Any) -> int:
    """Ask the buyers of jobs that nobody took in time. At most a batch; each in its own transaction."""
    overdue = DeliveryJob.filter(state__in=(JobState.OPEN, JobState.OFFERED), open_until__lte=clock.now())
    ids = await overdue.order_by("open_until").limit(BATCH).values_list("id", flat=True)
    done = 0
    for id in ids:
        async with transaction():
            job = await lock_job(UUID(str(id)))
            if job.row.state not in (JobState.OPEN, JobState.OFFERED) or job.row.open_until > clock.now():
                continue
            await expire(job)
            done += 1
    return done


async def expire(job: LockedJob) -> None:
    """Nobody came for a locked job: its buyer is asked what to do. In the caller's transaction."""
    await move(job, JobEvent.EXPIRE, by=None)
    if job.row.sub_order_id is not None and job.row.state is JobState.UNSERVED:  # else it waits at a hub
        await _mark_unserved(await locked_one(SubOrder, job.row.sub_order_id), True)


async def _mark_unserved(sub_order: SubOrder | None, is_unserved: bool) -> None:
    if sub_order is None:
        return
    sub_order.unserved_at = clock.now() if is_unserved else None
    sub_order.version += 1
    await sub_order.save(update_fields=["unserved_at", "version"])
    await steps.tell(sub_order, "unserved" if is_unserved else None)
