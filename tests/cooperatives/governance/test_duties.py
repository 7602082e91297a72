"""The legal calendar: by which day, by which rule, and who is reminded how often."""

from datetime import date, timedelta

import pytest

from cooperatives.governance import duties, meetings, reminding
from cooperatives.governance.bylaws import Adopted, ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.days import months_after, months_before, years_after
from cooperatives.governance.duties import Duty, DutyKind, Held
from cooperatives.governance.lifecycle import MeetingKind
from cooperatives.governance.models import DutyReminder
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.notices import governing
from marketplace.notices.models import Notice, NoticeKind
from marketplace.notices.templates import words_of
from marketplace.outbox import OutboxEvent
from tests.cooperatives.governance.hall import hall, later

YEAR_END = date(2026, 12, 31)
DEFAULTS = ByLaws.on(date(2027, 1, 5), [])
LATE = ByLaws.on(date(2027, 1, 5), [Adopted(ByLaw.ANNUAL_MEETING_DEADLINE, 6, date(2020, 1, 1))])


@pytest.mark.parametrize(
    ("laws", "is_primary", "days"),
    [
        (DEFAULTS, True, [date(2027, 2, 28), date(2027, 3, 24), date(2027, 3, 31)]),
        (LATE, True, [date(2027, 2, 28), date(2027, 3, 24), date(2027, 3, 31)]),  # some offices ask three months
        (LATE, False, [date(2027, 5, 30), date(2027, 6, 23), date(2027, 6, 30)]),
    ],
)
def test_report_call_and_meeting_by_the_strictest_day(laws: ByLaws, is_primary: bool, days: list[date]) -> None:
    found = duties.yearly(YEAR_END, laws, Held(), is_primary=is_primary)
    assert [duty.due_on for duty in found] == days
    assert [duty.kind for duty in found] == list(DutyKind)[:3]
    assert ("annual_meeting.report_before", "35") in {(rule.name, rule.article) for rule in found[0].rules}


def test_what_was_done_is_no_duty() -> None:
    assert duties.yearly(YEAR_END, DEFAULTS, Held(is_held=True), is_primary=True) == []
    called = duties.yearly(YEAR_END, DEFAULTS, Held(is_reported=True, is_called=True), is_primary=True)
    assert [duty.kind for duty in called] == [DutyKind.ANNUAL_MEETING]


@pytest.mark.parametrize(
    ("left", "stage"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 14), (1, 1), (0, 0), (-1, -1), (-30, -1), (-31, -2), (-61, -3)],
)
def test_stages_of_reminding(left: int, stage: int | None) -> None:
    duty = Duty(DutyKind.ANNUAL_MEETING, "2026", YEAR_END, ())
    assert duties.stage_of(duty, YEAR_END - timedelta(days=left)) == stage


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
    ],
)
def test_months(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == months_before(day, -months) == then


def test_years() -> None:
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)


@pytest.mark.anyio
async def test_officers_are_reminded_once_a_stage_until_the_meeting_was_held(db: object) -> None:
    made = await hall()
    new_year = date(clock.now().year + 1, 2, 10)
    await Cooperative.filter(pk=made.cooperative.pk).update(created_at=clock.now())
    assert await reminding.sweep(None) == 0
    later(timedelta(days=(new_year - clock.now().date()).days))
    # within 60 days of the report, the call and the meeting: each once
    assert [await reminding.sweep(None) for _ in range(2)] == [3, 0]
    assert {row.stage for row in await DutyReminder.all()} == {30, 60}
    starts_at = clock.now() + timedelta(days=9)
    meeting = await meetings.call_meeting(
        made.chair,
        cooperative_id=made.cooperative.pk,
        kind=MeetingKind.ANNUAL,
        title="RAT",
        place="Balai",
        starts_at=starts_at,
        agenda=["Laporan"],
        report_ready_on=months_before(starts_at.date(), 1),
        key="rat",
    )
    row = await Cooperative.get(pk=made.cooperative.pk)
    left = (await reminding.duties_of([row]))[row.pk]
    assert [duty.kind for duty in left] == [DutyKind.ANNUAL_MEETING]
    later(timedelta(days=9, minutes=1))
    await meetings.register_attendance(made.chair, meeting_id=meeting.pk, membership_ids=made.memberships)
    await meetings.open_meeting(made.chair, meeting_id=meeting.pk)
    assert (await reminding.duties_of([row]))[row.pk] == []


@pytest.mark.anyio
async def test_members_are_told_of_a_meeting_and_officers_of_a_duty(db: object) -> None:
    made = await hall()
    meeting = await made.call()
    facts = {"cooperative_id": str(made.cooperative.pk)}
    event = OutboxEvent(
        id=1, event="meeting.called", handler="notices.governing", aggregate_id=meeting.pk, payload=facts
    )
    for _ in range(2):
        await governing.tell(None, event)
    assert await Notice.filter(kind=NoticeKind.MEETING_CALLED).count() == 12
    due = {"kind": "ANNUAL_MEETING", "subject": "2026", "due_on": "2027-03-31", "source": "UU 25/1992 art. 26"}
    event = OutboxEvent(
        id=2, event="duty.near", handler="notices.governing", aggregate_id=made.cooperative.pk, payload=facts | due
    )
    await governing.tell(None, event)
    assert await Notice.filter(kind=NoticeKind.DUTY_NEAR).count() == 3
    said = words_of(NoticeKind.DUTY_NEAR, due | {"cooperative": "Koperasi DRV"}, "id")
    assert (said.title, said.body) == ("Tenggat 2027-03-31: RAT", "Koperasi DRV, 2026 (UU 25/1992 art. 26).")
