"""The way along the roads: by OSRM or Valhalla where they answer soundly, else estimated, and said so."""

from collections.abc import AsyncIterator, Iterator

import pytest

from marketplace.database import transaction
from marketplace.settings import Settings, SettingsRefused, read
from marketplace.tariffs import routing
from marketplace.tariffs.pricing import estimated_way
from marketplace.tariffs.routing import STRAIGHT, Routing, find_way
from marketplace.tariffs.routing.osrm import Osrm
from marketplace.tariffs.routing.valhalla import Valhalla
from marketplace.tariffs.rules import DEFAULT_TERMS, DistanceSource
from marketplace.tariffs.zones import Point
from tests.payments.rails.serving import serving
from tests.tariffs.routers import Engines, legs_m

pytestmark = pytest.mark.anyio

STOPS = [Point(-7.26, 112.75), Point(-7.28, 112.76), Point(-7.29, 112.74)]
ESTIMATED = estimated_way(DEFAULT_TERMS, STOPS)


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Engines, str]]:
    engines = Engines()
    with serving(engines.app) as url:
        yield engines, url


@pytest.fixture
def engines(served: tuple[Engines, str]) -> Engines:
    engines, _ = served
    engines.asked.clear()
    engines.failing.clear()
    engines.sea = False
    return engines


@pytest.fixture(params=["osrm", "valhalla"])
async def engine(request: pytest.FixtureRequest, served: tuple[Engines, str]) -> AsyncIterator[Routing]:
    _, url = served
    chosen: Routing = Osrm(url, "driving", 0.5) if request.param == "osrm" else Valhalla(f"{url}/valhalla/", 0.5)
    yield chosen
    await chosen.close()


async def test_a_way_is_routed(engines: Engines, engine: Routing) -> None:
    way = await find_way(engine, STOPS, DEFAULT_TERMS)
    assert way.source is DistanceSource.ROUTED
    assert list(way.legs_m) == pytest.approx(legs_m(STOPS), abs=1)
    assert len(engines.asked) == 1


@pytest.mark.parametrize("how", ["down", "busy", "slow"])
async def test_an_engine_that_does_not_answer_is_asked_once_more(engines: Engines, engine: Routing, how: str) -> None:
    engines.failing = [how]
    assert (await find_way(engine, STOPS, DEFAULT_TERMS)).source is DistanceSource.ROUTED
    assert len(engines.asked) == 2
    engines.failing = [how, how, how]
    assert await find_way(engine, STOPS, DEFAULT_TERMS) == ESTIMATED
    assert len(engines.asked) == 4


@pytest.mark.parametrize("how", ["garbage", "negative", "absurd"])
async def test_an_answer_that_can_not_be_is_not_believed(engines: Engines, engine: Routing, how: str) -> None:
    engines.failing = [how]
    assert await find_way(engine, STOPS[:2], DEFAULT_TERMS) == estimated_way(DEFAULT_TERMS, STOPS[:2])
    assert len(engines.asked) == 1


async def test_where_no_road_leads_the_way_is_estimated(engines: Engines, engine: Routing) -> None:
    engines.sea = True
    assert await find_way(engine, STOPS, DEFAULT_TERMS) == ESTIMATED


async def test_an_engine_that_is_not_there_is_done_without() -> None:
    nowhere = Osrm("http://127.0.0.1:9", "driving", 0.5)
    assert await find_way(nowhere, STOPS, DEFAULT_TERMS) == ESTIMATED
    await nowhere.close()


async def test_what_is_too_far_anyway_is_not_asked(engines: Engines, engine: Routing) -> None:
    medan = Point(3.59, 98.67)
    assert (await find_way(engine, [STOPS[0], medan], DEFAULT_TERMS)).source is DistanceSource.ESTIMATED
    assert engines.asked == []


async def test_twenty_drops_are_asked_of_valhalla_in_parts(engines: Engines, served: tuple[Engines, str]) -> None:
    stops = [Point(-7.26 - number / 2_000, 112.75) for number in range(21)]
    valhalla = Valhalla(f"{served[1]}/valhalla", 0.5)
    way = await find_way(valhalla, stops, DEFAULT_TERMS, "TRUCK")
    await valhalla.close()
    assert (way.source, len(way.legs_m)) == (DistanceSource.ROUTED, 20)
    assert [(len(asked["locations"]), asked["costing"]) for asked in engines.asked] == [(20, "truck"), (2, "truck")]


async def test_no_engine_is_asked_inside_a_transaction(db: object, engines: Engines, engine: Routing) -> None:
    async with transaction():
        with pytest.raises(RuntimeError):
            await find_way(engine, STOPS, DEFAULT_TERMS)
        assert await find_way(STRAIGHT, STOPS, DEFAULT_TERMS) == ESTIMATED
    assert engines.asked == []


async def test_the_settings_choose() -> None:
    assert routing.build(Settings()) is STRAIGHT
    assert isinstance(routing.build(Settings(osrm_url="http://osrm:5000")), Osrm)
    assert isinstance(routing.build(Settings(valhalla_url="http://valhalla:8002")), Valhalla)
    with pytest.raises(SettingsRefused, match="set one of them"):
        read({"LUMBUNG_OSRM_URL": "http://a", "LUMBUNG_VALHALLA_URL": "http://b"})
