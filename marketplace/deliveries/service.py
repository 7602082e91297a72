"""What a driver does with a delivery job: claim, give up, arrive, pick up, drop off, fail, bring back.

Locks are taken in the house's order: shift, job, sub-order, and then the money. Whatever moves goods or money
is carried out once a key. A wrong PIN undoes everything but its own count.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeAlias
from uuid import UUID

from cooperatives.ledger.service import Cause
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries import allied, custody, fares, headroom, limits, pins
from marketplace.deliveries.bookings import waiting
from marketplace.deliveries.courier import attempts
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.dispatch.lapsing import check_papers_on_shift
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.drivers import acting_driver, carrying_driver
from marketplace.deliveries.holding import LockedJob, lock_job, move
from marketplace.deliveries.lifecycle import HELD, LOOKING, DropState, FailureCode, JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, HandOver, ShiftState
from marketplace.deliveries.opening import OPEN_FOR
from marketplace.deliveries.relay import legs, settling
from marketplace.deliveries.shifts import NotOnShift, locked_shift
from marketplace.deliveries.waiting import charging
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders import steps
from marketplace.orders.lifecycle import Side, SubOrderEvent
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.refunds import is_lost
from marketplace.payments import service as payments

REASON_LENGTH = 300


class JobTaken(MarketplaceError):
    """Another driver was first: this job is taken."""

    code = Code.JOB_TAKEN
    pesan = "Pengemudi lain lebih dahulu: tugas ini sudah diambil."


Act: TypeAlias = Callable[[LockedJob, Driver], Awaitable[None]]


async def claim_job(actor: Actor, *, job_id: UUID, key: str, dispatch: Dispatch) -> DeliveryJob:
    """Take an open job. Of all who try at once exactly one holds it.

    Raises NotOnShift, PapersExpired, JobTaken, AtJobLimit, CashLimitReached, TooHeavy, OutsideAlliance,
    NetDebitCapReached, NotFound.
    """
    driver = await acting_driver(actor)
    await check_papers_on_shift(driver)
    async with transaction():
        if await once(driver.account_id, "claimJob", key, [job_id], job_id) is not None:
            return await DeliveryJob.get(pk=job_id)
        shift = await locked_shift(driver.pk)
        if shift.state is not ShiftState.ACTIVE:
            raise NotOnShift
        job = await lock_job(job_id)
        is_looking = job.row.state in LOOKING
        may_take = dispatch.stands_before if is_looking else dispatch.may_take
        if not await may_take(job.row, driver):
            raise NotFound("delivery job")
        if job.row.state in HELD:
            raise JobTaken
        limits.check(driver, await limits.load_of(driver), job.row)
        await move(job, JobEvent.CLAIM, by=driver.account_id, driver=driver)
        await name_carrier(job.row)
        await headroom.reserve(job.row, job.drops)
        return job.row


async def give_up_job(actor: Actor, *, job_id: UUID, reason: str, key: str) -> DeliveryJob:
    """Put a job back on the board before its pickup; it costs nothing. Raises WrongJobState, NotFound."""
    check_reason(reason)

    async def act(job: LockedJob, driver: Driver) -> None:
        values = {"open_until": clock.now() + OPEN_FOR} if job.row.legs_left is None else {}  # a leg keeps its window
        await move(job, JobEvent.GIVE_UP, by=driver.account_id, reason=reason, values=values)
        await name_carrier(job.row)

    return await by_holder(actor, job_id, "giveUpJob", key, [job_id, reason], act)


async def arrive_at_pickup(actor: Actor, *, job_id: UUID, key: str) -> DeliveryJob:
    """Say that one stands at the seller's."""

    async def act(job: LockedJob, driver: Driver) -> None:
        await move(job, JobEvent.ARRIVE_AT_PICKUP, by=driver.account_id)

    return await by_holder(actor, job_id, "arriveAtPickup", key, [job_id], act)


async def confirm_pickup(
    actor: Actor, *, job_id: UUID, pin: str, place: Place | None, key: str, signer: Signer
) -> DeliveryJob:
    """Take the goods from the seller, by the PIN that he tells. The sub-order becomes COLLECTED.

    Raises WrongPin, PinLocked, WrongJobState, NotFound.
    """

    async def act(job: LockedJob, driver: Driver) -> None:
        pins.check(pin, wanted=job.row.pickup_pin, row=job.row)
        if job.row.hub_id is not None:
            await legs.fetch(job, by=driver.account_id, signer=signer, place=place)
            return
        carried = [drop for drop in job.drops if drop.state is DropState.WAITING]
        await move(job, JobEvent.PICK_UP, by=driver.account_id, values={"wrong_pins": 0})
        receipt = await custody.hand_over(job.row, carried, HandOver.PICKUP, signer=signer, place=place)
        if job.row.sub_order_id is not None:
            sub_order = await advance_order(job.row, SubOrderEvent.COLLECT, driver, receipt)
            await charging.charge(job.row, sub_order, receipt)
        else:
            cause = Cause("delivery.cash_at_pickup", job.row.pk)
            await fares.take_cash(job.row, limits.fare_in_cash(job.row), cause, receipt)

    return await by_holder(actor, job_id, "confirmPickup", key, [job_id, pin], act)


async def arrive_at_drop_off(actor: Actor, *, job_id: UUID, drop_id: UUID | None, key: str) -> DeliveryJob:
    """Say that one stands at the receiver's. `drop_id` may be left out when there is one drop."""

    async def act(job: LockedJob, driver: Driver) -> None:
        index = job.index(drop_id)
        await move(job, JobEvent.ARRIVE_AT_DROP_OFF, by=driver.account_id, drop=index)
        await attempts.pay_retry(job.row, job.drops[index])

    return await by_holder(actor, job_id, "arriveAtDropOff", key, [job_id, drop_id], act)


async def confirm_drop_off(
    actor: Actor, *, job_id: UUID, drop_id: UUID | None, pin: str, place: Place | None, key: str, signer: Signer
) -> DeliveryJob:
    """Hand the goods to the receiver, by the PIN that he tells; cash is collected in the same moment.

    Job, custody, sub-order, both books and the debt between the co-ops change together or not at all.
    Raises WrongPin, PinLocked, WrongJobState, NotFound.
    """

    async def act(job: LockedJob, driver: Driver) -> None:
        index = job.index(drop_id)
        drop = job.drops[index]
        pins.check(pin, wanted=drop.pin, row=drop)
        await hand_to_receiver(job, index, driver, signer=signer, place=place)

    return await by_holder(actor, job_id, "confirmDropOff", key, [job_id, drop_id, pin], act)


async def hand_to_receiver(
    job: LockedJob, index: int, driver: Driver, *, signer: Signer, place: Place | None
) -> None:
    """The receiver has the goods: job, custody, order and money say so. Caller's transaction, job locked."""
    drop = job.drops[index]
    mended = {} if drop.failure is None else {"failure": None, "failure_text": None}  # it was tried again
    await move(job, JobEvent.DROP_OFF, by=driver.account_id, drop=index, drop_values=mended)
    receipt = await custody.hand_over(job.row, [drop], HandOver.DROP_OFF, signer=signer, place=place)
    if job.row.sub_order_id is not None:
        await _deliver_order(job.row, driver, receipt)
    elif job.row.state is JobState.DELIVERED:
        await waiting.charge(job.row)
        cause = Cause("delivery.ended", job.row.pk)
        await fares.settle(job.row, cash=drop.cash_to_collect, cause=cause, receipt_id=receipt)
    else:
        await fares.take_cash(job.row, drop.cash_to_collect, Cause("delivery.cash", drop.pk), receipt)
    if job.row.state is JobState.DELIVERED:
        await settling.share_out(job, receipt)


async def fail_drop_off(
    actor: Actor, *, job_id: UUID, drop_id: UUID | None, code: FailureCode, text: str, key: str
) -> DeliveryJob:
    """Say that a drop can't be made, and why. With nothing left to carry forward the job turns back.

    Of a delivery booked alone, one failed drop of several takes its part out of the price, and so does one that
    failed by the carrier's doing. Raises Invalid, WrongJobState, NotTried, NotFound.
    """
    check_failure(code, text)

    async def act(job: LockedJob, driver: Driver) -> None:
        index = job.index(drop_id)
        await attempts.require_calls(job.row, job.drops[index], code)
        await fail_drop(job, index, code, text, by=driver.account_id)

    return await by_holder(actor, job_id, "failDropOff", key, [job_id, drop_id, code, text], act)


def check_failure(code: FailureCode, text: str) -> None:
    """Raises Invalid where the text is too long, or missing although the code says nothing."""
    if len(text) > REASON_LENGTH or (code is FailureCode.OTHER and not text.strip()):
        raise Invalid.field("text", Code.REQUIRED, "say what happened, at most 300", "jelaskan, paling banyak 300")


async def fail_drop(job: LockedJob, index: int, code: FailureCode, text: str, *, by: UUID) -> None:
    """This drop can't be made. In the caller's transaction, under the job's lock. Raises WrongJobState."""
    values = {"price": job.row.price - job.drops[index].price} if attempts.is_unpaid(job.row, job.drops, code) else {}
    await move(
        job,
        JobEvent.FAIL,
        by=by,
        drop=index,
        reason=code.value if not text else f"{code.value}: {text}"[:REASON_LENGTH],
        values=values,
        drop_values={"failure": code, "failure_text": text or None},
    )


async def confirm_return(
    actor: Actor, *, job_id: UUID, pin: str, place: Place | None, key: str, signer: Signer
) -> DeliveryJob:
    """Give the goods back to the seller, by the PIN that he tells. The sub-order becomes RETURNED."""

    async def act(job: LockedJob, driver: Driver) -> None:
        pins.check(pin, wanted=job.row.return_pin, row=job.row)
        back = [drop for drop in job.drops if drop.state is DropState.FAILED]
        await move(job, JobEvent.RETURN, by=driver.account_id)
        receipt = await custody.hand_over(job.row, back, HandOver.RETURN, signer=signer, place=place)
        if job.row.sub_order_id is not None:
            failure = failure_of(job)
            sub_order = await advance_order(job.row, SubOrderEvent.RETURN, driver, receipt, failure=failure)
            await payments.settle_return(sub_order, failure=failure, taken_at=job.row.assigned_at)
        else:
            cause = Cause("delivery.ended", job.row.pk)
            await waiting.charge(job.row)
            await fares.settle(job.row, cash=0, lost=lost_of(back), cause=cause, receipt_id=receipt)
        await settling.share_out(job, receipt)

    return await by_holder(actor, job_id, "confirmReturn", key, [job_id, pin], act)


async def name_carrier(job: DeliveryJob) -> None:
    """Let sub-order and alliance know who carries it, or that nobody does. In the caller's transaction.

    Raises OutsideAlliance.
    """
    if job.sub_order_id is not None:
        await SubOrder.filter(pk=job.sub_order_id).update(
            carrier_id=job.carrier_id, driver_account_id=job.driver_account_id
        )
    await allied.take(job)


def check_reason(reason: str) -> None:
    """Raises Invalid unless a reason of 1 to 300 characters is given."""
    if not 1 <= len(reason.strip()) <= REASON_LENGTH:
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")


def lost_of(back: Iterable[Drop]) -> int:
    """What the seller loses by goods spoilt on the way: what their receivers were to pay for them, in rupiah."""
    return sum(drop.cash_to_collect for drop in back if drop.failure is not None and is_lost(drop.failure, False))


def failure_of(job: LockedJob) -> str:
    """The code of the first drop that failed; empty where none did."""
    return next((drop.failure.value for drop in job.drops if drop.failure is not None), "")


async def by_holder(actor: Actor, job_id: UUID, mutation: str, key: str, input: Any, act: Act) -> DeliveryJob:
    """Let the holder do `act` once, under the job's lock. A wrong PIN is counted although the act is undone."""
    driver = await carrying_driver(actor)
    wrong: pins.WrongPin | None = None
    async with transaction():
        job = await lock_job(job_id)
        try:
            async with transaction():
                if await once(signed_in(actor), mutation, key, input, job_id) is not None:
                    return job.row
                if job.row.driver_id != driver.pk:
                    raise NotFound("delivery job")
                await act(job, driver)
        except pins.WrongPin as refused:
            wrong = refused
            await pins.count_wrong(refused)
    if wrong is not None:
        raise wrong
    return job.row


async def advance_order(
    job: DeliveryJob, event: SubOrderEvent, driver: Driver, receipt_id: UUID, failure: str = ""
) -> SubOrder:
    """Let what happened to the job happen to its order; the order remembers who carried it, by which hand-over."""
    sub_order = await locked_one(SubOrder, job.sub_order_id or new_id())
    if sub_order is None:
        raise NotFound("order")
    # Who carried it is on the order from the pick-up on: its split and a failed ride's pay name them.
    sub_order.carrier_id, sub_order.driver_account_id = driver.cooperative_id, driver.account_id
    sub_order.receipt_id = receipt_id
    await steps.advance_sub_order(
        sub_order,
        event,
        by=driver.account_id,
        side=Side.DRIVER,
        failure=failure,
        also=("carrier_id", "driver_account_id", "receipt_id"),
    )
    return sub_order


async def _deliver_order(job: DeliveryJob, driver: Driver, receipt_id: UUID) -> None:
    sub_order = await advance_order(job, SubOrderEvent.DELIVER, driver, receipt_id)
    is_cash = sub_order.payment_method is PaymentMethod.CASH
    pay = payments.collect_cash if is_cash else payments.release_online
    await pay(
        sub_order,
        carrier_id=driver.cooperative_id,
        driver_account_id=driver.account_id,
        taken_at=job.assigned_at,
    )
