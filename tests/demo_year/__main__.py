"""`make demo-year`: a driver co-op's year on a database of its own, from its first member to the surplus paid.

LUMBUNG_DEMO_MEMBERS, LUMBUNG_DEMO_SEED and LUMBUNG_DEMO_NIGHTS (the node's own work is done every so many nights)
shorten it.
"""

import asyncio
import logging
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import structlog

from cooperatives.ledger.models import Transfer
from marketplace import checks, clock, database, migrating, wiring
from marketplace.settings import Settings
from marketplace.vault import Vault
from tests.demo.databases import lent_database
from tests.demo_year import general_meeting
from tests.demo_year.days import at, night, ride
from tests.demo_year.fingerprint import fingerprint
from tests.demo_year.people import Coop, gather
from tests.demo_year.trade import Trade

YEAR = 2026
MEMBERS = int(os.environ.get("LUMBUNG_DEMO_MEMBERS", "1000"))
SEED = int(os.environ.get("LUMBUNG_DEMO_SEED", "2026"))
NIGHTS = int(os.environ.get("LUMBUNG_DEMO_NIGHTS", "1"))


@dataclass(frozen=True)
class Lived:
    """What the year came to."""

    members: int
    transfers: int
    surplus: int
    fingerprint: str


async def live(settings: Settings, members: int, seed: int, nights: int) -> Lived:
    """Live the year on an empty database that has its tables. Raises RuntimeError for what does not hold."""
    adapters = wiring.build(settings)
    try:
        at(date(YEAR, 1, 1), 7)
        coop = await gather(members, Random(seed), date(YEAR, 1, 1))
        trade = Trade(coop, Vault(settings))
        await trade.open(date(YEAR, 1, 1))
        for number in range(365):
            await _day(coop, trade, date(YEAR, 1, 1) + timedelta(days=number))
            if number % nights == 0 or number == 364:
                await night(adapters, date(YEAR, 1, 1) + timedelta(days=number))
        paid = await general_meeting.hold(coop, YEAR)
        await night(adapters, general_meeting.held_on(YEAR))
        broken = [finding async for finding in checks.findings()]
        if broken:
            raise RuntimeError(f"the books are broken: {broken[:5]}")
        said = await fingerprint(coop, paid, YEAR, general_meeting.held_on(YEAR))
        return Lived(len(coop.members), await Transfer.all().count(), paid.total, said)
    finally:
        clock.use(None)
        await wiring.close(adapters)


async def _day(coop: Coop, trade: Trade, day: date) -> None:
    at(day, 10)
    if day.day == 1:
        await trade.begin_month(day)
    if day.day in (12, 25):
        await trade.come_to_the_counter()
    if day.weekday() == 0:
        await trade.sell_parts()
    await ride(coop, day)
    if day.day == 1:
        print(
            f"{day:%Y-%m}: {len(coop.staying)} members, {await Transfer.all().count():,} transfers so far", flush=True
        )


async def _whole(folder: Path, url: str) -> Lived:
    settings = Settings(folder=folder, worker_in_process=False, **({"database_url": url} if url else {}))
    await migrating.migrate(settings)
    await database.connect(settings)
    try:
        return await live(settings, MEMBERS, SEED, NIGHTS)
    finally:
        await database.disconnect()


def main() -> int:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lumbung-year-") as folder, lent_database() as url:
        lived = asyncio.run(_whole(Path(folder), url))
    print(f"statements and balances: {lived.fingerprint}")
    print(
        f"demo-year: ok members={lived.members} transfers={lived.transfers} surplus_rp={lived.surplus} "
        f"books=balanced seconds={time.monotonic() - began:.0f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
