"""What the carrier's co-op will owe the seller's for the cash of a job that it carries: set aside with the claim."""

from collections.abc import Sequence

from cooperatives.ledger.service import Cause
from cooperatives.membership import service as membership
from cooperatives.settlements import service as settlements
from marketplace.deliveries import limits
from marketplace.deliveries.lifecycle import HELD
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.money import share

KIND = "delivery_job.claimed"


def cash_to_come(job: DeliveryJob, drops: Sequence[Drop]) -> int:
    """The cash of another co-op's job that its holder has still to take, in rupiah. Pure."""
    if job.state not in HELD or job.carrier_id == job.cooperative_id:
        return 0
    fare = limits.fare_in_cash(job) if job.picked_up_at is None else 0
    return fare + (0 if job.legs_left else limits.still_to_collect(drops))


async def reserve(job: DeliveryJob, drops: Sequence[Drop]) -> None:
    """Set aside what the job's holder will bring his co-op to owe. Caller's transaction, after the sub-order.

    Of an order the carrier keeps its part of the delivery. Raises NetDebitCapReached.
    """
    owed = cash_to_come(job, drops)
    if not owed or job.carrier_id is None:
        return
    if job.sub_order_id is not None:
        share_bp = await membership.carrier_terms(job.cooperative_id, job.carrier_id, carried_id=job.sub_order_id)
        owed -= share(job.price, share_bp)
    await settlements.reserve(
        debtor_id=job.carrier_id, creditor_id=job.cooperative_id, amount=owed, cause=Cause(KIND, job.pk)
    )


async def release(job: DeliveryJob, *, before: int, left: int) -> None:
    """Let go of what is no longer to come: it is owed now, or never will be. Caller's transaction."""
    if left < before:
        await settlements.release(Cause(KIND, job.pk), left=left)
