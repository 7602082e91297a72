"""An order's delivery is quoted by zone and along the roads, and the quote binds whatever the tariff says later."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from marketplace.identity.actor import Actor, Grant, Role
from marketplace.orders.models import SubOrder
from marketplace.orders.parts import Wanted
from marketplace.orders.placing import OrderRequest, place_order
from marketplace.orders.quoting import quote_order
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.routing.osrm import Osrm
from marketplace.tariffs.rules import DEFAULT_TERMS, Surcharge
from marketplace.tariffs.zones import OutOfZone, Zone
from tests.orders import stage
from tests.payments.rails.serving import serving
from tests.tariffs.routers import Engines

pytestmark = pytest.mark.anyio

ENGINES = Engines()
SURABAYA = Zone("Surabaya", region_codes=("35.78",), surcharge=1_500)


@pytest.fixture(scope="module")
def osrm_url() -> Iterator[str]:
    with serving(ENGINES.app) as url:
        yield url


async def test_a_quote_along_the_roads_binds(db: object, osrm_url: str) -> None:
    coop = await stage.cooperative()
    chair = Actor((await stage.buyer("Ketua")).account_id, grants=frozenset({Grant(Role.CHAIR, coop.pk)}))
    terms = replace(DEFAULT_TERMS, zones=(SURABAYA,), rain=Surcharge(2_000), round_to=500)
    await tariffs.set_tariff(chair, cooperative_id=coop.pk, terms=terms, key="t")
    first, second = await stage.shop(coop), await stage.shop(coop, lat=-7.2650)
    lines = tuple([Wanted((await stage.dish(shop)).pk, 1) for shop in (first, second)])
    ani = await stage.buyer()
    request = OrderRequest(lines=lines, place=stage.HOME)
    ENGINES.asked.clear()  # it serves every test of this file
    osrm = Osrm(osrm_url, "driving", 1.0)
    quote = await quote_order(ani, request=request, routing=osrm)
    await osrm.close()
    assert len(ENGINES.asked) == 2  # one a shop
    assert {part["delivery_basis"]["distance_is"] for part in quote.parts} == {"ROUTED"}
    assert {tuple(part["delivery_basis"]["zones"]) for part in quote.parts} == {("Surabaya",)}
    guessed = await quote_order(ani, request=request)
    assert {part["delivery_basis"]["distance_is"] for part in guessed.parts} == {"ESTIMATED"}

    elsewhere = replace(DEFAULT_TERMS, zones=(Zone("Jakarta", region_codes=("31",)),), max_distance_m=100)
    await tariffs.set_tariff(chair, cooperative_id=coop.pk, terms=elsewhere, key="moved")
    with pytest.raises(OutOfZone):
        await place_order(ani, request=request, key="without")
    order = await place_order(ani, request=OrderRequest(quote_id=quote.id), key="by quote")
    assert order.total == quote.total
    for row in await SubOrder.filter(order_id=order.id):
        assert row.delivery == sum(line["amount"] for line in row.delivery_lines)
        assert row.delivery_basis is not None
        assert row.delivery_basis["distance_is"] == "ROUTED"
