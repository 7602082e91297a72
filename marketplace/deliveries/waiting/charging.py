"""A driver whom the seller kept waiting for an order is paid for it, at the seller's cost, where the tariff says so.

The fare of the order is the buyer's and was agreed before; who was not ready in time pays this himself, out of what
his co-op owes him. It goes the way of a fare: the same shares, a cause of its own, a proof of the cap of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cooperatives.ledger.service import Cause, post
from cooperatives.membership import service as membership
from cooperatives.settlements.obligations import record_obligations
from marketplace.batches import rows_by
from marketplace.deliveries import allied, fares
from marketplace.deliveries.fares import FareParties
from marketplace.deliveries.lifecycle import JobEvent
from marketplace.deliveries.models import DeliveryJob, JobStateChange
from marketplace.deliveries.waiting.models import OrderWaiting
from marketplace.orders.models import SubOrder
from marketplace.payments import proofs
from marketplace.payments.proofs import ProvenKind
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.rules import waiting_line

#: What the posting names as its cause, with the job's id.
CAUSE = "delivery.waited"


def waited_minutes(arrived_at: datetime, promised_at: datetime | None, picked_up_at: datetime) -> int:
    """Whole minutes from the later of arrival and promise to the pickup. Pure."""
    since = arrived_at if promised_at is None else max(arrived_at, promised_at)
    return max(0, int((picked_up_at - since).total_seconds()) // 60)


async def charge(job: DeliveryJob, sub_order: SubOrder, receipt_id: UUID) -> None:
    """Post what the seller owes for this pickup's waiting; nothing where its tariff asks nothing, or it was short.

    The tariff is that which priced the order. Both times are the node's own: what a device notes can be set. In the
    caller's transaction, job and sub-order locked, once, as the goods are picked up.
    """
    tariff_id = (sub_order.delivery_basis or {}).get("tariff_id")
    if tariff_id is None or job.picked_up_at is None or job.driver_id is None:
        return
    tariff = await tariffs.tariff_by_id(UUID(tariff_id))
    terms = tariff.terms
    arrived_at = await _arrival(job) if terms.waits_for_orders else None
    if arrived_at is None:
        return
    minutes = waited_minutes(arrived_at, job.ready_at, job.picked_up_at)
    line = waiting_line(terms, minutes)
    if line is None:
        return
    row = OrderWaiting(
        id=job.pk,
        sub_order_id=sub_order.pk,
        cooperative_id=job.cooperative_id,
        seller_id=job.seller_id,
        driver_id=job.driver_id,
        receipt_id=receipt_id,
        tariff_id=tariff.tariff_id,
        tariff_since=tariff.since,
        arrived_at=arrived_at,
        promised_at=job.ready_at,
        picked_up_at=job.picked_up_at,
        minutes=minutes,
        free_minutes=terms.waiting_free_minutes,
        most_minutes=terms.waiting_most_minutes,
        per_minute=terms.waiting_per_minute,
        amount=line.amount,
    )
    await _post(job, row)


async def waiting_by_job(ids: Sequence[UUID]) -> Mapping[UUID, OrderWaiting]:
    """What was paid for waiting at each of these jobs' pickups. One statement."""
    return {row.pk: row for row in await rows_by(OrderWaiting, "id", ids)}


async def _arrival(job: DeliveryJob) -> datetime | None:
    """When the driver who picks up now said that he stands there."""
    arrivals = JobStateChange.filter(job_id=job.pk, event=JobEvent.ARRIVE_AT_PICKUP, holder_id=job.driver_id)
    last = await arrivals.order_by("-version").first()
    return None if last is None else last.created_at


async def _post(job: DeliveryJob, row: OrderWaiting) -> None:
    parties = FareParties.of(job)
    carrier = (await membership.cooperatives_by_id([parties.carrier_id]))[parties.carrier_id]
    share_bp = await membership.carrier_terms(
        parties.cooperative_id, parties.carrier_id, carried_id=allied.carried_id(job)
    )
    cut_bp = carrier.carrier_share_at(job.assigned_at)
    parts = fares.split_fare(row.amount, carrier_share_bp=share_bp, carrier_cut_bp=cut_bp)
    row.carrier_id = parties.carrier_id
    row.hosting, row.carrier_share, row.driver_share = parts.hosting, parts.carrier, parts.driver
    await row.save(force_create=True)
    await proofs.keep(
        job.pk, ProvenKind.WAITING, fare=row.amount, hosting=parts.hosting, carrier=parts.carrier, driver=parts.driver
    )
    entries, cause = fares.fare(parties, parts), Cause(CAUSE, job.pk)
    await record_obligations(entries, cause=cause, receipt_id=row.receipt_id)
    await post(entries, cause=cause)
