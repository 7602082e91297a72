"""How often a drop was tried, what coming again brings, and what must have been tried before nobody is there."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from cooperatives.ledger import service as ledger
from cooperatives.ledger.between import across
from cooperatives.ledger.service import AccountRef, Cause, Purpose
from cooperatives.settlements.obligations import record_obligations
from marketplace.deliveries.courier import calling
from marketplace.deliveries.courier.failures import CARRIERS_FAULTS, UNANSWERED, retry_pay
from marketplace.deliveries.courier.rules import rules_of
from marketplace.deliveries.lifecycle import FailureCode, JobEvent
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Drop, JobStateChange
from marketplace.errors import Code, MarketplaceError
from marketplace.orders.models import SubOrder
from marketplace.payments import cash_trust

#: What the posting for coming again names as its cause.
CAUSE = "delivery.retried"


class NotTried(MarketplaceError):
    """Try to reach the receiver first: {made} of {needed} calls were made."""

    code = Code.CONFLICT
    pesan = "Hubungi penerima dahulu: baru {made} dari {needed} panggilan."


def is_unpaid(job: DeliveryJob, drops: Sequence[Drop], code: FailureCode) -> bool:
    """Whether a failed drop leaves the price: of a delivery booked alone, one of several, or the carrier's fault."""
    return job.sub_order_id is None and (len(drops) > 1 or code in CARRIERS_FAULTS)


async def failures_of(drop: Drop) -> list[JobStateChange]:
    """Each time that this drop failed, oldest first."""
    return await JobStateChange.filter(job_id=drop.job_id, drop_id=drop.pk, event=JobEvent.FAIL).order_by("version")


async def ride_of(job: DeliveryJob, drop: Drop) -> int:
    """What bringing this drop costs its payer, without a tip, in rupiah."""
    if job.sub_order_id is None:
        price: int = drop.price
        return price
    delivery: int = (await SubOrder.get(pk=job.sub_order_id)).delivery
    return delivery


async def require_calls(job: DeliveryJob, drop: Drop, code: FailureCode) -> None:
    """Raises NotTried where the co-op's rules ask for calls before a receiver counts as not there."""
    if code not in UNANSWERED:
        return
    needed = (await rules_of(job.cooperative_id)).calls
    made = await calling.tries_at(job, drop.pk) if needed else 0
    if made < needed:
        raise NotTried(made=made, needed=needed)


async def pay_retry(job: DeliveryJob, drop: Drop) -> None:
    """The driver stands at the door again: what the co-op's rules give him for that is posted, once an attempt.

    Out of the fund for cash orders where that suffices, else an expense of the seller's co-op. Caller's transaction,
    last of its locks.
    """
    code = drop.failure  # kept while it is tried again
    if code is None or job.carrier_id is None or job.driver_account_id is None:
        return
    amount = retry_pay(code, await ride_of(job, drop), (await rules_of(job.cooperative_id)).retry_share_bp)
    if amount:
        cause = Cause(CAUSE, uuid5(drop.pk, str(len(await failures_of(drop)))))
        last = await CustodyReceipt.filter(drop_id=drop.pk).order_by("-position").first()
        ground = None if last is None else last.pk
        await _post(job.cooperative_id, job.carrier_id, job.driver_account_id, amount, cause, ground)


async def _post(
    a: UUID, b: UUID, driver_account_id: UUID, amount: int, cause: Cause, receipt_id: UUID | None
) -> None:
    fund = cash_trust.fund(a)
    is_funded = (await ledger.balance(fund)).available >= amount
    source = fund if is_funded else AccountRef(a, Purpose.DELIVERY_EXPENSE)
    paid = AccountRef(b, Purpose.DRIVER_PAYABLE, driver_account_id)
    entries = across(source, paid, amount, CAUSE)
    await record_obligations(entries, cause=cause, receipt_id=receipt_id)
    await ledger.post(entries, cause=cause)
