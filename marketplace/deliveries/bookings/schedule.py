"""Jobs booked for later: drafts until their window comes near, then put out by the timetable."""

from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.deliveries.bookings.models import PickupWindow
from marketplace.deliveries.holding import lock_job, move
from marketplace.deliveries.lifecycle import JobEvent, JobState

#: Jobs that one sweep puts out.
BATCH = 100


async def publish_due(adapters: object = None) -> int:
    """Put out the drafts whose time has come, each in its own transaction; answers how many."""
    due = PickupWindow.filter(settled_at__isnull=True, publish_at__lte=clock.now())
    ids = await due.order_by("publish_at").limit(BATCH).values_list("id", flat=True)
    return sum([await _publish(UUID(str(id))) for id in ids])


async def _publish(job_id: UUID) -> bool:
    async with transaction():
        job = await lock_job(job_id)
        window = await locked_one(PickupWindow, job_id)
        if window is None or window.settled_at is not None:
            return False
        window.settled_at = clock.now()
        await window.save(update_fields=["settled_at"])
        if job.row.state is not JobState.DRAFT:  # called off meanwhile
            return False
        # The job keeps the patience that it was booked with, counted from now where the worker stood still.
        patience = job.row.open_until - window.starts_at
        until = max(job.row.open_until, clock.now() + patience)
        await move(job, JobEvent.PUBLISH, by=None, values={"open_until": until})
        return True
