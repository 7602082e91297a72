"""A co-op's plan of shifts: posted, booked within what is wanted, swapped, called off, kept to; and the way home."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.membership.models import Cooperative, Membership, MembershipState
from marketplace import clock
from marketplace.deliveries import homeward, shifts
from marketplace.deliveries.custody import Place
from marketplace.deliveries.roster import slots
from marketplace.deliveries.roster.models import HomeDirection, ShiftSlot, SlotBooking
from marketplace.deliveries.roster.slots import NotOffered, Overlapping, SlotFull, SlotOver, SlotWish, TooManyBookings
from marketplace.deliveries.roster.way_home import gain_m
from marketplace.deliveries.shifts import NotOnShift
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Forbidden, Role
from marketplace.tariffs.rules import Point
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.stage import SURABAYA

pytestmark = pytest.mark.anyio

NOON = datetime(2027, 3, 1, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


def wish(starts: float, hours: float = 4, wanted: int = 2, **more: Any) -> SlotWish:
    return SlotWish(NOON + starts * HOUR, NOON + (starts + hours) * HOUR, wanted, **more)


async def plan(coop: Cooperative, *wishes: SlotWish, key: str = "plan") -> list[ShiftSlot]:
    planner = await stage.officer(coop, Role.DISPATCHER)
    return await slots.post_slots(planner, cooperative_id=coop.pk, slots=wishes, key=key)


async def test_a_plan_is_posted_whole_booked_swapped_and_kept_to(db: object) -> None:
    coop = await stage.cooperative("DRV")
    lunch, dinner = await plan(coop, wish(1, note="Makan siang"), wish(6, wanted=1))
    (budi_row, budi), (_, siti), (_, joko) = [await stage.driver(coop, name) for name in ("Budi", "Siti", "Joko")]
    mine = await slots.book_slot(budi, slot_id=dinner.pk, key="b")
    assert (await slots.book_slot(budi, slot_id=dinner.pk, key="again")).pk == mine.pk
    with pytest.raises(SlotFull):
        await slots.book_slot(siti, slot_id=dinner.pk, key="s")
    with pytest.raises(NotOffered):
        await slots.take_booking(siti, booking_id=mine.pk, key="t")
    await slots.offer_booking(budi, booking_id=mine.pk, key="o")
    with pytest.raises(NotOffered):
        await slots.take_booking(budi, booking_id=mine.pk, key="own")
    hers = await slots.take_booking(siti, booking_id=mine.pk, key="t")
    assert (await slots.take_booking(siti, booking_id=mine.pk, key="t")).pk == hers.pk
    with pytest.raises(NotOffered):
        await slots.take_booking(joko, booking_id=mine.pk, key="late")
    assert (await ShiftSlot.get(pk=dinner.pk)).booked == 1
    await slots.give_back_booking(siti, booking_id=hers.pk, key="g")
    assert (await ShiftSlot.get(pk=dinner.pk)).booked == 0
    assert (await slots.book_slot(budi, slot_id=dinner.pk, key="b2")).pk == mine.pk  # his row, taken anew

    at_lunch = await slots.book_slot(budi, slot_id=lunch.pk, key="l")
    clock.use(lambda: NOON + 0.6 * HOUR)
    await shifts.start_shift(budi, place=SURABAYA)  # a little early
    assert (await SlotBooking.get(pk=at_lunch.pk)).started_at is not None
    assert (await SlotBooking.get(pk=mine.pk)).started_at is None
    assert await slots.planned_ends([budi_row.pk], clock.now()) == {budi_row.pk: lunch.ends_at}
    assert [row.pk for row in await slots.bookings_ahead(budi_row.pk)] == [at_lunch.pk, mine.pk]


async def test_of_all_who_book_at_once_as_many_as_are_wanted_get_a_place(db: object) -> None:
    coop = await stage.cooperative("DRV")
    (slot,) = await plan(coop, wish(1, wanted=3))
    drivers = [await stage.driver(coop, f"Budi {number}") for number in range(8)]
    tried = await asyncio.gather(
        *(slots.book_slot(actor, slot_id=slot.pk, key="b") for _, actor in drivers), return_exceptions=True
    )
    assert sum(isinstance(one, SlotBooking) for one in tried) == 3
    assert sum(isinstance(one, SlotFull) for one in tried) == 5
    assert (await ShiftSlot.get(pk=slot.pk)).booked == 3


async def test_what_is_refused(db: object, monkeypatch: pytest.MonkeyPatch) -> None:
    coop, other = await stage.cooperative("DRV"), await stage.cooperative("LOG")
    one, overlapping, soon = await plan(coop, wish(1), wish(3), wish(0.2, hours=0.6))
    chair = await stage.officer(coop)
    (_, budi), (_, stranger) = await stage.driver(coop, "Budi"), await stage.driver(other, "X")
    booked = await slots.book_slot(budi, slot_id=one.pk, key="b")
    gone, gone_actor = await stage.driver(coop, "Pergi")
    await Membership.filter(account_id=gone.account_id).update(state=MembershipState.ENDED)
    posting = {"cooperative_id": coop.pk, "key": "p"}
    tries: list[tuple[Any, type[MarketplaceError]]] = [
        (slots.post_slots(budi, slots=[wish(1)], **posting), Forbidden),
        (slots.post_slots(await stage.officer(other), slots=[wish(1)], **posting), Forbidden),
        (slots.post_slots(chair, slots=[], **posting), Invalid),
        (slots.post_slots(chair, slots=[wish(1)] * 101, **posting), Invalid),
        (slots.post_slots(chair, slots=[wish(1), wish(-1)], **posting), Invalid),
        (slots.post_slots(chair, slots=[wish(1, hours=0.4)], **posting), Invalid),
        (slots.post_slots(chair, slots=[wish(1, hours=17)], **posting), Invalid),
        (slots.post_slots(chair, slots=[wish(1, wanted=0)], **posting), Invalid),
        (slots.post_slots(chair, slots=[wish(24 * 61)], **posting), Invalid),
        (slots.book_slot(budi, slot_id=overlapping.pk, key="o"), Overlapping),
        (slots.book_slot(stranger, slot_id=one.pk, key="x"), NotFound),
        (slots.book_slot(gone_actor, slot_id=one.pk, key="x"), NotFound),
        (slots.give_back_booking(stranger, booking_id=booked.pk, key="x"), NotFound),
        (slots.cancel_slot(await stage.officer(other), slot_id=one.pk, reason="x", key="x"), NotFound),
        (slots.cancel_slot(chair, slot_id=one.pk, reason=" ", key="x"), Invalid),
    ]
    for tried, refusal in tries:
        with pytest.raises(refusal):
            await tried
    assert await ShiftSlot.all().count() == 3
    monkeypatch.setattr(slots, "MOST_BOOKED", 1)
    with pytest.raises(TooManyBookings):
        await slots.book_slot(budi, slot_id=soon.pk, key="m")
    clock.use(lambda: NOON + 1.5 * HOUR)
    for late in (
        slots.give_back_booking(budi, booking_id=booked.pk, key="l"),
        slots.offer_booking(budi, booking_id=booked.pk, key="l"),
        slots.cancel_slot(chair, slot_id=one.pk, reason="Hujan", key="l"),
        slots.book_slot(budi, slot_id=soon.pk, key="l"),
    ):
        with pytest.raises(SlotOver):
            await late


async def test_posted_twice_by_one_key_it_stands_once(db: object) -> None:
    coop = await stage.cooperative("DRV")
    planner = await stage.officer(coop)
    wishes = [wish(1), wish(6)]
    first = await slots.post_slots(planner, cooperative_id=coop.pk, slots=wishes, key="p")
    again = await slots.post_slots(planner, cooperative_id=coop.pk, slots=wishes, key="p")
    assert [row.pk for row in again] == [row.pk for row in first]


async def test_the_plan_is_paged_by_time_for_those_whose_it_is(db: object) -> None:
    coop, other = await stage.cooperative("DRV"), await stage.cooperative("LOG")
    await plan(coop, wish(9), wish(1), wish(5))
    _, budi = await stage.driver(coop, "Budi")
    first = await slots.slots_of(budi, coop.pk, since=None, first=2, after=None)
    rest = await slots.slots_of(budi, coop.pk, since=None, first=2, after=first.cursors[-1])
    assert [(row.starts_at - NOON) / HOUR for row in [*first.rows, *rest.rows]] == [1, 5, 9]
    assert (first.has_next, rest.has_next) == (True, False)
    _, stranger = await stage.driver(other, "X")
    for reader in (stranger, Actor()):
        assert (await slots.slots_of(reader, coop.pk, since=None, first=2, after=None)).rows == []
    with count_statements() as counted:
        await slots.slots_of(budi, coop.pk, since=None, first=2, after=None)
        await slots.bookings_by_slot([row.pk for row in first.rows])
    assert counted.number == 2


async def test_a_way_home_is_coarse_lasts_its_time_and_goes_with_the_shift(db: object) -> None:
    coop = await stage.cooperative("DRV")
    row, budi = await stage.driver(coop, "Budi")
    home = Place(-7.123456, 112.654321)
    with pytest.raises(NotOnShift):
        await homeward.go_home(budi, place=home, until=NOON + HOUR)
    await shifts.start_shift(budi, place=SURABAYA)
    for until in (NOON, NOON + 13 * HOUR):
        with pytest.raises(Invalid):
            await homeward.go_home(budi, place=home, until=until)
    await homeward.go_home(budi, place=home, until=NOON + HOUR)
    await homeward.go_home(budi, place=home, until=NOON + 2 * HOUR)  # said anew
    assert await homeward.homes([row.pk], NOON) == {row.pk: Point(-7.123, 112.654)}
    assert await homeward.homes([row.pk], NOON + 2 * HOUR) == {}
    await homeward.stay_out(budi)
    with pytest.raises(NotFound):
        await homeward.stay_out(budi)
    await homeward.go_home(budi, place=home, until=NOON + HOUR)
    clock.use(lambda: NOON + 2 * HOUR)
    assert await homeward.forget(None) == 1
    await homeward.go_home(budi, place=home, until=NOON + 3 * HOUR)
    await shifts.end_shift(budi)
    assert await HomeDirection.all().count() == 0


places = st.builds(Point, st.floats(-8, -6), st.floats(110, 114))


@given(places, places, places)
def test_a_job_gains_at_most_its_own_way_and_back_it_loses_as_much(home: Point, start: Point, end: Point) -> None:
    gained = gain_m(home, start, end)
    assert gained == -gain_m(home, end, start)
    straight = -gain_m(end, end, start)
    assert abs(gained) <= straight * 1.03 + 2  # the plane is flat at another place
    assert gain_m(home, start, home) >= 0
