"""The open board: what a driver sees, page by page, at a fixed number of SQL statements."""

from datetime import timedelta

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries import reading, shifts
from marketplace.deliveries.custody import Place
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.shifts import NotOnShift
from marketplace.errors import Invalid
from marketplace.identity.actor import Actor
from marketplace.paging import Page, StaleCursor
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.stage import BOARD

pytestmark = pytest.mark.anyio


async def put_out(coop: Cooperative, count: int = 1, **values: object) -> list[DeliveryJob]:
    fields = {
        "seller_id": new_id(),
        "cooperative_id": coop.pk,
        "price": 10_000,
        "distance_m": 2_000,
        "pickup_name": "Warung",
        "pickup_address": "Jl. Tunjungan 1",
        "pickup_lat": -7.2601,
        "pickup_lon": 112.7501,
        "pickup_pin": "1111",
        "return_pin": "2222",
        "open_until": clock.now() + timedelta(minutes=20),
    }
    jobs = [DeliveryJob(id=new_id(), **(fields | values)) for _ in range(count)]
    await DeliveryJob.bulk_create(jobs)
    return jobs


async def board(actor: Actor, first: int = 20, after: str | None = None, radius_m: int = 5_000) -> Page[DeliveryJob]:
    return await reading.job_board(
        actor, near=stage.SURABAYA, radius_m=radius_m, first=first, after=after, dispatch=BOARD
    )


async def test_own_and_allied_jobs_that_fit(db: object) -> None:
    own, allied, strange = [await stage.cooperative(code) for code in ("DRV", "FOD", "MKT")]
    await stage.ally(allied, own)
    _, actor = await stage.on_shift(own, "Budi", cash_limit=100_000)
    (mine,), (theirs,) = await put_out(own), await put_out(allied)
    await put_out(strange)
    await put_out(own, state=JobState.ASSIGNED)
    await put_out(own, open_until=clock.now() - timedelta(seconds=1))
    await put_out(own, weight_g=20_001)
    await put_out(own, cash_to_collect=100_001)
    await put_out(own, pickup_lat=-7.31)  # 5.6 km to the south
    assert [job.pk for job in (await board(actor)).rows] == [mine.pk, theirs.pk]
    assert len((await board(actor, radius_m=6_000)).rows) == 3


@pytest.mark.parametrize(("lat", "lon", "is_near"), [(0.0449, 0.0, True), (0.0, 0.0452, True), (0.040, 0.040, False)])
async def test_near_is_a_circle(db: object, lat: float, lon: float, is_near: bool) -> None:
    coop = await stage.cooperative("DRV")
    _, actor = await stage.on_shift(coop, "Budi")
    await put_out(coop, pickup_lat=stage.SURABAYA.lat + lat, pickup_lon=stage.SURABAYA.lon + lon)
    assert bool((await board(actor)).rows) is is_near


async def test_pages_follow_one_another(db: object) -> None:
    coop = await stage.cooperative("DRV")
    _, actor = await stage.on_shift(coop, "Budi")
    jobs = await put_out(coop, 5)
    seen: list[DeliveryJob] = []
    after = None
    for _ in range(3):
        page = await board(actor, first=2, after=after)
        seen += page.rows
        after = page.cursors[-1]
    assert [job.pk for job in seen] == sorted(job.pk for job in jobs)
    assert not page.has_next
    with pytest.raises(StaleCursor):
        await board(actor, after="bm9uc2Vuc2U")


async def test_statements_do_not_grow_with_jobs(db: object) -> None:
    coop = await stage.cooperative("DRV")
    _, actor = await stage.on_shift(coop, "Budi")
    numbers = []
    for more in (1, 49):
        await put_out(coop, more)
        with count_statements() as counted:
            found = (await board(actor, first=100)).rows
            await reading.drops_by_job([job.pk for job in found])
        numbers.append(counted.number)
    assert numbers == [6, 6]


async def test_only_on_shift_and_within_bounds(db: object) -> None:
    coop = await stage.cooperative("DRV")
    _, actor = await stage.driver(coop, "Budi")
    with pytest.raises(NotOnShift):
        await board(actor)
    await shifts.start_shift(actor, place=Place(-7.26, 112.75))
    await shifts.pause_shift(actor)
    with pytest.raises(NotOnShift):
        await board(actor)
    for radius_m in (99, 30_001):
        with pytest.raises(Invalid):
            await board(actor, radius_m=radius_m)
