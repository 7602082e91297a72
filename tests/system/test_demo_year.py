"""The year of a driver co-op, few members and few nights here; a thousand and every night with `make demo-year`."""

import os
import re
import subprocess
import sys

from tests.postgres import POSTGRES_URL

MEMBERS = os.environ.get("LUMBUNG_TEST_YEAR_MEMBERS", "8")
NIGHTS = os.environ.get("LUMBUNG_TEST_YEAR_NIGHTS", "31")
LAST_LINES = re.compile(
    r"statements and balances: ([0-9a-f]{64})\n"
    rf"demo-year: ok members={MEMBERS} transfers=\d+ surplus_rp=\d+ books=balanced seconds=\d+\n$"
)


def live(database_url: str) -> str:
    """Live the year on SQLite, or on a database of its own beside this one; answers its fingerprint."""
    chosen = {"LUMBUNG_DEMO_MEMBERS": MEMBERS, "LUMBUNG_DEMO_NIGHTS": NIGHTS, "LUMBUNG_DEMO_SEED": "7"}
    told = subprocess.run(
        [sys.executable, "-m", "tests.demo_year"],
        env={**os.environ, **chosen, "LUMBUNG_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        timeout=1_200,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-4000:]
    found = LAST_LINES.search(told.stdout)
    assert found, told.stdout[-2000:]
    return found[1]


def test_the_year_holds_and_the_same_seed_gives_the_same() -> None:
    """The second time on PostgreSQL where one is at hand: the same there, too."""
    assert live("") == live(POSTGRES_URL)
