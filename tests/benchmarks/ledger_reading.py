"""What it takes to read a large book: one account and the trial balance, now and at past moments."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from cooperatives.ledger import reading, service
from marketplace import clock, database
from marketplace.identity.actor import Actor
from marketplace.settings import Settings
from tests.benchmarks.ledger_client import BOOK, TARGETS

#: The filled book's transfers are spread over the year 2025.
MOMENTS = {
    "after a month": datetime(2025, 2, 1, tzinfo=UTC),
    "at half its transfers": datetime(2025, 7, 2, 12, tzinfo=UTC),
    "a minute ago": None,
}


async def measure(url: str) -> None:
    """Print the milliseconds of each, the quickest of three."""
    await database.connect(Settings(database_url=url))
    try:
        system = Actor(is_system=True)
        print(f"  trial balance, now               {await _ms(lambda: reading.trial_balance(system, BOOK)):8.0f} ms")
        for what, moment in MOMENTS.items():
            at = moment or clock.now() - timedelta(minutes=1)
            one = await _ms(lambda at=at: service.balance(TARGETS[7], at))  # type: ignore[misc]  # bound as it is now
            all_of_them = await _ms(lambda at=at: reading.trial_balance(system, BOOK, at))  # type: ignore[misc]  # too
            print(f"  {what:<24} trial balance {all_of_them:8.0f} ms   one account {one:8.1f} ms")
    finally:
        await database.disconnect()


async def _ms(read: Callable[[], Awaitable[object]]) -> float:
    took = []
    for _ in range(3):
        began = time.perf_counter()
        await read()
        took.append((time.perf_counter() - began) * 1000)
    return min(took)
