"""The demo is the product's promise: it must hold on both databases. Short here, a hundred orders by hand."""

import os
import re
import subprocess
import sys

import pytest

from tests.conftest import databases
from tests.postgres import POSTGRES_URL

ORDERS = os.environ.get("LUMBUNG_TEST_DEMO_ORDERS", "6")
LAST_LINE = re.compile(
    r"demo: ok orders=\d+ delivered=\d+ cancelled=1 returned=1 settled_rp=\d+ books=balanced seconds=\d+"
)


@pytest.mark.parametrize("kept_in", databases())
def test_the_whole_story_holds(kept_in: str) -> None:
    environment = {**os.environ, "LUMBUNG_DEMO_ORDERS": ORDERS, "LUMBUNG_DATABASE_URL": ""}
    if kept_in == "postgres":
        environment["LUMBUNG_DATABASE_URL"] = POSTGRES_URL
    told = subprocess.run(
        [sys.executable, "-m", "tests.demo"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-4000:]
    assert LAST_LINE.fullmatch(told.stdout.strip().splitlines()[-1])
