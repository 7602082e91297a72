"""What a driver rides, and with which papers: bounds, states, and who may look."""

import io
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.images import NotAPicture
from marketplace import clock
from marketplace.deliveries import drivers, service
from marketplace.deliveries.limits import TooHeavy
from marketplace.deliveries.models import Driver, VehicleKind
from marketplace.deliveries.roster import papers, reminding, vehicles
from marketplace.deliveries.roster.models import DriverPaper, PaperKind, PaperState
from marketplace.deliveries.roster.papers import PaperDecided, TooManyPapers
from marketplace.deliveries.roster.reminding import reminders_due
from marketplace.deliveries.roster.vehicles import RiddenNow, TooManyVehicles
from marketplace.deliveries.shifts import StillCarrying
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor
from marketplace.settings import Settings
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.stage import BOARD

pytestmark = pytest.mark.anyio


def photo(shade: int = 0) -> bytes:
    kept = io.BytesIO()
    PIL.Image.new("RGB", (64, 48), (200, shade, shade)).save(kept, "JPEG")
    return kept.getvalue()


async def shown(actor: Actor, folder: Path, kind: PaperKind = PaperKind.SIM, days: int = 400) -> DriverPaper:
    """A paper before the officers."""
    key = f"{kind} {days}"
    ends = clock.now().date() + timedelta(days=days)
    row = await papers.submit_paper(
        actor, kind=kind, number="1234 5678 9012", expires_on=ends, vehicle_id=None, key=key
    )
    return await papers.add_photo(actor, paper_id=row.pk, content=photo(days % 250), folder=folder)


async def test_a_driver_rides_one_of_several_vehicles(db: object) -> None:
    coop = await stage.cooperative("DRV")
    row, budi = await stage.on_shift(coop, "Budi")
    bike = {"kind": VehicleKind.BICYCLE, "plate": "", "capacity_g": 5_000, "size_l": 40}
    added = await vehicles.add_vehicle(budi, **bike, key="a")
    assert (await vehicles.add_vehicle(budi, **bike, key="a")).pk == added.pk
    owned = (await vehicles.vehicles_by_driver([row.pk]))[row.pk]
    assert [(one.kind, one.ridden_since is not None) for one in owned] == [
        (VehicleKind.MOTORCYCLE, True),  # the one that he came with
        (VehicleKind.BICYCLE, False),
    ]
    await vehicles.ride_vehicle(budi, vehicle_id=added.pk, key="r")
    ridden = await Driver.get(pk=row.pk)
    assert (ridden.vehicle, ridden.plate, ridden.capacity_g) == (VehicleKind.BICYCLE, "", 5_000)
    with pytest.raises(RiddenNow):
        await vehicles.retire_vehicle(budi, vehicle_id=added.pk, key="x")

    shop, _ = await stage.seller(coop)
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    job.weight_g = 6_000
    await job.save()
    with pytest.raises(TooHeavy):  # jobs are matched with what he rides
        await service.claim_job(budi, job_id=job.pk, key="c", dispatch=BOARD)
    await vehicles.ride_vehicle(budi, vehicle_id=owned[0].pk, key="back")
    await service.claim_job(budi, job_id=job.pk, key="c", dispatch=BOARD)
    with pytest.raises(StillCarrying):
        await vehicles.ride_vehicle(budi, vehicle_id=added.pk, key="r2")
    await vehicles.retire_vehicle(budi, vehicle_id=added.pk, key="y")
    assert [one.kind for one in (await vehicles.vehicles_by_driver([row.pk]))[row.pk]] == [VehicleKind.MOTORCYCLE]


async def test_vehicles_have_bounds_and_an_owner(db: object) -> None:
    coop = await stage.cooperative("DRV")
    _, budi = await stage.driver(coop, "Budi")
    _, siti = await stage.driver(coop, "Siti")
    good = {"kind": VehicleKind.BICYCLE, "plate": "", "capacity_g": 5_000, "size_l": 0}
    for wrong in ({"size_l": -1}, {"capacity_g": 0}, {"kind": VehicleKind.CAR, "plate": "L"}):
        with pytest.raises(Invalid):
            await vehicles.add_vehicle(budi, **{**good, **wrong}, key="w")
    first = await vehicles.add_vehicle(budi, **good, key="0")
    for refused in (vehicles.ride_vehicle, vehicles.retire_vehicle):
        with pytest.raises(NotFound):
            await refused(siti, vehicle_id=first.pk, key="s")
    for number in range(1, vehicles.MOST_VEHICLES - 1):
        await vehicles.add_vehicle(budi, **good, key=str(number))
    with pytest.raises(TooManyVehicles):
        await vehicles.add_vehicle(budi, **good, key="more")


async def test_an_approved_paper_counts_and_replaces_the_one_before(db: Settings) -> None:
    coop = await stage.cooperative("DRV")
    row, budi = await stage.driver(coop, "Budi")
    chair = await stage.officer(coop)
    first = await shown(budi, db.folder, days=100)
    await papers.approve_paper(chair, paper_id=first.pk, key="a")
    second = await shown(budi, db.folder, days=500)
    await papers.approve_paper(chair, paper_id=second.pk, key="b")
    assert (await Driver.get(pk=row.pk)).licence_expires_on == second.expires_on
    assert [one.pk for one in (await papers.papers_by_driver([row.pk]))[row.pk]] == [second.pk]
    with pytest.raises(PaperDecided):
        await papers.refuse_paper(chair, paper_id=second.pk, reason="Buram", key="c")
    with pytest.raises(PaperDecided):
        await papers.add_photo(budi, paper_id=second.pk, content=photo(), folder=db.folder)


async def test_what_is_refused_of_papers(db: Settings) -> None:
    coop, other = await stage.cooperative("DRV"), await stage.cooperative("LOG")
    _, budi = await stage.driver(coop, "Budi")
    _, siti = await stage.driver(coop, "Siti")
    today = clock.now().date()
    good = {"kind": PaperKind.SIM, "number": "12345", "expires_on": today, "vehicle_id": None}
    for wrong in (
        {"number": "123"},
        {"number": "1" * 41},
        {"expires_on": today - timedelta(days=1)},
        {"expires_on": date(2199, 1, 1)},
        {"kind": PaperKind.STNK},
    ):
        with pytest.raises(Invalid):
            await papers.submit_paper(budi, **{**good, **wrong}, key="w")
    with pytest.raises(NotFound):
        await papers.submit_paper(Actor(account_id=(await stage.account("Orang")).pk), **good, key="w")
    paper = await papers.submit_paper(budi, **good, key="a")
    with pytest.raises(NotAPicture):
        await papers.add_photo(budi, paper_id=paper.pk, content=b"%PDF-1.7", folder=db.folder)
    with pytest.raises(NotFound):
        await papers.add_photo(siti, paper_id=paper.pk, content=photo(), folder=db.folder)
    chair = await stage.officer(coop)
    with pytest.raises(PaperDecided):  # nobody approves what he has not seen
        await papers.approve_paper(chair, paper_id=paper.pk, key="b")
    await papers.add_photo(budi, paper_id=paper.pk, content=photo(), folder=db.folder)
    for looker in (siti, await stage.officer(other)):
        with pytest.raises(NotFound):
            await papers.read_photo(looker, paper.pk, db.folder)
        with pytest.raises(NotFound):
            await papers.approve_paper(looker, paper_id=paper.pk, key="b")
    both = Actor(account_id=budi.account_id, grants=budi.grants | chair.grants)
    with pytest.raises(NotFound):  # an officer who drives does not look at his own
        await papers.approve_paper(both, paper_id=paper.pk, key="b")
    for number in range(papers.MOST_OPEN - 1):
        await papers.submit_paper(budi, **good, key=f"n{number}")
    with pytest.raises(TooManyPapers):
        await papers.submit_paper(budi, **good, key="more")


@given(st.text(alphabet="0123456789ABC", min_size=4, max_size=40))
def test_a_number_is_covered_but_for_its_last_signs(number: str) -> None:
    seen = papers.masked(number)
    covered = seen.count("•")
    assert covered >= 4
    assert number.endswith(seen[covered:])
    assert len(seen) - covered <= 4
    assert number not in seen


@pytest.mark.parametrize(
    ("left", "told"), [(31, 0), (30, 1), (8, 1), (7, 2), (2, 2), (1, 3), (0, 3), (-1, 4), (-400, 4)]
)
def test_reminders_come_at_thirty_seven_and_one_days(left: int, told: int) -> None:
    today = date(2027, 3, 1)
    assert reminders_due(today + timedelta(days=left), today) == told


async def test_each_reminder_is_told_once_in_few_statements_and_photos_go(db: Settings) -> None:
    coop = await stage.cooperative("DRV")
    chair = await stage.officer(coop)
    for name, days in (("Budi", 6), ("Siti", 25), ("Joko", 300)):
        _, actor = await stage.driver(coop, name)
        await papers.approve_paper(chair, paper_id=(await shown(actor, db.folder, days=days)).pk, key=name)
    assert await reminding.remind(None) == 2
    with count_statements() as counted:
        assert await reminding.remind(None) == 0
    assert counted.number <= 3
    assert sorted([row.reminders for row in await DriverPaper.all()]) == [0, 1, 2]

    adapters = SimpleNamespace(settings=db)
    assert await reminding.erase_photos(adapters) == 0
    old = await DriverPaper.all().order_by("expires_on").first()
    assert old is not None
    path = papers.path_of(db.folder, old.photo_hash or "")
    assert path.is_file()
    await DriverPaper.filter(pk=old.pk).update(state=PaperState.REFUSED, decided_at=clock.now() - timedelta(days=91))
    assert await reminding.erase_photos(adapters) == 1
    assert not path.exists()


async def test_drivers_lists_cost_the_same_at_one_and_many(db: Settings) -> None:
    coop = await stage.cooperative("DRV")
    ids = []
    for number in range(5):
        row, actor = await stage.driver(coop, f"Budi {number}")
        await shown(actor, db.folder)
        ids.append(row.pk)
    for some in (ids[:1], ids):
        with count_statements() as counted:
            await papers.papers_by_driver(some)
            await vehicles.vehicles_by_driver(some)
            await drivers.drivers_by_id(some)
        assert counted.number == 3


async def test_who_never_showed_a_paper_is_reminded_of_the_day_that_he_named(db: Settings) -> None:
    coop = await stage.cooperative("DRV")
    today = clock.now().date()
    row, _ = await stage.driver(coop, "Budi")
    await stage.driver(coop, "Siti")  # hers holds for 300 days
    await Driver.filter(pk=row.pk).update(
        licence_expires_on=today + timedelta(days=5), insurance_expires_on=today + timedelta(days=31)
    )
    assert await reminding.remind(None) == 1
    assert await reminding.remind(None) == 0
    (paper,) = await DriverPaper.all()
    assert (paper.driver_id, paper.kind, paper.reminders) == (row.pk, PaperKind.SIM, 2)
