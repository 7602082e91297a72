"""Goods on the road go from one driver to another: of the same co-op, or of another that carries for the seller's.

The holder (or a dispatcher, when the holder's vehicle broke down) offers; the giver's PIN, told when both stand
together, makes it a fact: job, custody, sub-order and what the taker owes the giver change together or not at all.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.ledger.between import across
from cooperatives.ledger.service import AccountRef, Cause, Purpose, post
from cooperatives.settlements.obligations import record_obligations
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.deliveries import custody, fares, headroom, limits, pins
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.dispatch.lapsing import check_papers_of, check_papers_on_shift
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.drivers import acting_driver
from marketplace.deliveries.holding import LockedJob, lock_job, move, tell
from marketplace.deliveries.lifecycle import CARRIED, DropState, JobEvent, JobState, WrongJobState
from marketplace.deliveries.models import (
    DeliveryJob,
    Driver,
    DriverHandOver,
    DriverState,
    HandOver,
    HandOverState,
    ShiftState,
)
from marketplace.deliveries.relay.planning import present_leg
from marketplace.deliveries.service import check_reason, name_carrier
from marketplace.deliveries.shifts import NotOnShift, locked_shift
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, signed_in
from marketplace.identity.phones import normalised
from marketplace.money import FULL_SHARE_BP
from marketplace.orders.models import SubOrder

#: States in which goods are on the road.
ON_THE_ROAD = frozenset({JobState.CARRYING, JobState.AT_DROPOFF, JobState.RETURNING})
DISPATCHERS = OFFICERS | {Role.DISPATCHER}


class AlreadyOffered(MarketplaceError):
    """A hand-over of this delivery is offered already: withdraw it first."""

    code = Code.CONFLICT
    pesan = "Serah terima tugas ini sudah ditawarkan: tarik dahulu."


class NothingOffered(MarketplaceError):
    """No hand-over of this delivery is offered to you."""

    code = Code.WRONG_STATE
    pesan = "Tidak ada serah terima tugas ini yang ditawarkan kepada Anda."


async def offer_hand_over(
    actor: Actor, *, job_id: UUID, phone: str, giver_part: int, reason: str, key: str, dispatch: Dispatch
) -> DeliveryJob:
    """Offer goods on the road to the driver with this phone, who has to come and take them by the giver's PIN.

    `giver_part`: rupiah of the ride for the giver's part of the way, paid by the taker's account; at most what
    carrying brings its driver. Raises NotFound, WrongJobState, AlreadyOffered, TakersPapersExpired, Invalid.
    """
    check_reason(reason)
    by = signed_in(actor)
    taker = await Driver.get_or_none(account__phone=normalised(phone), state=DriverState.APPROVED)
    async with transaction():
        job = await lock_job(job_id)
        _require_giver(actor, job.row)
        asked = [job_id, phone, giver_part, reason]
        if await once(by, "offerHandOver", key, asked, job_id) is not None:
            return job.row
        if job.row.state not in ON_THE_ROAD:
            raise WrongJobState(state=job.row.state.value)
        if await _offered(job.row) is not None:
            raise AlreadyOffered
        if taker is None or taker.pk == job.row.driver_id or not await dispatch.may_take(job.row, taker):
            raise NotFound("driver")
        await check_papers_of(taker)
        leg = await present_leg(job)
        most = await fares.driver_part(job.row, weight_bp=FULL_SHARE_BP if leg is None else leg.weight)
        if not 0 <= giver_part <= most:
            raise Invalid.field("giverPart", Code.OUT_OF_RANGE, f"0 to {most} rupiah", f"0 sampai {most} rupiah")
        offer = await DriverHandOver.create(
            job_id=job.row.pk,
            giver_id=job.row.driver_id,
            taker_id=taker.pk,
            taker_account_id=taker.account_id,
            giver_part=giver_part,
            reason=reason.strip(),
            pin=pins.new_pin(),
            offered_by=by,
        )
        facts = {"taker_account_id": str(taker.account_id), "seller_id": str(job.row.seller_id)}
        await outbox.record("job.hand_over_offered", job.row.pk, {**facts, "hand_over_id": str(offer.pk)})
        await tell(job.row, by=by)
        return job.row


async def withdraw_hand_over(actor: Actor, *, job_id: UUID, key: str) -> DeliveryJob:
    """Take the offer back, or turn it down: giver, taker or dispatcher. Raises NothingOffered, NotFound."""
    by = signed_in(actor)
    async with transaction():
        job = await lock_job(job_id)
        offer = await _offered(job.row)
        if offer is None or offer.taker_account_id != by:
            _require_giver(actor, job.row)
        if await once(by, "withdrawHandOver", key, [job_id], job_id) is not None:
            return job.row
        if offer is None:
            raise NothingOffered
        await _end(offer, HandOverState.WITHDRAWN)
        await tell(job.row, by=by)
        return job.row


async def take_over_job(
    actor: Actor, *, job_id: UUID, pin: str, place: Place | None, key: str, signer: Signer
) -> DeliveryJob:
    """Take goods from the driver who carries them, by the PIN that he tells; the taker's limits and papers count.

    Raises NotOnShift, PapersExpired, WrongPin, PinLocked, NothingOffered, AtJobLimit, CashLimitReached, TooHeavy,
    NetDebitCapReached, NotFound.
    """
    taker = await acting_driver(actor)
    wrong: pins.WrongPin | None = None
    async with transaction():
        shift = await locked_shift(taker.pk)
        job = await lock_job(job_id)
        try:
            async with transaction():
                if await once(taker.account_id, "takeOverJob", key, [job_id, pin], job_id) is not None:
                    return job.row
                offer = await _offered(job.row)
                if offer is None or offer.taker_id != taker.pk:
                    raise NotFound("delivery job")
                if shift.state is not ShiftState.ACTIVE:
                    raise NotOnShift
                await check_papers_on_shift(taker)
                pins.check(pin, wanted=offer.pin, row=offer)
                cash = limits.still_to_collect(job.drops)
                limits.check(taker, await limits.load_of(taker), job.row, coming=cash)
                await _pass_on(job, offer, taker, signer, place)
        except pins.WrongPin as refused:
            wrong = refused
            await pins.count_wrong(refused)
    if wrong is not None:
        raise wrong
    return job.row


async def offers_by_job(ids: Sequence[UUID]) -> Mapping[UUID, DriverHandOver]:
    """The hand-over offered of each of these jobs by its present holder. One statement."""
    rows = await DriverHandOver.filter(job_id__in=list(ids), state=HandOverState.OFFERED).select_related("job")
    return {row.job_id: row for row in rows if row.giver_id == row.job.driver_id and row.job.state in ON_THE_ROAD}


async def offered_to(account_id: UUID) -> list[DriverHandOver]:
    """Hand-overs that wait for this driver, oldest first, 20 at most."""
    found = DriverHandOver.filter(taker_account_id=account_id, state=HandOverState.OFFERED)
    return await found.order_by("id").limit(20)


def is_giver(actor: Actor, job: DeliveryJob) -> bool:
    """Whether the actor holds the goods, and so sees the PIN."""
    return actor.account_id is not None and actor.account_id == job.driver_account_id


def may_give(actor: Actor, job: DeliveryJob) -> bool:
    """Whether the actor may hand the job over: its holder, or who sends the carrier's drivers out."""
    carrier_id = job.carrier_id
    return is_giver(actor, job) or (carrier_id is not None and actor.holds(*DISPATCHERS, cooperative_id=carrier_id))


def _require_giver(actor: Actor, job: DeliveryJob) -> None:
    if not may_give(actor, job):
        raise NotFound("delivery job")


async def _offered(job: DeliveryJob) -> DriverHandOver | None:
    """The open offer by the job's present holder; one of a former holder is none."""
    found = DriverHandOver.filter(job_id=job.pk, state=HandOverState.OFFERED, giver_id=job.driver_id or job.pk)
    return None if job.state not in ON_THE_ROAD else await found.first()


async def _pass_on(job: LockedJob, offer: DriverHandOver, taker: Driver, signer: Signer, place: Place | None) -> None:
    giver = await Driver.get(pk=offer.giver_id)
    in_hand = [drop for drop in job.drops if drop.state in CARRIED or drop.state is DropState.FAILED]
    await move(job, JobEvent.PASS_ON, by=taker.account_id, driver=taker, reason=offer.reason)
    former = offer.giver_id
    receipt = await custody.hand_over(job.row, in_hand, HandOver.PASSED, signer=signer, place=place, former_id=former)
    if job.row.sub_order_id is not None:
        await SubOrder.filter(pk=job.row.sub_order_id).update(receipt_id=receipt)
    await name_carrier(job.row)
    await headroom.reserve(job.row, job.drops)
    await _end(offer, HandOverState.DONE)
    await _pay_giver(offer, giver, taker, receipt)


async def _pay_giver(offer: DriverHandOver, giver: Driver, taker: Driver, receipt_id: UUID) -> None:
    """The taker's account pays for the giver's part of the way, from co-op to co-op where they differ."""
    if not offer.giver_part:
        return
    cause = Cause("delivery.passed_on", offer.pk)
    paid = AccountRef(giver.cooperative_id, Purpose.DRIVER_PAYABLE, giver.account_id)
    pays = AccountRef(taker.cooperative_id, Purpose.DRIVER_PAYABLE, taker.account_id)
    entries = across(pays, paid, offer.giver_part, "delivery.passed_on")
    await record_obligations(entries, cause=cause, receipt_id=receipt_id)
    await post(entries, cause=cause)


async def _end(offer: DriverHandOver, state: HandOverState) -> None:
    offer.state, offer.ended_at = state, clock.now()
    await offer.save(update_fields=["state", "ended_at"])
