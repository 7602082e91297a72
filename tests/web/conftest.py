"""What the tests of the web app stand on: that it is built, from the sources as they are."""

import pytest

from marketplace.web import building
from tests.servers import IS_CI


@pytest.fixture(scope="session", autouse=True)
def is_built() -> None:
    """`make test` builds it; where it can't be built, for want of a network, these tests have nothing to look at."""
    if not building.is_built():
        (pytest.fail if IS_CI else pytest.skip)("the web app is not built: lumbung web build")
