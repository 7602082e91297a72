"""When a clearing group's windows close by themselves."""

import re
from datetime import datetime
from uuid import UUID

import strawberry

from cooperatives.settlements import models as rows
from cooperatives.settlements import timetable
from cooperatives.settlements.schedule import Rhythm, Schedule
from marketplace.errors import Code, Invalid
from schema.context import Info
from schema.enums import described
from schema.named import OfGroup

described(
    Rhythm,
    "How often a window closes.",
    {"DAY": "Each day.", "WEEK": "Once a week.", "MONTH": "Once a month."},
    name="ClearingRhythm",
)
#: Zones of Indonesia: WIB, WITA, WIT.
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@strawberry.type(description="When a group's windows close by themselves. Its operator may close one before.")
class ClearingSchedule:
    rhythm: Rhythm = strawberry.field(description="How often.")
    day: int = strawberry.field(description="WEEK: 0 Monday … 6 Sunday; MONTH: 1 … 28; DAY: 0.")
    time: str = strawberry.field(description="In the group's zone: `23:30`.")
    time_zone: str = strawberry.field(description="The group's zone: `Asia/Jakarta`.")
    next_at: datetime = strawberry.field(description="The next closing; skipped while nobody owes anything.")

    @classmethod
    def of(cls, row: rows.ClearingSchedule) -> "ClearingSchedule":
        return cls(
            rhythm=row.rhythm,
            day=row.day,
            time=f"{row.minute // 60:02d}:{row.minute % 60:02d}",
            time_zone=row.time_zone,
            next_at=row.next_at,
        )


async def schedule_of(info: Info, group_id: UUID) -> ClearingSchedule | None:
    """The group's schedule, if it has one."""
    row = await info.context.load(timetable.schedules_by_group, group_id)
    return None if row is None else ClearingSchedule.of(row)


@strawberry.input(description="When windows close.")
class ClearingScheduleInput:
    rhythm: Rhythm = strawberry.field(description="How often.")
    day: int = strawberry.field(default=0, description="WEEK: 0 Monday … 6 Sunday; MONTH: 1 … 28; DAY: 0.")
    time: str = strawberry.field(description="In the group's zone, `HH:MM`.")
    time_zone: str = strawberry.field(
        default="Asia/Jakarta", description="`Asia/Jakarta`, `Asia/Makassar` or `Asia/Jayapura`."
    )


@strawberry.input(description="When a clearing group's windows close by themselves.")
class SetClearingScheduleInput(OfGroup):
    schedule: ClearingScheduleInput | None = strawberry.field(description="When; null: by hand only.")


def schedule_asked(given: ClearingScheduleInput) -> Schedule:
    """The schedule that the input asks for; raises Invalid."""
    found = re.fullmatch(r"(\d\d):([0-5]\d)", given.time)
    if found is None:
        raise Invalid.field("time", Code.INVALID, "HH:MM is needed", "perlu JJ:MM")
    if given.time_zone not in ZONES:
        zones = ", ".join(ZONES)
        raise Invalid.field("timeZone", Code.INVALID, f"one of {zones}", f"salah satu dari {zones}")
    return Schedule(given.rhythm, given.day, int(found[1]) * 60 + int(found[2]), given.time_zone)
