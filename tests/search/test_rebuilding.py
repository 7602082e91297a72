"""Settings have a version: other ones build an index beside the old, and who searches meanwhile sees one whole."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from search import version
from search.documents import ListingDocument
from search.embedded import EmbeddedEngine
from search.embedded import fields as embedded
from search.engine import Changes, Query, SearchEngine
from search.meilisearch import MeilisearchEngine
from search.meilisearch import fields as meilisearch
from tests.search.documents import listing
from tests.search.fake_meilisearch import FakeMeilisearch
from tests.search.relevance.menu import menu

pytestmark = pytest.mark.anyio

LISTINGS = 300
REBUILDS = int(os.environ.get("LUMBUNG_TEST_REBUILDS", "3"))
SEARCHERS = 3
#: The generation of a listing is its kind: whoever counts two kinds has seen two indexes, or half of one.
KINDS = ("FOOD", "GOODS")


def opened(name: str, folder: Path, fake: FakeMeilisearch) -> SearchEngine:
    return EmbeddedEngine(folder) if name == "embedded" else MeilisearchEngine(fake.url, fake.key)


@pytest.fixture(params=["embedded", "meilisearch"])
async def engine(
    request: pytest.FixtureRequest, tmp_path: Path, fake: FakeMeilisearch
) -> AsyncIterator[SearchEngine]:
    made = opened(request.param, tmp_path / "search", fake)
    assert made.can_write()
    yield made
    await made.close()


def town(generation: int) -> list[ListingDocument]:
    kind = KINDS[generation % 2]
    return [listing(f"Soto {n}", id=menu()[n].id, kind=kind) for n in range(LISTINGS)]


async def rebuilt(engine: SearchEngine, generation: int) -> None:
    """Rebuild; from the second time on, listings are written to the index that is searched meanwhile."""
    async with engine.rebuild() as rebuild:
        for start in range(0, LISTINGS, 50):
            await rebuild.write(Changes(put=town(generation)[start : start + 50]))
            if generation:
                await engine.write(Changes(put=town(generation - 1)[start : start + 10]))
        await rebuild.swap()


async def test_an_index_of_other_settings_is_searched_until_it_is_built_anew(
    engine: SearchEngine, tmp_path: Path, fake: FakeMeilisearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not await engine.is_ready()
    assert not await engine.is_current()
    await rebuilt(engine, 0)
    assert await engine.is_current()
    await engine.close()
    monkeypatch.setattr(version, "CONTENT", version.CONTENT + 1)
    later = opened(engine.name, tmp_path / "search", fake)
    assert later.can_write()
    assert (await later.is_ready(), await later.is_current()) == (True, False)
    assert (await later.find(Query("soto"))).total == LISTINGS
    await later.write(Changes(put=[listing("Soto baru")]))
    assert not await later.is_current(), "a write doesn't make it current"
    await rebuilt(later, 1)
    assert await later.is_current()
    assert (await later.find(Query("soto"))).facets.kinds == {"GOODS": LISTINGS}
    await later.close()


SEARCHER = """
import asyncio, sys
from pathlib import Path
from search.embedded import EmbeddedEngine
from tests.search.test_rebuilding import searched_until

asyncio.run(searched_until(EmbeddedEngine(Path(sys.argv[1])), Path(sys.argv[2]).exists))
"""


async def searched_until(engine: SearchEngine, is_over: Callable[[], bool]) -> None:
    """Search until it is over; say every different answer that was seen, and how often."""
    seen: dict[str, int] = {}
    sys.stdout.write("searching\n")
    sys.stdout.flush()
    while not is_over():
        for text in ("soto", ""):
            found = await engine.find(Query(text, first=1))
            answer = json.dumps([found.total, found.facets.kinds])
            seen[answer] = seen.get(answer, 0) + 1
            await asyncio.sleep(0)
    sys.stdout.write(json.dumps(seen))


@contextmanager
def processes_that_search(folder: Path, stop: Path) -> Iterator[list[dict[str, int]]]:
    """Yields what they saw, filled in when the block ends."""
    seen: list[dict[str, int]] = []
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", SEARCHER, str(folder), str(stop)], stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(SEARCHERS)
        ]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "searching\n"
        try:
            yield seen
        finally:
            stop.touch()
        for process in started:
            assert process.stdout is not None
            seen.append(json.loads(process.stdout.read()))


async def test_processes_that_search_see_a_whole_index_while_others_take_its_place(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "search")
    assert engine.can_write()
    await rebuilt(engine, 0)
    with processes_that_search(tmp_path / "search", tmp_path / "stop") as seen:
        for generation in range(1, REBUILDS + 1):
            await rebuilt(engine, generation)
            await asyncio.sleep(0.1)
    whole = {json.dumps([LISTINGS, {kind: LISTINGS}]) for kind in KINDS}
    assert len(seen) == SEARCHERS
    for answers in seen:
        assert set(answers) == whole, answers
    await engine.close()


async def test_whoever_searches_a_server_sees_a_whole_index_while_others_take_its_place(
    fake: FakeMeilisearch,
) -> None:
    engine = MeilisearchEngine(fake.url, fake.key)
    await rebuilt(engine, 0)
    seen: list[tuple[int, dict[str, int]]] = []

    async def search() -> None:
        while True:
            found = await engine.find(Query("", first=1))
            seen.append((found.total, dict(found.facets.kinds)))

    searching = [asyncio.create_task(search()) for _ in range(SEARCHERS)]
    for generation in range(1, REBUILDS + 1):
        await rebuilt(engine, generation)
    for task in searching:
        task.cancel()
    assert {kind for _, kinds in seen for kind in kinds} == set(KINDS)
    assert all(answer in [(LISTINGS, {kind: LISTINGS}) for kind in KINDS] for answer in seen)
    await engine.close()


#: What the first listings of the town come to, by the numbers that say so: each engine's form, and the content.
PINNED = {(6, 3, 1): "a93495f944dbf5a1"}


def test_what_stands_in_documents_changes_only_with_its_version() -> None:
    """Fails when documents come out otherwise: raise `search.version.CONTENT` (or a FORM), or old indexes stay."""
    made = [(embedded.row_of(one).to_dict(), meilisearch.body_of(one)) for one in menu()[:200]]
    digest = hashlib.blake2b(json.dumps(made, sort_keys=True, default=str).encode(), digest_size=8).hexdigest()
    assert {(embedded.FORM, meilisearch.FORM, version.CONTENT): digest} == PINNED
