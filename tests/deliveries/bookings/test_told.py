"""A shop is told what it did not do itself: an adjusted price, and a weekly delivery that could not be made."""

import asyncio

import pytest

from marketplace import wiring, worker
from marketplace.deliveries.bookings import recurring, supplements
from marketplace.deliveries.bookings.models import Occurrence
from marketplace.deliveries.models import DeliveryJob
from marketplace.identity.actor import Role
from marketplace.identity.service import grant_role
from marketplace.notices.models import Notice
from marketplace.settings import Settings
from marketplace.tariffs.zones import Zone
from tests.deliveries.bookings.shop import Shop, at
from tests.deliveries.bookings.test_later import ADAPTERS, NOON, THURSDAY, weekly

pytestmark = pytest.mark.anyio


async def a_shop() -> Shop:
    shop = await Shop.open()
    assert shop.row.owner_id is not None
    await grant_role(shop.row.owner_id, Role.SELLER_OWNER, cooperative_id=shop.coop.pk, seller_id=shop.row.pk)
    return shop


async def told(settings: Settings, shop: Shop) -> list[Notice]:
    """What the shop's owner was told, the worker having run."""
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    await wiring.close(adapters)
    return await Notice.filter(account_id=shop.row.owner_id).order_by("id")


async def test_of_an_adjusted_price(db: Settings) -> None:
    await wiring.close(wiring.build(db))  # from here on events have their handlers
    shop = await a_shop()
    job = await shop.book(-7.27)
    await supplements.add_supplement(
        shop.chair, job_id=job.pk, name="Tangga", amount=5_000, reason="Lantai 4", key="s"
    )
    (notice,) = await told(db, shop)
    assert (notice.kind.value, notice.subject_id) == ("BOOKED_REPRICED", job.pk)


async def test_of_a_day_that_was_not_made_and_why(db: Settings) -> None:
    await wiring.close(wiring.build(db))
    shop = await a_shop()
    with at(NOON):
        await weekly(shop)
        await shop.tariff(zones=(Zone("Jakarta", region_codes=("31",)),))
        await recurring.make_due(ADAPTERS)
        (notice,) = await told(db, shop)
    assert (notice.kind.value, notice.values["on"]) == ("WEEKLY_NOT_MADE", THURSDAY.isoformat())
    assert "di luar zona" in notice.values["why_id"]


async def test_two_workers_at_once_make_a_day_once(db: Settings) -> None:
    shop = await Shop.open()
    with at(NOON):
        await weekly(shop)
        await asyncio.gather(*(recurring.make_due(ADAPTERS) for _ in range(4)))
    assert (await DeliveryJob.all().count(), await Occurrence.all().count()) == (1, 1)
