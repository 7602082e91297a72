"""Stories played on a phone's screen in Chromium, over a node whose sellers and drivers answer by themselves."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.web import building
from tests.node import Node
from tests.servers import IS_CI

#: Where the screenshots are kept; a continuous integration keeps them as its output.
SHOTS = Path(os.environ.get("LUMBUNG_TEST_SHOTS", "var/screenshots")).absolute()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("town"))
    node.folder.mkdir(exist_ok=True)
    node.run("migrate")
    node.run("seed")
    try:
        node.start("sandbox")
        yield node
    finally:
        node.stop()


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        (pytest.fail if IS_CI else pytest.skip)("needs Chromium: apt-get install chromium")
    return str(found)


#: In this order: the last leaves a driver waiting at the shop.
@pytest.mark.parametrize("story", ["buying", "refusing", "strangers", "driving", "counting", "clearing", "selling"])
def test_story(town: Node, chromium: str, story: str) -> None:
    building.node(
        f"stories/{story}.mjs",
        LUMBUNG_STORY_NODE=town.base,
        LUMBUNG_STORY_CODES=str(town.codes),
        LUMBUNG_STORY_CHROMIUM=chromium,
        LUMBUNG_STORY_SHOTS=str(SHOTS),
    )
