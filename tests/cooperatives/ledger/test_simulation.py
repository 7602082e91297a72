"""The ledger against a plain model: random operations by many actors, with crashes between any two statements.

`LUMBUNG_TEST_LEDGER_OPERATIONS` says how many operations a database (2,000); `LUMBUNG_TEST_LEDGER_SEED` with which
seed to begin (by chance). A failure names its seed: the same seed does the same again.
"""

import os
import random
import time

import pytest

from cooperatives.ledger import chain
from marketplace import checks
from marketplace.settings import Settings
from tests.cooperatives.ledger.simulation.crashing import fused
from tests.cooperatives.ledger.simulation.town import Town

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

OPERATIONS = int(os.environ.get("LUMBUNG_TEST_LEDGER_OPERATIONS", "2000"))
SEED = int(os.environ.get("LUMBUNG_TEST_LEDGER_SEED", random.SystemRandom().randrange(10**9)))
#: A seed lives so long; then the next begins with empty books.
A_LIFE = 10_000


@pytest.mark.parametrize("life", range(-(-OPERATIONS // A_LIFE)))
async def test_whatever_is_done_the_ledger_says_what_the_model_says(db: Settings, life: int) -> None:
    seed, started = SEED + life, time.monotonic()
    with fused() as fuse:
        town = Town(seed, fuse)
        print(f"seed {seed}: ", end="", flush=True)
        await town.live(min(A_LIFE, OPERATIONS - life * A_LIFE))
    while await chain.seal_books():
        pass
    # Rules of the books alone: orders and refunds do not stand behind these accounts.
    assert [found async for found in checks.findings() if found.rule[0] in "18"] == []
    kind = "PostgreSQL" if db.database_url else "SQLite"
    seen = ", ".join(f"{name} {count}" for name, count in sorted(town.seen.items()))
    print(f"{kind}, {town.operations} operations in {time.monotonic() - started:.0f} s: {seen}")
