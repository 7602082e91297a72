"""What devices have told of a job, by both clocks; and when that, and what was said, is forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from marketplace import clock
from marketplace.deliveries.courier.day import EventOutcome
from marketplace.deliveries.courier.models import CourierEvent, JobMessage

#: How long events that were carried out, and messages, are kept: as long as something may be disputed by them.
KEPT = timedelta(days=90)
BATCH = 500


async def events_by_job(ids: Iterable[UUID]) -> dict[UUID, list[CourierEvent]]:
    """What devices told of each of these jobs, in the order of their numbers. One statement; no check of who asks."""
    found: dict[UUID, list[CourierEvent]] = {id: [] for id in ids}
    for event in await CourierEvent.filter(job_id__in=list(found)).order_by("device_id", "sequence"):
        if event.job_id is not None:
            found[event.job_id].append(event)
    return found


async def forget_old(adapters: object) -> int:
    """The timetable's sweep: events that are done, and messages, once they are `KEPT`. At most a batch of each."""
    before = clock.now() - KEPT
    done = CourierEvent.filter(created_at__lt=before, outcome__not=EventOutcome.WAITING)
    return await _forget(done, before) + await _forget(JobMessage.filter(created_at__lt=before), before)


async def _forget(old: QuerySet[CourierEvent] | QuerySet[JobMessage], before: datetime) -> int:
    ids = await old.order_by("id").limit(BATCH).values_list("id", flat=True)
    return await old.model.filter(id__in=ids).delete() if ids else 0
