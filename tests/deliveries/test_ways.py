"""In which order a driver is told to make his stops: what he is at, what he has on board, what he has to fetch."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries.bookings.models import PickupWindow
from marketplace.deliveries.dispatch.ways import Known, StopKind, way, ways_by_driver
from marketplace.deliveries.lifecycle import DropState, JobState
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.deliveries.relay.ahead import Ahead
from marketplace.tariffs.rules import Point
from tests.counting import count_statements
from tests.deliveries import stage

NOW = datetime(2026, 11, 9, 5, tzinfo=UTC)
HERE = (-7.26, 112.75)
J, D = JobState, DropState
#: A hundredth of a degree to the south: 1.1 km of straight line.
STEP = 0.01


def held(
    name: str,
    state: JobState,
    at: int,
    *to: tuple[int, DropState],
    ready_minutes: int = 0,
    weight_g: int = 1_000,
    legs_left: int | None = None,
) -> tuple[DeliveryJob, list[Drop]]:
    """A job from `at` steps south of here to each of `to`."""
    job = DeliveryJob(
        id=new_id(),
        created_at=NOW,
        state=state,
        pickup_name=name,
        pickup_lat=HERE[0] - at * STEP,
        pickup_lon=HERE[1],
        weight_g=weight_g,
        legs_left=legs_left,
        ready_at=NOW + timedelta(minutes=ready_minutes),
    )
    drops = [
        Drop(id=new_id(), position=n, state=each, lat=HERE[0] - south * STEP, lon=HERE[1])
        for n, (south, each) in enumerate(to)
    ]
    for drop in drops:
        drop.job_id = job.pk
    return job, drops


def place(lat: float) -> Point:
    return Point(lat, HERE[1])


def told(found: Sequence[tuple[DeliveryJob, list[Drop]]], *, capacity_g: int = 20_000) -> str:
    """`+Sri -Sri`: pickups, drops, `~` for what goes back, `=` for what goes into the hub two steps south."""
    jobs, drops = [job for job, _ in found], [drop for _, each in found for drop in each]
    hubs = {job.pk: Ahead.along(place(job.pickup_lat), place(HERE[0] - 2 * STEP)) for job in jobs if job.legs_left}
    stops = way(jobs, drops, Known(hubs), place=HERE, capacity_g=capacity_g, now=NOW)
    assert [stop.expected_at for stop in stops] == sorted(stop.expected_at for stop in stops)
    signs = {StopKind.PICKUP: "+", StopKind.DROP_OFF: "-", StopKind.RETURN: "~", StopKind.HAND_IN: "="}
    return " ".join(f"{signs[stop.kind]}{stop.job.pickup_name}" for stop in stops)


#: What he holds | in which order he is told to stop.
WAYS = [
    ([], ""),
    ([held("Sri", J.ASSIGNED, 1, (3, D.WAITING))], "+Sri -Sri"),
    ([held("Sri", J.CARRYING, 1, (3, D.CARRIED))], "-Sri"),
    ([held("Sri", J.CARRYING, 1, (3, D.DELIVERED), (4, D.CARRIED))], "-Sri"),
    # on his way to a far door he fetches what lies along it
    ([held("Sri", J.CARRYING, 0, (5, D.CARRIED)), held("Tono", J.ASSIGNED, 2, (4, D.WAITING))], "+Tono -Tono -Sri"),
    # he stands at one shop while another is nearer
    (
        [held("Sri", J.AT_PICKUP, 1, (6, D.WAITING)), held("Tono", J.ASSIGNED, 2, (3, D.WAITING))],
        "+Sri +Tono -Tono -Sri",
    ),
    ([held("Sri", J.AT_DROPOFF, 0, (5, D.AT_DOOR)), held("Tono", J.ASSIGNED, 0, (1, D.WAITING))], "-Sri +Tono -Tono"),
    # two drops of one job, in their order
    ([held("Sri", J.ASSIGNED, 1, (3, D.WAITING), (2, D.WAITING))], "+Sri -Sri -Sri"),
    # what comes back waits for those who wait
    ([held("Sri", J.RETURNING, 1, (3, D.FAILED)), held("Tono", J.CARRYING, 0, (1, D.CARRIED))], "-Tono ~Sri"),
    # his leg ends at the hub, near by, though the doors are far beyond; another's door lies behind the hub
    (
        [
            held("Sri", J.CARRYING, 0, (9, D.CARRIED), (8, D.CARRIED), legs_left=1),
            held("Tono", J.CARRYING, 0, (4, D.CARRIED)),
        ],
        "=Sri -Tono",
    ),
    ([held("Sri", J.ASSIGNED, 1, (9, D.WAITING), (8, D.WAITING), legs_left=1)], "+Sri =Sri"),
    # what stands at the hub is fetched there, and brought to the doors
    ([held("Sri", J.ASSIGNED, 2, (3, D.STORED), (4, D.STORED), legs_left=0)], "+Sri -Sri -Sri"),
    # cancelled drops are no stops
    ([held("Sri", J.ASSIGNED, 1, (3, D.CANCELLED), (2, D.WAITING))], "+Sri -Sri"),
]


@pytest.mark.parametrize(("found", "wanted"), WAYS)
def test_the_order_of_stops(found: list[tuple[DeliveryJob, list[Drop]]], wanted: str) -> None:
    assert told(found) == wanted


def test_what_does_not_fit_together_is_brought_one_after_the_other() -> None:
    both = [held(name, J.ASSIGNED, 1, (3, D.WAITING), weight_g=15_000) for name in ("Sri", "Tono")]
    assert told(both, capacity_g=40_000) == "+Sri +Tono -Sri -Tono"
    assert told(both) == "+Sri -Sri +Tono -Tono"
    # given beyond his capacity, he is told a way all the same
    assert told([held("Sri", J.ASSIGNED, 1, (3, D.WAITING), weight_g=50_000)]) == "+Sri -Sri"


def test_a_window_is_kept_while_it_can_be() -> None:
    near, far = (
        held("Sri", J.ASSIGNED, 0, (1, D.WAITING), ready_minutes=20),
        held("Tono", J.ASSIGNED, 4, (5, D.WAITING)),
    )
    both, drops = [near[0], far[0]], [*near[1], *far[1]]

    def order(**minutes: int) -> str:
        windows = {
            job.pk: PickupWindow(ends_at=NOW + timedelta(minutes=minutes[job.pickup_name]))
            for job in both
            if job.pickup_name in minutes
        }
        stops = way(both, drops, Known(windows=windows), place=HERE, capacity_g=20_000, now=NOW)
        return " ".join(f"{stop.kind.value[0]}{stop.job.pickup_name}" for stop in stops)

    assert order(Tono=60) != order(Sri=21)
    assert order(Sri=21).startswith("PSri")
    assert order(Tono=25).startswith("PTono")
    assert order(Sri=21, Tono=1) == order()  # not to be kept: as if there were none


def test_goods_that_are_not_ready_set_the_time() -> None:
    job, drops = held("Sri", J.ASSIGNED, 0, (0, D.WAITING), ready_minutes=30)
    stops = way([job], drops, Known(), place=HERE, capacity_g=20_000, now=NOW)
    assert [stop.expected_at - NOW for stop in stops] == [timedelta(minutes=34), timedelta(minutes=38)]
    without_place = way([job], drops, Known(), place=None, capacity_g=20_000, now=NOW)
    assert [stop.kind for stop in without_place] == [StopKind.PICKUP, StopKind.DROP_OFF]


@pytest.mark.anyio
async def test_many_drivers_ways_are_read_as_one_drivers(db: object) -> None:
    coop = await stage.cooperative("DRV")
    drivers = []
    for number in range(6):
        driver, _ = await stage.on_shift(coop, f"Budi {number}")
        drivers.append(driver)
        job, (drop,) = held("Sri", J.ASSIGNED, 1, (3, D.WAITING))
        job.seller_id, job.cooperative_id, job.driver_id = new_id(), coop.pk, driver.pk
        job.price, job.distance_m, job.pickup_address, job.pickup_pin, job.return_pin = 1, 1, "Jl. 1", "1111", "2222"
        job.open_until = clock.now()
        await job.save(force_create=True)
        drop.receiver_name, drop.address, drop.price, drop.distance_m, drop.pin = "Ani", "Jl. 2", 1, 1, "3333"
        await drop.save(force_create=True)
    counts = []
    for some in (drivers[:1], drivers):
        with count_statements() as asked:
            found = await ways_by_driver([driver.pk for driver in some])
        counts.append(asked.number)
        assert [len(found[driver.pk]) for driver in some] == [2] * len(some)
    assert counts == [5, 5]  # with the windows of those booked alone
