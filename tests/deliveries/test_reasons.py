"""Why each driver was offered a job or passed over: what is kept of it, found by both ways, and taken over."""

import json
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest

from marketplace import clock
from marketplace.database import connection, is_postgres, new_id
from marketplace.deliveries.dispatch import keeping
from marketplace.deliveries.dispatch.explaining import Explanation, Reason
from marketplace.deliveries.dispatch.models import DriverConsidered, JobReasons, Outcome
from marketplace.deliveries.dispatch.policy import FAIR, Candidate, Earned, Job, Ranked, Rider, rank
from marketplace.deliveries.dispatch.reasons import Reasons
from marketplace.paging import StaleCursor
from tests.counting import count_statements
from tests.deliveries import offering, stage

pytestmark = pytest.mark.anyio


def ranked(paused: int = 0, most: int = 1) -> Ranked:
    riders = [Rider(new_id(), Earned(20_000, 3_600), 60, is_paused=number < paused) for number in range(4)]
    return rank(Job(2_000), [Candidate(one, 300, 60) for one in riders], FAIR, reference_hourly=1, most=most)


def test_a_text_tells_each_what_the_ranking_said() -> None:
    result = ranked(paused=2)
    standings = [*result.offered, *result.skipped]
    at = clock.now()
    kept = Reasons()
    assert kept.add(1, at, FAIR, standings) == [str(one.driver_id) for one in standings]
    read = Reasons(kept.text())
    for one in standings:
        told = read.of(one.driver_id)
        assert told is not None
        assert Explanation.of_record(told.record) == one.explanation
        assert (told.round, told.at, told.is_offered) == (1, at, one.is_offered)
    later = ranked()
    again = standings[-1]
    assert read.add(2, at, FAIR, [*later.offered, again]) == [str(later.offered[0].driver_id)]
    read = Reasons(read.text())
    assert list(read.drivers) == [str(one.driver_id) for one in (*standings, *later.offered)]
    assert {told.round for one in (again, *later.offered) if (told := read.of(one.driver_id))} == {2}
    assert read.of(new_id()) is None


async def test_each_way_is_paged_without_a_gap_or_a_double(db: object) -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_a_driver=20)
    shop, _ = await stage.seller(coop)
    agus, _ = await offering.at(coop, "Agus", cash_limit=9_000_000)
    for number in range(3):
        await offering.at(coop, f"Jauh {number}", metres=200 * number, cash_limit=9_000_000)
    jobs = [await offering.looking(shop) for _ in range(5)]
    # One pass that considered him for three jobs, as a busy evening's does.
    ways = await DriverConsidered.filter(driver_id=agus.pk).order_by("id")
    ways[2].jobs = [str(job.pk) for job in jobs[:3]]
    await ways[2].save(update_fields=["jobs"])
    for way in ways[:2]:
        await way.delete()
    for first in (1, 2, 3, 5):
        found, after, has_next, costs = [], None, True, set()
        while has_next:
            with count_statements() as counted:
                page = await keeping.considered_of_driver(agus.pk, first=first, after=after)
            costs.add(counted.number)
            found += [row.job_id for row in page.rows]
            after, has_next = page.cursors[-1], page.has_next
        assert found == [job.pk for job in reversed(jobs)]
        assert costs == {2}
        people, after, has_next = [], None, True
        while has_next:
            of_job = await keeping.considered_for_job(jobs[0].pk, first=first, after=after)
            people += [row.driver_id for row in of_job.rows]
            after, has_next = of_job.cursors[-1], of_job.has_next
        assert len(people) == len(set(people)) == 4
    assert (await keeping.considered_for_job(new_id(), first=5, after=None)).rows == []
    for cursor in ("x", "MQ", "YQ"):
        with pytest.raises(StaleCursor):
            await keeping.considered_of_driver(agus.pk, first=5, after=cursor)
    with pytest.raises(StaleCursor):
        await keeping.considered_for_job(jobs[0].pk, first=5, after="YQ")
    # A job's row that went before his own leaves the others.
    await JobReasons.filter(pk=jobs[1].pk).delete()
    page = await keeping.considered_of_driver(agus.pk, first=5, after=None)
    assert [row.job_id for row in page.rows] == [job.pk for job in reversed(jobs) if job != jobs[1]]


OLD = """CREATE TABLE consideration (id {uuid} PRIMARY KEY, created_at {at}, job_id {uuid}, driver_id {uuid},
cooperative_id {uuid}, round INT, outcome VARCHAR(7), explanation {json}, at {at})"""


async def test_what_was_kept_a_row_each_is_taken_over(db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {"uuid": "UUID", "at": "TIMESTAMPTZ", "json": "JSONB"} if is_postgres() else {}
    kinds = kinds or {"uuid": "CHAR(36)", "at": "TIMESTAMP", "json": "JSON"}
    await connection().execute_script(OLD.format(**kinds))
    result = ranked(paused=2)
    at = clock.now() - timedelta(days=1)
    jobs, coop_id = sorted(new_id() for _ in range(12)), new_id()
    people = [(one, number) for number, one in enumerate((*result.offered, *result.skipped))]
    for job_id in jobs:
        rows = "".join(
            f"INSERT INTO consideration VALUES ('{new_id()}', '{at}', '{job_id}', '{one.driver_id}', '{coop_id}',"
            f" {1 + number % 2}, 'X', '{json.dumps(one.explanation.as_record())}', '{at}');"
            for one, number in people
        )
        await connection().execute_script(rows)
    step = import_module("marketplace.migrations.0057_reasons")
    monkeypatch.setattr(step, "AT_ONCE", 5)
    await step._move(None, SimpleNamespace(client=connection()))
    for one, number in people:
        driver_id = one.driver_id
        page = await keeping.considered_of_driver(driver_id, first=100, after=None)
        assert [row.job_id for row in page.rows] == jobs[::-1]
        for row in page.rows:
            assert Explanation.of_record(row.explanation) == one.explanation
            assert (row.round, row.at, row.cooperative_id) == (1 + number % 2, at, coop_id)
            assert row.outcome is (Outcome.OFFERED if one.is_offered else Outcome.SKIPPED)
    assert await keeping.sweep(None) == 0
    assert {one.skip.reason for one, _ in people if one.skip} == {Reason.PAUSED, Reason.OUTRANKED}
    await connection().execute_script("DROP TABLE consideration")
