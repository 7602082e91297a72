"""What a dispatcher adds to a booked job's price, or takes off, before the pickup: named, with a reason, bounded."""

from uuid import UUID

from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.bookings.models import Supplement
from marketplace.deliveries.holding import LockedJob, lock_job, move
from marketplace.deliveries.lifecycle import HELD, JobEvent, JobState, WrongJobState
from marketplace.deliveries.models import DeliveryJob, FarePayer
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in

MOST_AT_ONCE = 10
LARGEST = 1_000_000
NAME_LENGTH, REASON_LENGTH = 60, 300
DISPATCHERS = OFFICERS | {Role.DISPATCHER}


class PricedWithItsOrder(MarketplaceError):
    """This delivery belongs to an order, whose buyer has agreed its price: it can't be changed."""

    code = Code.WRONG_STATE
    pesan = "Antaran ini bagian dari pesanan yang harganya sudah disetujui pembeli: tidak dapat diubah."


async def add_supplement(actor: Actor, *, job_id: UUID, name: str, amount: int, reason: str, key: str) -> DeliveryJob:
    """Add `amount` rupiah to the price of a job booked alone, or take it off below zero, before its pickup.

    For officers and dispatchers of the seller's co-op; the seller sees it, and may still cancel free. It stays when
    drops are taken out. Raises Invalid, PricedWithItsOrder, WrongJobState, NotFound.
    """
    account_id = signed_in(actor)
    _check(name, amount, reason)
    async with transaction():
        job = await _for_dispatcher(actor, job_id)
        row = Supplement(
            id=new_id(), job_id=job_id, name=name.strip(), amount=amount, reason=reason.strip(), by_id=account_id
        )
        if await once(account_id, "addSupplement", key, [job_id, name, amount, reason], row.id) is not None:
            return job.row
        standing = await Supplement.filter(job_id=job_id, removed_at__isnull=True).count()
        if standing >= MOST_AT_ONCE:
            raise Invalid.field("jobId", Code.TOO_MANY, "at most 10 supplements", "paling banyak 10 penyesuaian")
        await row.save(force_create=True)
        await _reprice(job, amount, by=account_id, reason=f"{row.name}: {row.reason}"[:REASON_LENGTH])
        return job.row


async def remove_supplement(actor: Actor, *, job_id: UUID, supplement_id: UUID, reason: str, key: str) -> DeliveryJob:
    """Take a supplement away again before the pickup. Raises as `add_supplement`."""
    account_id = signed_in(actor)
    if not 1 <= len(reason.strip()) <= REASON_LENGTH:
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")
    async with transaction():
        job = await _for_dispatcher(actor, job_id)
        input = [job_id, supplement_id, reason]
        if await once(account_id, "removeSupplement", key, input, supplement_id) is not None:
            return job.row
        row = await locked_one(Supplement, supplement_id)
        if row is None or row.job_id != job_id or row.removed_at is not None:
            raise NotFound("supplement")
        row.removed_at, row.removed_by = clock.now(), account_id
        await row.save(update_fields=["removed_at", "removed_by"])
        await _reprice(job, -row.amount, by=account_id, reason=f"-{row.name}: {reason.strip()}"[:REASON_LENGTH])
        return job.row


def _check(name: str, amount: int, reason: str) -> None:
    if not 1 <= len(name.strip()) <= NAME_LENGTH:
        raise Invalid.field("name", Code.OUT_OF_RANGE, "1 to 60 characters", "1 sampai 60 huruf")
    if not 1 <= len(reason.strip()) <= REASON_LENGTH:
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")
    if not 1 <= abs(amount) <= LARGEST:
        raise Invalid.field(
            "amount", Code.OUT_OF_RANGE, "1 to 1,000,000, or below zero", "1 sampai 1.000.000, atau di bawah nol"
        )


async def _for_dispatcher(actor: Actor, job_id: UUID) -> LockedJob:
    job = await lock_job(job_id)
    require(actor, *DISPATCHERS, cooperative_id=job.row.cooperative_id, hide="delivery job")
    if job.row.sub_order_id is not None:
        raise PricedWithItsOrder
    return job


async def _reprice(job: LockedJob, by_amount: int, *, by: UUID, reason: str) -> None:
    is_agreed_in_cash = job.row.fare_payer is FarePayer.CASH_AT_PICKUP and job.row.state in HELD
    if is_agreed_in_cash or job.row.state is JobState.CANCELLED:
        # Its driver took it with this much cash to come, and so much was set aside for it.
        raise WrongJobState(state=job.row.state.value)
    price = job.row.price + by_amount
    if price < 0:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "not more than the price", "tidak melebihi ongkirnya")
    await move(job, JobEvent.REPRICE, by=by, reason=reason, values={"price": price})
    said = {"seller_id": str(job.row.seller_id), "sub_order_id": None, "by_id": str(by)}
    await outbox.record("job.repriced", job.row.pk, said)
