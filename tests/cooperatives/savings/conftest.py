"""A co-op's noon on the day on which stories of savings begin."""

from collections.abc import Iterator

import pytest

from marketplace import clock
from tests.cooperatives.dues.stage import TODAY
from tests.cooperatives.savings.saver import at


@pytest.fixture
def at_noon() -> Iterator[None]:
    at(TODAY)
    yield
    clock.use(None)
