"""What the tests of the web app stand on: that it is built, a town that answers, and a browser."""

import shutil
from collections.abc import Iterator

import pytest

from marketplace.web import building
from tests.node import Node, free_port
from tests.servers import IS_CI

#: Where a page stands that another than the node serves.
PAGES_PORT = free_port()
PAGES = f"http://127.0.0.1:{PAGES_PORT}"


@pytest.fixture(scope="session", autouse=True)
def is_built() -> None:
    """`make test` builds it; where it can't be built, for want of a network, these tests have nothing to look at."""
    if not building.is_built():
        (pytest.fail if IS_CI else pytest.skip)("the web app is not built: lumbung web build")


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    settings = {
        "cors_origins": PAGES,
        "allow_private_endpoints": "true",
    }  # a page and a push service of the tests' own
    node = Node(tmp_path_factory.mktemp("town"), **settings)
    node.lay_tables()
    node.run("seed")
    try:
        node.start("sandbox")
        yield node
    finally:
        node.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        (pytest.fail if IS_CI else pytest.skip)("needs Chromium: apt-get install chromium")
    return str(found)
