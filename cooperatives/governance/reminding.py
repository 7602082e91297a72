"""The legal calendar of each co-op, and reminders of it: `sweep`, by the timetable, which repeats nothing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from cooperatives.governance import duties, setting
from cooperatives.governance.duties import Duty, Held
from cooperatives.governance.lifecycle import MeetingKind
from cooperatives.governance.models import DutyReminder, Meeting, OfficeTerm
from cooperatives.membership.models import Cooperative, CooperativeLevel
from marketplace import outbox
from marketplace.database import connection, transaction
from marketplace.inserts import insert_unless_there

#: Co-ops looked at a read.
MOST_AT_ONCE = 200
EVENT = "duty.near"


async def duties_of(cooperatives: Sequence[Cooperative]) -> Mapping[UUID, list[Duty]]:
    """What each of these co-ops has still to do, in the order of its days. Two statements, and those of by-laws."""
    ids = [row.pk for row in cooperatives]
    terms = await OfficeTerm.filter(cooperative_id__in=ids, ended_on=None)
    annual = await Meeting.filter(cooperative_id__in=ids, kind=MeetingKind.ANNUAL)
    by_day: dict[date, list[Cooperative]] = {}
    for row in cooperatives:
        by_day.setdefault(setting.today_of(row), []).append(row)
    found: dict[UUID, list[Duty]] = {}
    for today, some in by_day.items():
        laws = await setting.by_laws_of([row.pk for row in some], today)
        for row in some:
            own = [(term.role.value, term.until) for term in terms if term.cooperative_id == row.pk]
            due = duties.elections(own, laws[row.pk])
            for year_end in duties.year_ends(today, setting.day_in(row, row.created_at)):
                held = _held([one for one in annual if one.cooperative_id == row.pk], year_end)
                is_primary = row.level is CooperativeLevel.PRIMARY
                due += duties.yearly(year_end, laws[row.pk], held, is_primary=is_primary)
            found[row.pk] = sorted(due, key=lambda duty: (duty.due_on, duty.kind, duty.subject))
    return found


def _held(annual: Sequence[Meeting], year_end: date) -> Held:
    """What was done since that year's end."""
    ended_at = datetime.combine(year_end, time.max, UTC)
    since = [row for row in annual if row.starts_at > ended_at]
    return Held(
        is_reported=any(row.report_ready_on is not None for row in since),
        is_called=bool(since),
        is_held=any(row.opened_at is not None for row in since),
    )


async def sweep(adapters: Any) -> int:
    """Tell officers and pengawas of what is near or overdue, once a stage; answers how many reminders there were."""
    told, last = 0, None
    while True:
        found = Cooperative.filter(suspended_at=None)
        some = await (found if last is None else found.filter(id__gt=last)).order_by("id").limit(MOST_AT_ONCE)
        for row, due in [(row, due) for row, all in zip(some, await _due(some), strict=True) for due in all]:
            told += await _remind(row, *due)
        if len(some) < MOST_AT_ONCE:
            return told
        last = some[-1].pk


async def _due(some: Sequence[Cooperative]) -> list[list[tuple[Duty, int]]]:
    by_cooperative = await duties_of(some)
    found = []
    for row in some:
        today = setting.today_of(row)
        staged = [(duty, duties.stage_of(duty, today)) for duty in by_cooperative[row.pk]]
        found.append([(duty, stage) for duty, stage in staged if stage is not None])
    return found


async def _remind(row: Cooperative, duty: Duty, stage: int) -> int:
    """One reminder, unless it was given."""
    reminder = DutyReminder(cooperative_id=row.pk, kind=duty.kind.value, subject=duty.subject, stage=stage)
    async with transaction():
        if not await insert_unless_there([reminder], connection()):
            return 0
        facts = {
            "cooperative_id": str(row.pk),
            "kind": duty.kind.value,
            "subject": duty.subject,
            "due_on": duty.due_on.isoformat(),
            "source": duty.rules[0].source,
            "sumber": duty.rules[0].sumber,
        }
        await outbox.record(EVENT, row.pk, facts)
    return 1
