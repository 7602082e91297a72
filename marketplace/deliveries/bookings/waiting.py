"""What waiting costs at the end of a job booked alone, by the tariff's rule and the job's own history."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from marketplace.database import locked_one
from marketplace.deliveries.bookings.models import JobPrice
from marketplace.deliveries.lifecycle import JobEvent
from marketplace.deliveries.models import DeliveryJob, JobStateChange
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.rules import waiting_line

ARRIVING = frozenset({JobEvent.ARRIVE_AT_PICKUP, JobEvent.ARRIVE_AT_DROP_OFF})


def waited_minutes(happened: Iterable[tuple[JobEvent, datetime]]) -> int:
    """Whole minutes that the driver stood at stops: from each arrival to what happened next. Pure."""
    waited, arrived = 0, None
    for event, at in happened:
        if arrived is not None:
            waited += max(0, int((at - arrived).total_seconds()) // 60)
        arrived = at if event in ARRIVING else None
    return waited


async def charge(job: DeliveryJob) -> None:
    """Add to the locked job's price what its waiting costs beyond the free minutes. Once, as it ends.

    In the caller's transaction, before the fare is settled. Nothing for a job whose tariff asks nothing for it.
    """
    price = await locked_one(JobPrice, job.pk)
    if price is None or price.tariff_id is None:
        return
    terms = (await tariffs.tariff_by_id(price.tariff_id)).terms
    if not terms.waiting_per_minute:
        return
    line = waiting_line(terms, await _waited(job.pk))
    if line is None:
        return
    price.lines = [*price.lines, line.as_json()]
    await price.save(update_fields=["lines"])
    job.price += line.amount
    await job.save(update_fields=["price"])


async def _waited(job_id: UUID) -> int:
    changes = await JobStateChange.filter(job_id=job_id).order_by("version")
    return waited_minutes((change.event, change.created_at) for change in changes)
