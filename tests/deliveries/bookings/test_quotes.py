"""A quote binds until it expires, for its asker alone, once, by the version of the tariff and the hour it names."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from marketplace import clock
from marketplace.deliveries.bookings import quoting
from marketplace.deliveries.bookings.models import DeliveryQuote, JobPrice
from marketplace.deliveries.bookings.quoting import DeliveryQuoteExpired, DeliveryQuoteUsed
from marketplace.deliveries.bookings.wishes import Load, Window
from marketplace.deliveries.dispatch import searching
from marketplace.deliveries.dispatch.explaining import Reason
from marketplace.deliveries.limits import OtherVehicleWanted
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, VehicleKind
from marketplace.deliveries.service import claim_job
from marketplace.errors import Invalid, NotFound
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.pricing import TooFar
from marketplace.tariffs.routing.osrm import Osrm
from marketplace.tariffs.rules import DistanceSource, Holiday, PriceLineKind, Surcharge, VehicleRate
from marketplace.tariffs.zones import OutOfZone, Zone
from schema.fares import DeliveryPriceLine
from tests.deliveries import offering, stage
from tests.deliveries.bookings.shop import Shop, at
from tests.deliveries.stage import BOARD
from tests.payments.rails.serving import serving
from tests.tariffs.routers import Engines

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def osrm_url() -> Iterator[str]:
    with serving(Engines().app) as url:
        yield url


def kinds(lines: list[dict[str, object]]) -> list[str]:
    return [str(line["kind"]) for line in lines]


async def test_a_quote_binds_whatever_the_tariff_says_later(db: object) -> None:
    shop = await Shop.open()
    await shop.tariff(base_fare=9_000)
    quote = await shop.quote(-7.27, -7.28)
    await shop.tariff("dearer", base_fare=20_000, zones=(Zone("Jakarta", region_codes=("31",)),))
    job = await shop.book(-7.27, -7.28, quote=quote)
    assert job.price == quote.total == sum(line["amount"] for line in quote.lines)
    assert sum(drop.price for drop in await Drop.filter(job_id=job.pk)) == job.price
    price, used = await JobPrice.get(pk=job.pk), await DeliveryQuote.get(pk=quote.pk)
    assert (price.quote_id, price.tariff_id) == (quote.pk, quote.tariff_id)
    assert (used.job_id, used.used_at is not None) == (job.pk, True)
    assert (await shop.book(-7.27, -7.28, quote=quote)).pk == job.pk  # sent again


async def test_anothers_an_old_and_a_used_quote_are_refused(db: object) -> None:
    shop = await Shop.open()
    quote = await shop.quote(-7.27)
    _, stranger = await stage.seller(shop.coop)
    colleague = await stage.account("Staf")
    staff = type(shop.seller)(account_id=colleague.pk, grants=shop.seller.grants)
    for other in (stranger, staff):
        with pytest.raises(NotFound):
            await shop.book(-7.27, by=other, quote=quote)
    with at(clock.now() + quoting.QUOTE_LIFE), pytest.raises(DeliveryQuoteExpired):
        await shop.book(-7.27, quote=quote)
    await shop.book(-7.27, quote=quote)
    with pytest.raises(DeliveryQuoteUsed):
        await shop.book(-7.27, quote=quote, key="again")
    assert await DeliveryJob.all().count() == 1


async def test_nothing_else_is_booked_than_was_quoted(db: object) -> None:
    shop = await Shop.open()
    quote = await shop.quote(-7.27, load=Load(5_000, 30))
    others = [(-7.28,), (-7.27, -7.28)]
    for lats in others:
        with pytest.raises(Invalid):
            await shop.book(*lats, quote=quote)
    for load in (Load(6_000), Load(0, 31), Load(vehicle=VehicleKind.CAR)):
        with pytest.raises(Invalid):
            await shop.book(-7.27, quote=quote, load=load)
    job = await shop.book(-7.27, quote=quote)
    assert job.weight_g == 5_000


async def test_out_of_zone_and_too_far_are_refused_with_the_reason(db: object) -> None:
    shop = await Shop.open()
    await shop.tariff(zones=(Zone("Surabaya", region_codes=("35.78",), surcharge=500),))
    assert (await shop.quote(-7.27)).zones == ["Surabaya"]
    with pytest.raises(OutOfZone, match="Drop 2 lies outside of the zones that the co-op serves: Surabaya"):
        await shop.quote(-7.27, -7.45)
    await shop.tariff("near", max_distance_m=1_000)
    with pytest.raises(TooFar):
        await shop.quote(-7.28)


async def test_hours_holiday_weather_and_vehicle_are_those_of_the_window(db: object) -> None:
    shop = await Shop.open()
    natal = datetime.fromisoformat("2026-12-25T09:00:00+07:00")
    with at(natal - timedelta(days=2)):
        await shop.tariff(
            holiday=Surcharge(3_000),
            holidays=(Holiday(natal.date(), "Natal"),),
            rain=Surcharge(2_000),
            vehicles=(VehicleRate("CAR", Surcharge(8_000)),),
        )
        await tariffs.switch_rain(shop.chair, cooperative_id=shop.coop.pk, minutes=60)
        now = await shop.quote(-7.27)
        window = Window(natal, natal + timedelta(hours=1))
        then = await shop.quote(-7.27, load=Load(0, 0, VehicleKind.CAR, window))
        assert kinds(now.lines) == ["BASE", "RAIN"]
        assert kinds(then.lines) == ["BASE", "VEHICLE", "HOLIDAY"]
        await tariffs.switch_rain(shop.chair, cooperative_id=shop.coop.pk, minutes=0)
        assert kinds((await shop.quote(-7.27)).lines) == ["BASE"]


async def test_a_tariff_that_is_set_for_later_holds_from_its_day(db: object) -> None:
    shop = await Shop.open()
    day = clock.now() + timedelta(days=3)
    await shop.tariff(base_fare=9_000)
    await shop.tariff("later", base_fare=15_000, since=day)
    assert (await shop.quote(-7.27)).lines[0]["amount"] == 9_000
    with at(day):
        assert (await shop.quote(-7.27)).lines[0]["amount"] == 15_000
        await shop.tariff("after", base_fare=16_000)
        assert (await shop.quote(-7.27)).lines[0]["amount"] == 16_000


async def test_the_way_is_routed_where_an_engine_answers(db: object, osrm_url: str) -> None:
    shop = await Shop.open()
    osrm = Osrm(osrm_url, "driving", 1.0)
    quote = await shop.quote(-7.28, routing=osrm)
    booked = await shop.book(-7.28, routing=osrm)
    await osrm.close()
    guessed = await shop.quote(-7.28)
    assert (quote.distance_is, guessed.distance_is) == (DistanceSource.ROUTED, DistanceSource.ESTIMATED)
    assert sum(quote.legs_m) > sum(guessed.legs_m)  # roads wind more here than the tariff supposes
    assert booked.distance_m == sum(quote.legs_m)
    assert (await JobPrice.get(pk=booked.pk)).distance_is is DistanceSource.ROUTED


async def test_only_the_vehicle_that_was_asked_for_takes_it(db: object) -> None:
    shop = await Shop.open()
    _, rider = await stage.on_shift(shop.coop, "Budi")  # on a motorcycle
    job = await shop.book(-7.27, load=Load(vehicle=VehicleKind.CAR))
    with pytest.raises(OtherVehicleWanted):
        await claim_job(rider, job_id=job.pk, key="c", dispatch=BOARD)
    fitting = await shop.book(-7.27, load=Load(vehicle=VehicleKind.MOTORCYCLE), key="m")
    await claim_job(rider, job_id=fitting.pk, key="m", dispatch=BOARD)


async def test_no_offer_goes_to_another_vehicle_and_he_reads_why(db: object) -> None:
    shop = await Shop.open()
    await offering.adopted(shop.coop)
    rider, _ = await offering.at(shop.coop, "Budi")
    carter, _ = await offering.at(shop.coop, "Siti")
    await Driver.filter(pk=carter.pk).update(vehicle=VehicleKind.CAR)
    job = await shop.book(-7.27, load=Load(vehicle=VehicleKind.CAR))
    await searching.on_opened(None, offering.event("job.opened", job))
    assert list(await offering.open_offers(job)) == ["Siti"]
    skip = (await offering.why(job, rider)).skip
    assert skip is not None
    assert skip.reason is Reason.VEHICLE


async def test_quotes_that_nobody_used_are_forgotten(db: object) -> None:
    shop = await Shop.open()
    used = await shop.quote(-7.27)
    await shop.quote(-7.28)
    await shop.book(-7.27, quote=used)
    with at(clock.now() + timedelta(hours=1)):
        assert await quoting.forget_quotes() == 1
    assert [quote.pk for quote in await DeliveryQuote.all()] == [used.pk]


def test_the_kinds_of_lines_are_described() -> None:
    (field,) = [one for one in DeliveryPriceLine.__strawberry_definition__.fields if one.name == "kind"]  # type: ignore[attr-defined]
    assert [kind for kind in PriceLineKind if f"`{kind}`" not in (field.description or "")] == []
