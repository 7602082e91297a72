"""The clock is put back after each test."""

from collections.abc import Iterator

import pytest

from marketplace import clock


@pytest.fixture(autouse=True)
def _the_clock_is_put_back() -> Iterator[None]:
    yield
    clock.use(None)
