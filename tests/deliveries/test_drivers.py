"""Drivers and shifts: applying, approval by an officer, limits, and a place that is only coarse."""

from datetime import timedelta

import pytest

from cooperatives.membership.models import Membership, MembershipState
from marketplace import clock
from marketplace.deliveries import drivers, shifts
from marketplace.deliveries.custody import Place
from marketplace.deliveries.drivers import NotADriver, NotYetMember, Vehicle
from marketplace.deliveries.models import Driver, DriverState, Shift, ShiftState, VehicleKind
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Grant, Role
from tests.deliveries import stage

pytestmark = pytest.mark.anyio
MOTORCYCLE = Vehicle(VehicleKind.MOTORCYCLE, "L 1234 AB", 20_000, clock.now().date() + timedelta(days=300), None)


async def test_a_member_applies_and_an_officer_approves(db: object) -> None:
    coop = await stage.cooperative("DRV")
    budi = await stage.account("Budi")
    actor = Actor(account_id=budi.pk)
    applied = await drivers.apply_as_driver(actor, cooperative_id=coop.pk, name="Budi", vehicle=MOTORCYCLE, key="a")
    again = await drivers.apply_as_driver(actor, cooperative_id=coop.pk, name="Budi", vehicle=MOTORCYCLE, key="a")
    assert applied.pk == again.pk
    with pytest.raises(NotADriver):
        await shifts.start_shift(actor, place=Place(-7.26, 112.75))
    chair = await stage.officer(coop)
    with pytest.raises(NotYetMember):
        await drivers.approve_driver(chair, driver_id=applied.pk, key="b")
    await stage.member(coop, budi)
    driver = await drivers.approve_driver(chair, driver_id=applied.pk, cash_limit=200_000, job_limit=2, key="b")
    assert (driver.state, driver.cash_limit, driver.job_limit) == (DriverState.APPROVED, 200_000, 2)
    granted = Actor(account_id=budi.pk, grants=frozenset({Grant(Role.DRIVER, coop.pk)}))
    assert (await shifts.start_shift(granted, place=Place(-7.26, 112.75))).state is ShiftState.ACTIVE


async def test_another_coops_officer_does_not_find_him(db: object) -> None:
    coop, other = await stage.cooperative("DRV"), await stage.cooperative("MKT")
    driver, _ = await stage.driver(coop, "Budi")
    with pytest.raises(NotFound):
        await drivers.suspend_driver(await stage.officer(other), driver_id=driver.pk, reason="x", key="k")
    assert (await Driver.get(pk=driver.pk)).state is DriverState.APPROVED


async def test_a_licence_that_ended_is_refused(db: object) -> None:
    coop = await stage.cooperative("DRV")
    old = Vehicle(VehicleKind.MOTORCYCLE, "L 1 A", 20_000, clock.now().date() - timedelta(days=1), None)
    account = await stage.account("Budi")
    with pytest.raises(Invalid):
        await drivers.apply_as_driver(
            Actor(account_id=account.pk), cooperative_id=coop.pk, name="Budi", vehicle=old, key="a"
        )
    driver, actor = await stage.driver(coop, "Siti")
    await Driver.filter(pk=driver.pk).update(licence_expires_on=clock.now().date() - timedelta(days=1))
    with pytest.raises(shifts.PapersExpired):
        await shifts.start_shift(actor, place=Place(-7.26, 112.75))


async def test_a_shift_keeps_a_coarse_place_at_a_bounded_rate(db: object) -> None:
    coop = await stage.cooperative("DRV")
    _, actor = await stage.driver(coop, "Budi")
    shift = await shifts.start_shift(actor, place=Place(-7.263412, 112.751289))
    assert (shift.lat, shift.lon) == (-7.263, 112.751)
    assert (await shifts.start_shift(actor, place=Place(-7.0, 112.0))).pk == shift.pk
    assert (await shifts.report_position(actor, place=Place(-7.3, 112.8))).lat == -7.263  # too soon
    await Shift.filter(pk=shift.pk).update(placed_at=clock.now() - timedelta(seconds=11))
    assert (await shifts.report_position(actor, place=Place(-7.3, 112.8))).lat == -7.3


async def test_a_pause_is_counted(db: object) -> None:
    coop = await stage.cooperative("DRV")
    _, actor = await stage.driver(coop, "Budi")
    shift = await shifts.start_shift(actor, place=Place(-7.26, 112.75))
    assert (await shifts.pause_shift(actor)).state is ShiftState.PAUSED
    await Shift.filter(pk=shift.pk).update(paused_at=clock.now() - timedelta(minutes=5))
    resumed = await shifts.resume_shift(actor)
    assert resumed.state is ShiftState.ACTIVE
    assert 299 <= resumed.paused_s <= 301
    assert (await shifts.end_shift(actor)).state is ShiftState.ENDED
    with pytest.raises(shifts.NotOnShift):
        await shifts.pause_shift(actor)


async def test_a_forgotten_shift_ends_by_itself(db: object) -> None:
    coop = await stage.cooperative("DRV")
    forgotten, _ = await stage.on_shift(coop, "Budi")
    await stage.on_shift(coop, "Siti")
    await Shift.filter(driver_id=forgotten.pk).update(placed_at=clock.now() - timedelta(hours=13))
    assert await shifts.sweep_forgotten(None) == 1
    assert (await Shift.get(driver_id=forgotten.pk)).state is ShiftState.ENDED
    assert await shifts.sweep_forgotten(None) == 0


async def test_who_left_the_coop_starts_no_shift(db: object) -> None:
    coop = await stage.cooperative("DRV")
    driver, actor = await stage.driver(coop, "Budi")
    await Membership.filter(account_id=driver.account_id).update(state=MembershipState.ENDED)
    with pytest.raises(NotYetMember):
        await shifts.start_shift(actor, place=Place(-7.26, 112.75))
