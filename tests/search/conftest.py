"""The engines that must behave alike."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from search.embedded import EmbeddedEngine
from search.engine import Changes, SearchEngine
from search.meilisearch import MeilisearchEngine
from search.meilisearch.fields import KEY_ACTIONS, KEY_INDEXES
from tests.search.fake_meilisearch import FakeMeilisearch
from tests.servers import SERVERS

MEILISEARCH_URL = SERVERS["meilisearch"].url
MEILISEARCH_KEY = os.environ.get("LUMBUNG_TEST_MEILISEARCH_KEY", "")


@pytest.fixture
def fake() -> Iterator[FakeMeilisearch]:
    """Every request to it is held against the route definitions of a real server."""
    with FakeMeilisearch(KEY_ACTIONS, KEY_INDEXES) as server:
        yield server
    assert server.complaints == []


def engines() -> list[object]:
    return ["embedded", "meilisearch-fake", pytest.param("meilisearch", marks=pytest.mark.meilisearch)]


@pytest.fixture(params=engines())
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SearchEngine]:
    """An engine with an empty index."""
    made: SearchEngine
    if request.param == "embedded":
        made = EmbeddedEngine(tmp_path / "search")
    elif request.param == "meilisearch-fake":
        server = request.getfixturevalue("fake")
        made = MeilisearchEngine(server.url, server.key)
    else:
        made = MeilisearchEngine(MEILISEARCH_URL, MEILISEARCH_KEY, index=f"lumbung_test_{uuid4().hex}")
    assert made.can_write()
    async with made.rebuild() as rebuild:
        await rebuild.write(Changes())
        await rebuild.swap()
    yield made
    await made.close()
