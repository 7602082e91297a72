"""Each day, once it is over where a co-op is: what it holds for members is used, deductions are made, and who is late
is reminded."""

from datetime import date, timedelta
from uuid import UUID

from cooperatives.dues.crediting import use_credit
from cooperatives.dues.deducting import deduct_day
from cooperatives.dues.models import DeductionRun, Due, DueState
from cooperatives.dues.paying import today_of
from cooperatives.dues.reminding import remind

#: After a long stop so many past days are made up for, the latest.
MOST_DAYS = 31


async def collect(adapters: object) -> int:
    """Bring every co-op with open dues up to yesterday; answers how many days were carried out."""
    rows = await Due.filter(state=DueState.OPEN).distinct().values_list("cooperative_id", flat=True)
    done = 0
    for id in sorted(UUID(str(row)) for row in rows):
        for day in await days_left(id):
            await collect_day(id, day)
            done += 1
    return done


async def collect_day(cooperative_id: UUID, day: date) -> DeductionRun:
    """All that a day that is over asks for, in its order."""
    await use_credit(cooperative_id, day)
    run = await deduct_day(cooperative_id, day)
    await remind(cooperative_id, day)
    return run


async def days_left(cooperative_id: UUID) -> list[date]:
    """The days up to yesterday that were not carried out yet."""
    yesterday = await today_of(cooperative_id) - timedelta(days=1)
    runs = DeductionRun.filter(cooperative_id=cooperative_id)
    unfinished = await runs.filter(finished_at__isnull=True).order_by("day").first()
    last = await runs.order_by("-day").first()
    first = unfinished.day if unfinished else last.day + timedelta(days=1) if last else yesterday
    first = max(first, yesterday - timedelta(days=MOST_DAYS - 1))
    return [first + timedelta(days=n) for n in range((yesterday - first).days + 1)]
