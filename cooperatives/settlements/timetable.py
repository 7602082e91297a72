"""Windows that close by their group's schedule: what its operator sets, and the sweep that closes them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from cooperatives.settlements.models import ClearingGroup, ClearingSchedule, Obligation, SettlementWindow, WindowState
from cooperatives.settlements.schedule import Schedule
from cooperatives.settlements.windows import close, hold_window, require_operator
from marketplace import clock
from marketplace.database import for_update, transaction
from marketplace.errors import NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

#: Groups that one sweep looks at.
BATCH = 50


async def set_clearing_schedule(
    actor: Actor, *, group_id: UUID, schedule: Schedule | None, key: str
) -> ClearingGroup:
    """Let the group's windows close by themselves; None: by hand only. By the group's operator.

    Raises NotFound, Forbidden.
    """
    by = signed_in(actor)
    async with transaction():
        repeat = await once(by, "setClearingSchedule", key, [group_id, schedule], group_id)
        group = await for_update(ClearingGroup.filter(id=group_id)).first()
        if group is None:
            raise NotFound("clearing group")
        await require_operator(actor, group_id)
        if repeat is not None:
            return group
        if schedule is None:
            await ClearingSchedule.filter(group_id=group_id).delete()
            return group
        values: dict[str, Any] = {
            "rhythm": schedule.rhythm,
            "day": schedule.day,
            "minute": schedule.minute,
            "time_zone": schedule.time_zone,
            "next_at": schedule.next_after(clock.now()),
            "set_by": by,
        }
        await ClearingSchedule.update_or_create(values, group_id=group_id)
        return group


async def schedules_by_group(ids: Sequence[UUID]) -> Mapping[UUID, ClearingSchedule]:
    """The schedules of these groups. One statement."""
    return {row.group_id: row for row in await ClearingSchedule.filter(group_id__in=list(ids))}


async def close_due(adapters: Any = None) -> int:
    """The timetable's sweep: close the windows whose time has come; answers how many.

    Each in its own transaction. A window in which nobody owes anything stays open. A closing missed while the
    node stood still is made up for once.
    """
    due = await ClearingSchedule.filter(next_at__lte=clock.now()).order_by("next_at").limit(BATCH).values("id")
    closed = 0
    for row in due:
        async with transaction():
            found = ClearingSchedule.filter(id=row["id"], next_at__lte=clock.now())
            schedule = await for_update(found).first()
            if schedule is not None:
                closed += await _close(schedule)
    return closed


async def _close(schedule: ClearingSchedule) -> bool:
    rule = Schedule(schedule.rhythm, schedule.day, schedule.minute, schedule.time_zone)
    schedule.next_at = rule.next_after(clock.now())
    await schedule.save(update_fields=["next_at"])
    window = await SettlementWindow.filter(group_id=schedule.group_id, state=WindowState.OPEN).first()
    if window is None or not await Obligation.exists(window_id=window.id):
        return False
    held = await hold_window(window.id)
    if held.state is WindowState.OPEN:
        await close(held, by=None)
        return True
    return False
