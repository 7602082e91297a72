"""Deliveries booked alone: priced by the tariff, paid by the seller, cash collected on his behalf."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.ledger.service import Purpose as P
from cooperatives.settlements.models import Obligation
from marketplace import clock
from marketplace.deliveries import custody, fares, mending, opening, service
from marketplace.deliveries.bookings.fares import fare_along
from marketplace.deliveries.lifecycle import DropState, FailureCode, JobState
from marketplace.deliveries.models import DeliveryJob, Drop, FarePayer
from marketplace.deliveries.opening import DropWish, TooFar
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor
from marketplace.tariffs.pricing import Goods, estimated_way
from marketplace.tariffs.rules import DEFAULT_TERMS, InForce
from marketplace.tariffs.zones import Point
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio


def wish(lat: float = -7.27, cash: int = 0) -> DropWish:
    return DropWish("Ani", "+6281200000001", "Jl. Mawar 5", "", lat, 112.75, cash)


async def book(
    seller: Actor, shop_id: object, *drops: DropWish, payer: FarePayer = FarePayer.SELLER_PAYABLE
) -> DeliveryJob:
    return await opening.book_delivery(
        seller, seller_id=shop_id, drops=drops, weight_g=1_000, fare_payer=payer, key="b"
    )


async def carry(driver: Actor, job: DeliveryJob) -> list[Drop]:
    await service.claim_job(driver, job_id=job.pk, key="c", dispatch=BOARD)
    await service.arrive_at_pickup(driver, job_id=job.pk, key="a")
    await service.confirm_pickup(driver, job_id=job.pk, pin=job.pickup_pin, place=None, key="p", signer=SIGNER)
    return await Drop.filter(job_id=job.pk).order_by("position")


async def hand_over(driver: Actor, job: DeliveryJob, drop: Drop) -> DeliveryJob:
    await service.arrive_at_drop_off(driver, job_id=job.pk, drop_id=drop.pk, key=f"a{drop.position}")
    return await service.confirm_drop_off(
        driver, job_id=job.pk, drop_id=drop.pk, pin=drop.pin, place=None, key=f"d{drop.position}", signer=SIGNER
    )


@given(st.lists(st.floats(-7.4, -7.2), min_size=1, max_size=10), st.integers(0, 50_000))
def test_the_parts_of_a_route_sum_to_its_price(lats: list[float], weight_g: int) -> None:
    stops = [Point(-7.26, 112.75), *(Point(lat, 112.75) for lat in lats)]
    way = estimated_way(DEFAULT_TERMS, stops)
    try:
        fare = fare_along(InForce(), stops, way, Goods(weight_g), at=clock.now(), region_of=lambda _: "")
    except TooFar:
        return
    assert sum(fare.parts) == fare.price == fare.reckoned.total
    assert len(fare.parts) == len(fare.legs_m) == len(lats)


@given(st.integers(0, 10**9), st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_fare_is_shared_out_whole(price: int, share_bp: int, cut_bp: int) -> None:
    parts = fares.split_fare(price, carrier_share_bp=share_bp, carrier_cut_bp=cut_bp)
    assert parts.hosting + parts.carrier + parts.driver == price
    assert min(parts.hosting, parts.carrier, parts.driver) >= 0


@pytest.mark.parametrize("payer", [FarePayer.SELLER_PAYABLE, FarePayer.CASH_AT_PICKUP])
async def test_a_booked_delivery_pays_carrier_and_driver(db: object, payer: FarePayer) -> None:
    a, b = await stage.cooperative("MKT"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    shop, seller = await stage.seller(a)
    driver, actor = await stage.on_shift(b, "Budi")
    job = await book(seller, shop.pk, wish(cash=75_000), payer=payer)
    assert (await book(seller, shop.pk, wish(cash=75_000), payer=payer)).pk == job.pk
    (drop,) = await carry(actor, job)
    assert (await hand_over(actor, job, drop)).state is JobState.DELIVERED
    fare_cash = job.price if payer is FarePayer.CASH_AT_PICKUP else 0
    assert await stage.amount(b, P.CASH_WITH_DRIVER, driver.account_id) == 75_000 + fare_cash
    assert await stage.amount(a, P.SELLER_PAYABLE, shop.pk) == 75_000 + fare_cash - job.price
    income = await stage.amount(b, P.DELIVERY_INCOME)
    assert income + await stage.amount(b, P.DRIVER_PAYABLE, driver.account_id) == job.price
    assert await stage.amount(b, P.DUE_TO, a.pk) == await stage.amount(a, P.DUE_FROM, b.pk)
    assert await stage.amount(a, P.DUE_TO, b.pk) == await stage.amount(b, P.DUE_FROM, a.pk) == job.price
    owed = sum(o.amount if o.debtor_id == a.pk else -o.amount for o in await Obligation.all())
    assert owed == job.price - 75_000 - fare_cash
    assert await stage.what_is_broken() == []


async def test_failing_one_of_three_drops_reprices_and_brings_it_back(db: object) -> None:
    a = await stage.cooperative("MKT")
    shop, seller = await stage.seller(a)
    _, actor = await stage.on_shift(a, "Budi")
    job = await book(seller, shop.pk, wish(-7.27), wish(-7.28), wish(-7.29))
    first, second, third = await carry(actor, job)
    await hand_over(actor, job, first)
    kept = await service.fail_drop_off(
        actor, job_id=job.pk, drop_id=second.pk, code=FailureCode.REFUSED, text="", key="f"
    )
    assert (kept.state, kept.price) == (JobState.CARRYING, job.price - second.price)
    turned = await hand_over(actor, job, third)
    assert turned.state is JobState.RETURNING
    back = await service.confirm_return(
        actor, job_id=job.pk, pin=turned.return_pin, place=None, key="r", signer=SIGNER
    )
    assert back.state is JobState.RETURNED
    states = [drop.state for drop in await Drop.filter(job_id=job.pk).order_by("position")]
    assert states == [DropState.DELIVERED, DropState.RETURNED, DropState.DELIVERED]
    assert await stage.amount(a, P.SELLER_PAYABLE, shop.pk) == -kept.price
    receipts = (await custody.receipts_by_job([job.pk]))[job.pk]
    for drop in (first, second, third):
        chain = [receipt for receipt in receipts if receipt.drop_id == drop.pk]
        assert len(chain) == 2
        assert custody.broken_links(chain, signer=SIGNER, seller_id=shop.pk) == []
    assert await stage.what_is_broken() == []


async def test_the_last_drop_taken_out_cancels_the_job(db: object) -> None:
    a = await stage.cooperative("MKT")
    shop, seller = await stage.seller(a)
    job = await book(seller, shop.pk, wish(-7.27), wish(-7.28, cash=10_000))
    alone = await opening.book_delivery(
        seller, seller_id=shop.pk, drops=[wish(-7.27)], weight_g=1_000, fare_payer=job.fare_payer, key="alone"
    )
    first, second = await Drop.filter(job_id=job.pk).order_by("position")
    left = await mending.cancel_drop(seller, job_id=job.pk, drop_id=second.pk, reason="not wanted", key="1")
    assert (left.state, left.price, left.cash_to_collect) == (JobState.OPEN, alone.price, 0)
    assert (await Drop.get(pk=first.pk)).price == alone.price  # as dear as if it had been booked so
    left = await mending.cancel_drop(seller, job_id=job.pk, drop_id=first.pk, reason="not wanted", key="2")
    assert left.state is JobState.CANCELLED


async def test_only_the_shops_people_book(db: object) -> None:
    a = await stage.cooperative("MKT")
    shop, _ = await stage.seller(a)
    _, other = await stage.seller(a)
    with pytest.raises(NotFound):
        await book(other, shop.pk, wish())
    assert await DeliveryJob.all().count() == 0


async def test_bad_wishes_are_refused(db: object) -> None:
    a = await stage.cooperative("MKT")
    shop, seller = await stage.seller(a)
    with pytest.raises(TooFar):
        await book(seller, shop.pk, wish(-8.5))
    for bad in (wish(-97.0), wish(cash=-1), DropWish("", "", "x", "", -7.2, 112.7), DropWish("x", "", "", "", 0, 0)):
        with pytest.raises(Invalid):
            await book(seller, shop.pk, bad)
    with pytest.raises(Invalid):
        await book(seller, shop.pk)
    with pytest.raises(Invalid):
        await book(seller, shop.pk, wish(), payer=FarePayer.ORDER)
    assert await DeliveryJob.all().count() == 0
