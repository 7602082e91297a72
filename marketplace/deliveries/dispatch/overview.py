"""What a dispatcher sees of his co-op now: jobs under way with their offers, and how many drivers stand ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count

from marketplace.deliveries.lifecycle import HELD, LOOKING, JobState
from marketplace.deliveries.models import DeliveryJob, Shift, ShiftState
from marketplace.identity.actor import OFFICERS, Actor, Role, require

#: Jobs that are shown: the newest.
SHOWN = 100
LIVE = LOOKING | HELD | {JobState.UNSERVED}


@dataclass(frozen=True, slots=True)
class Overview:
    """The newest live jobs of a co-op's sellers and drivers, how many by state, and its drivers on shift."""

    jobs: Sequence[DeliveryJob]
    numbers: dict[JobState, int]
    ready: int
    paused: int


async def overview(actor: Actor, cooperative_id: UUID) -> Overview:
    """For officers and dispatchers of the co-op. Three statements. Raises Forbidden."""
    require(actor, *OFFICERS, Role.DISPATCHER, cooperative_id=cooperative_id)
    live = DeliveryJob.filter(Q(cooperative_id=cooperative_id) | Q(carrier_id=cooperative_id), state__in=list(LIVE))
    counted = await live.annotate(number=Count("id")).group_by("state").values("state", "number")
    on_shift = Shift.filter(driver__cooperative_id=cooperative_id, state__not=ShiftState.ENDED)
    shifts = await on_shift.annotate(number=Count("id")).group_by("state").values("state", "number")
    standing = {ShiftState(row["state"]): row["number"] for row in shifts}
    return Overview(
        jobs=await live.order_by("-id").limit(SHOWN),
        numbers={JobState(row["state"]): row["number"] for row in counted},
        ready=standing.get(ShiftState.ACTIVE, 0),
        paused=standing.get(ShiftState.PAUSED, 0),
    )
