"""Home direction: a driver says towards where he goes home, until when; jobs that lead there suit him better.

The place is coarse, nobody but he sees it, and it is gone with its time or with his shift.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import transaction
from marketplace.deliveries.custody import Place
from marketplace.deliveries.drivers import acting_driver
from marketplace.deliveries.roster.models import HomeDirection
from marketplace.deliveries.shifts import coarse, locked_shift
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor
from marketplace.tariffs.rules import Point

#: How long ahead a driver may say so.
LONGEST = timedelta(hours=12)
BATCH = 1_000


async def homes(driver_ids: Iterable[UUID], at: datetime) -> Mapping[UUID, Point]:
    """Where those of the drivers who go home now go. One statement."""
    rows = await rows_by(HomeDirection, "driver_id", driver_ids)
    return {row.driver_id: Point(row.lat, row.lon) for row in rows if row.until > at}


async def home_of(driver_id: UUID) -> HomeDirection | None:
    """What the driver said, while it counts."""
    return await HomeDirection.get_or_none(driver_id=driver_id, until__gt=clock.now())


async def go_home(actor: Actor, *, place: Place, until: datetime) -> HomeDirection:
    """From now on he goes towards this place, until then; said anew, it replaces what he said.

    Raises NotADriver, NotOnShift, Invalid.
    """
    driver, place, now = await acting_driver(actor), coarse(place), clock.now()
    if not now < until <= now + LONGEST:
        raise Invalid.field("until", Code.OUT_OF_RANGE, "within 12 hours from now", "dalam 12 jam dari sekarang")
    async with transaction():
        await locked_shift(driver.pk)
        await HomeDirection.filter(driver_id=driver.pk).delete()
        return await HomeDirection.create(driver_id=driver.pk, lat=place.lat, lon=place.lon, until=until)


async def stay_out(actor: Actor) -> HomeDirection:
    """He goes nowhere in particular any more. Raises NotADriver, NotOnShift, NotFound when he never said so."""
    driver = await acting_driver(actor)
    async with transaction():
        await locked_shift(driver.pk)
        row = await HomeDirection.get_or_none(driver_id=driver.pk)
        if row is None:
            raise NotFound("home direction")
        await row.delete()
        return row


async def forget(adapters: Any) -> int:
    """Let go of directions whose time has passed. Bounded: the rest goes the next time."""
    old = HomeDirection.filter(until__lt=clock.now()).order_by("until").limit(BATCH)
    ids = [UUID(str(id)) for id in await old.values_list("id", flat=True)]
    return await HomeDirection.filter(pk__in=ids).delete() if ids else 0
