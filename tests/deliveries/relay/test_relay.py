"""Through a hub: windows, custody, money, and the way back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cooperatives.ledger.service import Purpose as P
from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import Obligation
from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries import mending, reading, service
from marketplace.deliveries.dispatch import searching, standings, ways
from marketplace.deliveries.dispatch.models import DriverStanding
from marketplace.deliveries.dispatch.ways import StopKind
from marketplace.deliveries.lifecycle import FailureCode, JobState, WrongJobState
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Driver, Drop
from marketplace.deliveries.pins import WrongPin
from marketplace.deliveries.relay import ahead, hubs, legs, planning, returning
from marketplace.deliveries.relay.ahead import Ahead
from marketplace.deliveries.relay.hubs import HubWish
from marketplace.deliveries.relay.models import Hub, RelayLeg
from marketplace.deliveries.relay.planning import LegWish
from marketplace.deliveries.relay.pricing import leg_prices
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor
from marketplace.orders.models import PaymentMethod
from marketplace.tariffs.rules import Point
from tests.deliveries import offering, stage
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio
HUB_PLACE = {"lat": -7.262, "lon": 112.752}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    clock.use(None)


class Town:
    """FOD sells; DRV carries the first leg, LOG the second; FOD's hub stands between, kept by Bu Tin."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.keys = 0

    async def build(self, method: PaymentMethod = PaymentMethod.CASH, job_limit: int = 1) -> "Town":
        self.food, self.ojek, self.truck = [await stage.cooperative(code) for code in ("FOD", "DRV", "LOG")]
        await stage.ally(self.food, self.ojek)
        await stage.ally(self.food, self.truck, 9_000)
        self.chair = await stage.officer(self.food)
        tin = await stage.account("Bu Tin")
        self.keeper = Actor(account_id=tin.pk)
        wish = HubWish("Pangkalan Wonokromo", "Jl. Stasiun 1", **HUB_PLACE, hours=None, keepers=(tin.phone,))
        self.hub = await hubs.save_hub(self.chair, cooperative_id=self.food.pk, hub_id=None, wish=wish, key="hub")
        self.shop, _ = await stage.seller(self.food)
        self.order = await stage.sub_order(self.shop, await stage.account("Ani"), method=method)
        self.job = await stage.job_of(self.order)
        limits = {"job_limit": job_limit}
        self.budi, self.budis = await stage.on_shift(self.ojek, "Budi", cash_limit=10_000, **limits)
        self.siti, self.sitis = await stage.on_shift(self.truck, "Siti", cash_limit=2_000_000, **limits)
        return self

    def wait(self, **more: float) -> None:
        self.now += timedelta(**more)
        clock.use(lambda: self.now)

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    async def plan(self, opens: float = 1, closes: float = 3) -> DeliveryJob:
        """The second leg opens and closes so many hours from now."""
        first = LegWish(self.hub.pk, 6_000, None, self.now + timedelta(hours=2))
        second = LegWish(None, 4_000, self.now + timedelta(hours=opens), self.now + timedelta(hours=closes))
        return await planning.plan_relay(self.chair, job_id=self.job.pk, legs=[first, second], key=self.key())

    async def seen(self, actor: Actor) -> list[UUID]:
        page = await reading.job_board(
            actor, near=stage.SURABAYA, radius_m=5_000, first=20, after=None, dispatch=BOARD
        )
        return [job.pk for job in page.rows]

    async def fetch(self, actor: Actor, pin: str) -> DeliveryJob:
        ask: dict[str, Any] = {"job_id": self.job.pk}
        await service.claim_job(actor, **ask, key=self.key(), dispatch=BOARD)
        await service.arrive_at_pickup(actor, **ask, key=self.key())
        return await service.confirm_pickup(actor, **ask, pin=pin, place=None, key=self.key(), signer=SIGNER)

    async def hand_in(self, actor: Actor, pin: str | None = None) -> DeliveryJob:
        leg = await RelayLeg.get(job_id=self.job.pk, position=0)
        return await legs.hand_in(
            actor, job_id=self.job.pk, pin=pin or leg.in_pin, place=None, key=self.key(), signer=SIGNER
        )

    async def deliver(self, actor: Actor) -> DeliveryJob:
        ask: dict[str, Any] = {"job_id": self.job.pk, "drop_id": None}
        await service.arrive_at_drop_off(actor, **ask, key=self.key())
        return await service.confirm_drop_off(actor, **ask, pin="2222", place=None, key=self.key(), signer=SIGNER)

    async def chain(self) -> list[tuple[str, UUID, UUID]]:
        rows = await CustodyReceipt.all().order_by("position")
        return [(row.hand_over.value, row.giver_id, row.taker_id) for row in rows]


async def test_each_driver_is_told_and_measured_by_his_own_leg(db: object) -> None:
    town = await Town().build()
    job = await town.plan()
    drop = await Drop.get(job_id=job.pk)
    hub, door = Point(**HUB_PLACE), Point(drop.lat, drop.lon)

    async def told(driver: Driver) -> list[tuple[StopKind, float]]:
        stops = (await ways.ways_by_driver([driver.pk]))[driver.pk]
        return [(stop.kind, stop.stop.place[0]) for stop in stops]

    first = (await ahead.legs_ahead([job]))[job.pk]
    assert first == Ahead.along(Point(job.pickup_lat, job.pickup_lon), hub)
    assert first.ride_m < job.distance_m
    await service.claim_job(town.budis, job_id=job.pk, key=town.key(), dispatch=BOARD)
    assert await told(town.budi) == [(StopKind.PICKUP, job.pickup_lat), (StopKind.HAND_IN, hub.lat)]
    await service.arrive_at_pickup(town.budis, job_id=job.pk, key=town.key())
    await service.confirm_pickup(town.budis, job_id=job.pk, pin="1111", place=None, key=town.key(), signer=SIGNER)
    assert await told(town.budi) == [(StopKind.HAND_IN, hub.lat)]
    waits = await town.hand_in(town.budis)
    assert (await ahead.legs_ahead([waits]))[job.pk] == Ahead.along(hub, door)
    town.wait(hours=1.5)
    await legs.publish_due()
    await service.claim_job(town.sitis, job_id=job.pk, key=town.key(), dispatch=BOARD)
    assert await told(town.siti) == [(StopKind.PICKUP, hub.lat), (StopKind.DROP_OFF, door.lat)]


async def test_the_second_leg_opens_when_the_goods_stand_there_and_its_window_is_open(db: object) -> None:
    town = await Town().build()
    await town.plan()
    assert await town.seen(town.budis) == [town.job.pk]  # and her cash at the door is not his to collect
    await town.fetch(town.budis, "1111")
    with pytest.raises(WrongJobState):  # his leg ends at the hub, at no door
        await service.arrive_at_drop_off(town.budis, job_id=town.job.pk, drop_id=None, key="door")
    with pytest.raises(WrongPin):
        await town.hand_in(town.budis, "xxxx")
    job = await town.hand_in(town.budis)
    assert (job.state, job.driver_id, job.hub_id, job.pickup_name) == (
        JobState.AT_HUB,
        None,
        town.hub.pk,
        "Pangkalan Wonokromo",
    )
    assert await town.seen(town.sitis) == []
    assert await legs.publish_due() == 0  # an hour too early
    with pytest.raises(WrongJobState):
        await service.claim_job(town.sitis, job_id=town.job.pk, key="early", dispatch=BOARD)
    assert await stage.what_is_broken(SIGNER) == []
    town.wait(hours=1)
    assert (await legs.publish_due(), await legs.publish_due()) == (1, 0)
    assert await town.seen(town.sitis) == [town.job.pk]
    town.wait(hours=2)  # nobody came within the window
    assert await mending.sweep_unserved(None) == 1
    job = await DeliveryJob.get(pk=town.job.pk)
    assert job.state is JobState.AT_HUB
    assert await town.seen(town.sitis) == []
    assert await legs.publish_due() == 0
    ask: dict[str, Any] = {"job_id": town.job.pk, "key": "window"}
    with pytest.raises(NotFound):
        await planning.move_window(town.keeper, opens_at=town.now, closes_at=town.now, **ask)
    with pytest.raises(Invalid):
        await planning.move_window(town.chair, opens_at=town.now, closes_at=town.now, **ask)
    until = town.now + timedelta(hours=1)
    await planning.move_window(town.chair, opens_at=town.now, closes_at=until, **ask)
    assert await legs.publish_due() == 1
    job = await town.fetch(town.sitis, job.pickup_pin)
    assert (job.state, job.hub_id) == (JobState.CARRYING, None)
    assert (await town.deliver(town.sitis)).state is JobState.DELIVERED
    assert await stage.what_is_broken(SIGNER) == []


@pytest.mark.parametrize("method", [PaymentMethod.CASH, PaymentMethod.ONLINE])
async def test_each_leg_gets_its_part_and_each_hand_over_its_receipt(db: object, method: PaymentMethod) -> None:
    town = await Town().build(method)
    await town.plan(opens=0)
    await town.fetch(town.budis, "1111")
    job = await town.hand_in(town.budis)  # put out at once: the window is open
    assert job.state is JobState.OPEN
    await town.fetch(town.sitis, job.pickup_pin)
    await town.deliver(town.sitis)
    (drop,) = await Drop.all()
    assert await town.chain() == [
        ("PICKUP", town.job.seller_id, town.budi.pk),
        ("HUB_IN", town.budi.pk, town.hub.pk),
        ("HUB_OUT", town.hub.pk, town.siti.pk),
        ("DROP_OFF", town.siti.pk, drop.pk),
    ]
    # 12,000: 7,200 to the first leg (8 % stay with its co-op), 4,800 to the second, of which FOD keeps a tenth
    assert await stage.amount(town.ojek, P.DRIVER_PAYABLE, town.budi.account_id) == 6_624
    assert await stage.amount(town.ojek, P.DELIVERY_INCOME) == 576
    assert await stage.amount(town.truck, P.DRIVER_PAYABLE, town.siti.account_id) == 3_974
    assert await stage.amount(town.truck, P.DELIVERY_INCOME) == 346
    assert await stage.amount(town.food, P.DELIVERY_INCOME) == 480
    assert sum((6_624, 576, 3_974, 346, 480)) == 12_000
    receipts = {row.hand_over.value: row.pk for row in await CustodyReceipt.all()}
    owed = await Obligation.filter(creditor_id=town.ojek.pk)
    assert {row.debtor_id: row.amount for row in owed} == {town.truck.pk: 6_480, town.food.pk: 720}
    assert {row.receipt_id for row in owed} == {receipts["HUB_IN"]}
    assert await stage.what_is_broken(SIGNER) == []
    one, two = await planning.legs_of(town.job.pk)
    assert (one.hosting, one.carrier_share, one.driver_share) == (0, 576, 6_624)
    assert (two.hosting, two.carrier_share, two.driver_share) == (480, 346, 3_974)
    for coop, driver, own in ((town.ojek, town.budi, 6_624), (town.truck, town.siti, 3_974)):
        await standings.reckon(coop.pk)
        counted = await DriverStanding.get(pk=driver.pk)
        assert (counted.earned, counted.last_job_at is not None) == (own, True)  # each his own leg, by which he ranks
    await RelayLeg.filter(pk=one.pk).update(driver_share=6_625)
    (finding,) = await stage.what_is_broken(SIGNER)
    assert finding.rule == "7 what the legs of a delivery through hubs got sums to its fare"


async def test_a_driver_is_offered_the_price_of_his_own_leg(db: object) -> None:
    town = await Town().build()
    await offering.adopted(town.food, allies_from_round=1)
    await town.plan(opens=0)
    await searching.on_opened(None, offering.event("job.opened", town.job))
    offer = (await offering.open_offers(town.job))["Budi"]
    assert (offer.price, offer.own_share) == (7_200, 6_624)  # as the leg is settled above
    assert "Siti" in await offering.open_offers(town.job)
    job = await DeliveryJob.get(pk=town.job.pk)
    assert await leg_prices([job]) == {job.pk: 7_200}
    job.legs_left = 0
    assert await leg_prices([job]) == {job.pk: 4_800}
    assert await leg_prices([]) == {}


async def test_what_comes_back_stands_at_the_hub_for_the_seller(db: object) -> None:
    town = await Town().build(PaymentMethod.ONLINE)
    await town.plan(opens=0)
    await town.fetch(town.budis, "1111")
    job = await town.hand_in(town.budis)
    await town.fetch(town.sitis, job.pickup_pin)
    await service.fail_drop_off(
        town.sitis, job_id=town.job.pk, drop_id=None, code=FailureCode.REFUSED, text="", key="fail"
    )
    job = await town.hand_in(town.sitis)
    assert (job.state, job.hub_id) == (JobState.AT_HUB, town.hub.pk)
    assert await legs.publish_due() == 0
    assert await stage.what_is_broken(SIGNER) == []
    ask: dict[str, Any] = {"job_id": town.job.pk, "pin": job.return_pin, "signer": SIGNER}
    with pytest.raises(NotFound):  # only who keeps the hub gives out
        await returning.return_from_hub(town.chair, **ask, key="r")
    job = await returning.return_from_hub(town.keeper, **ask, key="r")
    assert job.state is JobState.RETURNED
    assert [kind for kind, _, _ in await town.chain()] == ["PICKUP", "HUB_IN", "HUB_OUT", "HUB_IN", "RETURN"]
    assert (await town.chain())[-1][1:] == (town.hub.pk, town.job.seller_id)
    assert await stage.amount(town.ojek, P.DRIVER_PAYABLE, town.budi.account_id) == 6_624
    assert [found for found in await stage.what_is_broken(SIGNER) if found.rule[0] == "5"] == []


async def test_the_hubs_co_op_answers_for_what_is_spoilt_there(db: object) -> None:
    town = await Town().build()
    await town.plan()
    await town.fetch(town.budis, "1111")
    job = await town.hand_in(town.budis)
    ask: dict[str, Any] = {"job_id": town.job.pk, "code": FailureCode.DAMAGED, "reason": "Atap bocor", "key": "t"}
    with pytest.raises(NotFound):
        await legs.turn_back(town.keeper, **ask)
    await legs.turn_back(town.chair, **ask)
    await returning.return_from_hub(town.keeper, job_id=town.job.pk, pin=job.return_pin, key="r", signer=SIGNER)
    assert await stage.amount(town.food, P.GOODS_LOSS_EXPENSE) == 47_500
    assert await stage.amount(town.food, P.DELIVERY_EXPENSE) == 12_000  # the leg that was done is paid
    assert await stage.amount(town.ojek, P.DRIVER_PAYABLE, town.budi.account_id) == 11_040
    assert await stage.what_is_broken(SIGNER) == []


async def test_a_booked_delivery_is_relayed_too(db: object) -> None:
    town = await Town().build()
    job = await stage.job_of(await stage.sub_order((await stage.seller(town.food))[0], await stage.account("X")))
    await DeliveryJob.filter(pk=job.pk).update(sub_order_id=None, fare_payer="SELLER_PAYABLE", cash_to_collect=0)
    await Drop.filter(job_id=job.pk).update(cash_to_collect=0)
    town.job = await DeliveryJob.get(pk=job.pk)
    await town.plan(opens=0)
    await town.fetch(town.budis, "1111")
    pin = (await town.hand_in(town.budis)).pickup_pin
    await town.fetch(town.sitis, pin)
    await town.deliver(town.sitis)
    assert await stage.amount(town.food, P.SELLER_PAYABLE, town.job.seller_id) == -12_000
    assert await stage.amount(town.ojek, P.DRIVER_PAYABLE, town.budi.account_id) == 6_624
    assert await stage.amount(town.truck, P.DRIVER_PAYABLE, town.siti.account_id) == 3_974
    assert await stage.what_is_broken(SIGNER) == []


async def test_plans_that_cannot_be(db: object) -> None:
    town = await Town().build()
    theirs = await stage.officer(town.truck)
    far: Cooperative = await stage.cooperative("FAR")
    alien = await Hub.create(cooperative_id=far.pk, name="X", address="X", lat=0, lon=0, zone="Asia/Jakarta")

    def hour(number: float) -> datetime:
        return town.now + timedelta(hours=number)

    async def plan(*wishes: LegWish, by: Actor = town.chair) -> None:
        await planning.plan_relay(by, job_id=town.job.pk, legs=list(wishes), key=str(new_id()))

    first, last = LegWish(town.hub.pk, 5_000, None, hour(1)), LegWish(None, 5_000, hour(1), hour(2))
    with pytest.raises(NotFound):
        await plan(first, last, by=theirs)
    with pytest.raises(NotFound):  # a hub of a co-op that is no ally
        await plan(LegWish(alien.pk, 5_000, None, hour(1)), last)
    for wishes in (
        [last],
        [first, LegWish(None, 4_999, hour(1), hour(2))],
        [first, first, last],
        [last, first],
        [LegWish(town.hub.pk, 5_000, hour(0), hour(1)), last],
        [first, LegWish(None, 5_000, hour(2), hour(1))],
        [first, LegWish(None, 5_000, hour(1), hour(1 + 7 * 24 + 1))],
    ):
        with pytest.raises(Invalid):
            await plan(*wishes)
    await Hub.filter(pk=town.hub.pk).update(opening_hours=[[hour(30).weekday(), 600, 601]])
    with pytest.raises(Invalid):  # closed in all of the window
        await plan(first, last)
    assert await RelayLeg.all().count() == 0
    assert (await DeliveryJob.get(pk=town.job.pk)).legs_left is None
