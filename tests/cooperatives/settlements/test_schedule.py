"""Windows that close by themselves: the rule by a table and properties, the sweep through the API's own setting."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import ClearingGroup, SettlementWindow
from cooperatives.settlements.obligations import COMMON_GROUP
from cooperatives.settlements.schedule import Rhythm, Schedule
from cooperatives.settlements.timetable import close_due
from marketplace import clock
from marketplace.errors import Invalid
from marketplace.settings import Settings
from schema.ids import to_id
from tests.cooperatives.settlements.test_settling import (  # noqa: F401  # `coops` is a fixture
    OPERATOR,
    coops,
    do,
    record_vector,
    treasurer,
)

WIB = "Asia/Jakarta"  # UTC+7, no summer time
TABLE = [
    # rhythm, day, minute, now (UTC) -> next (UTC)
    (Rhythm.DAY, 0, 23 * 60, "2026-11-25T15:59:00", "2026-11-25T16:00:00"),
    (Rhythm.DAY, 0, 23 * 60, "2026-11-25T16:00:00", "2026-11-26T16:00:00"),  # not again at the same moment
    (Rhythm.WEEK, 0, 6 * 60, "2026-11-25T00:00:00", "2026-11-29T23:00:00"),  # Monday 06:00 there, Sunday in UTC
    (Rhythm.MONTH, 28, 0, "2026-01-28T00:00:00", "2026-02-27T17:00:00"),
    (Rhythm.MONTH, 1, 0, "2026-12-01T00:00:00", "2026-12-31T17:00:00"),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("rhythm", "day", "minute", "now", "then"), TABLE)
def test_the_next_closing(rhythm: Rhythm, day: int, minute: int, now: str, then: str) -> None:
    assert Schedule(rhythm, day, minute, WIB).next_after(utc(now)) == utc(then)


@given(
    st.sampled_from(Rhythm),
    st.integers(0, 27),
    st.integers(0, 1439),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001  # the zone is set below
    st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
)
def test_it_comes_later_and_within_its_rhythm(
    rhythm: Rhythm, day: int, minute: int, now: datetime, zone: str
) -> None:
    day = {Rhythm.DAY: 0, Rhythm.WEEK: day % 7, Rhythm.MONTH: day + 1}[rhythm]
    moment = now.replace(tzinfo=UTC)
    longest = {Rhythm.DAY: 1, Rhythm.WEEK: 7, Rhythm.MONTH: 31}[rhythm]
    assert moment < Schedule(rhythm, day, minute, zone).next_after(moment) <= moment + timedelta(days=longest)


@pytest.mark.parametrize(
    ("rhythm", "day", "minute"),
    [(Rhythm.DAY, 1, 0), (Rhythm.WEEK, 7, 0), (Rhythm.MONTH, 0, 0), (Rhythm.MONTH, 29, 0), (Rhythm.DAY, 0, 1440)],
)
def test_a_schedule_that_never_comes_is_refused(rhythm: Rhythm, day: int, minute: int) -> None:
    with pytest.raises(Invalid):
        Schedule(rhythm, day, minute, WIB)


FIELDS = (
    "... on ClearingGroup { schedule { rhythm day time timeZone nextAt } } ... on Problem { code fields { path } }"
)


@pytest.mark.anyio
async def test_the_groups_windows_close_on_time_and_by_hand(
    db: Settings,
    coops: dict[str, Cooperative],  # noqa: F811  # the fixture
) -> None:
    window_id = await record_vector(db, coops)
    group = to_id("ClearingGroup", (await ClearingGroup.get(code=COMMON_GROUP)).id)
    wish = {"rhythm": "DAY", "time": "23:00"}
    by_member = await do(db, treasurer(coops["DRV"]), "setClearingSchedule", FIELDS, groupId=group, schedule=wish)
    assert by_member["code"] == "FORBIDDEN"
    for bad, field in (({"time": "24:00"}, "time"), ({"timeZone": "Europe/Rome"}, "timeZone"), ({"day": 3}, "day")):
        refused = await do(db, OPERATOR, "setClearingSchedule", FIELDS, groupId=group, schedule={**wish, **bad})
        assert refused["fields"][0]["path"] == [field]
    set_ = await do(db, OPERATOR, "setClearingSchedule", FIELDS, groupId=group, schedule=wish)
    assert (set_["schedule"]["time"], set_["schedule"]["timeZone"]) == ("23:00", WIB)

    assert await close_due() == 0
    later = clock.now() + timedelta(days=3)  # the node stood still for three days: it is made up for once
    with time_machine.travel(later):
        assert await close_due() == 1
        assert await close_due() == 0
    states = await SettlementWindow.all().order_by("number").values_list("state", flat=True)
    assert states == ["PENDING_SETTLEMENT", "OPEN"]
    assert to_id("SettlementWindow", (await SettlementWindow.get(number=1)).id) == window_id
    with time_machine.travel(later + timedelta(days=1)):
        assert await close_due() == 0  # nobody owes anything: the window stays open
    successor = await SettlementWindow.get(number=2)
    by_hand = await do(db, OPERATOR, "closeWindow", windowId=to_id("SettlementWindow", successor.id))
    assert by_hand["state"] == "SETTLED"
    off = await do(db, OPERATOR, "setClearingSchedule", FIELDS, groupId=group, schedule=None)
    assert off["schedule"] is None
