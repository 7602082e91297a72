"""Who may follow a rider on the map, and for how long his places are kept. Places are coarse: see `shifts`.

Of past places only a shift's last is kept at all, and it is forgotten a day after the shift has ended. What custody
receipts say of where goods changed hands is evidence and stays.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.database import connection, is_postgres
from marketplace.deliveries.lifecycle import HELD, DropState, JobState
from marketplace.deliveries.models import DeliveryJob, Drop, ShiftState
from marketplace.deliveries.reading import Sight

#: States in which the buyer may follow, and those in which the shop may.
ON_THE_WAY = frozenset({JobState.CARRYING, JobState.AT_DROPOFF})
TO_THE_SHOP = frozenset({JobState.ASSIGNED, JobState.AT_PICKUP, JobState.RETURNING})
#: A drop in one of these states still has its goods on the road.
ON_ITS_WAY = frozenset({DropState.CARRIED, DropState.AT_DOOR})
#: How long after its shift has ended a driver's last place is kept, and how many go in one sweep.
KEPT = timedelta(days=1)
BATCH = 1_000


def may_follow(sight: Sight, job: DeliveryJob, drops: Iterable[Drop], account_id: UUID | None) -> bool:
    """Whether who stands so to the job sees where its rider is now. Pure."""
    if job.driver_id is None or job.state not in HELD:
        return False
    if sight.holds or sight.watches:
        return True
    if sight.sells and job.state in TO_THE_SHOP:
        return True
    return (
        sight.receives
        and job.state in ON_THE_WAY
        and any(drop.receiver_id == account_id and drop.state in ON_ITS_WAY for drop in drops)
    )


async def forget_places(adapters: Any) -> int:
    """Let go of where drivers were whose shift has ended. Bounded: the rest goes the next time."""
    before = clock.now() - KEPT
    mark, when = ("$1", before) if is_postgres() else ("?", str(before))
    number, _ = await connection().execute_query(
        'UPDATE "shift" SET "lat" = 0, "lon" = 0 WHERE "id" IN (SELECT "id" FROM "shift"'
        f' WHERE "state" = \'{ShiftState.ENDED.value}\' AND "lat" <> 0 AND "ended_at" < {mark} LIMIT {BATCH})',
        [when],
    )
    return number
