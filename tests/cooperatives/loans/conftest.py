"""A credit unit on a day in November 2026, whose books are right when a story ends."""

from collections.abc import AsyncIterator, Iterator

import pytest

from marketplace import checks, clock
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import stage
from tests.cooperatives.loans.unit import START, Unit


@pytest.fixture
def at_noon() -> Iterator[None]:
    clock.use(lambda: START)
    yield
    clock.use(None)


@pytest.fixture
async def books_are_right(db: Settings) -> AsyncIterator[None]:
    yield
    assert [found async for found in checks.findings()] == []


@pytest.fixture
async def unit(at_noon: None, books_are_right: None) -> Unit:
    return Unit(await stage())
