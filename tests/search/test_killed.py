"""What indexes is killed amid many updates and comes back: nothing is lost, nothing doubled, no search failed."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from catalog.models import Listing
from marketplace import clock, outbox, wiring, worker
from marketplace.database import transaction
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from search import projector
from search.embedded import EmbeddedEngine
from search.engine import Query, SearchEngine, Sort
from search.meilisearch import server as server_module
from search.service import find_listings
from tests.catalog.shops import a_seller, a_variant
from tests.node import Node, free_port

pytestmark = pytest.mark.anyio

UPDATES = int(os.environ.get("LUMBUNG_TEST_UPDATES", "100"))
LISTINGS = 30
KILLS = 2
#: Meilisearch's own program, killed and started again as what stands in for it is.
PROGRAM = os.environ.get("LUMBUNG_TEST_MEILISEARCH_PROGRAM", "")
KEY = "key-for-the-adapter"
#: How long whatever was left is given to be indexed.
PATIENCE_S = float(os.environ.get("LUMBUNG_TEST_PATIENCE_S", "120"))


async def a_menu() -> list[UUID]:
    seller = await a_seller()
    return [(await a_variant(seller, title=f"Sate {n}")).listing_id for n in range(LISTINGS)]


async def updated(ids: list[UUID], kill: Callable[[], None]) -> list[UUID]:
    """Give listings new prices, each the dearest so far, and kill some times meanwhile; answers the final order."""
    order = list(ids)
    for n in range(UPDATES):
        id = ids[n * 7 % LISTINGS]
        async with transaction():
            await Listing.filter(id=id).update(price_from=100_000 + n, price_to=100_000 + n)
            await outbox.record("listing.changed", id)
        order.remove(id)
        order.append(id)
        if (n + 1) % (UPDATES // (KILLS + 1)) == 0 and n + 1 < UPDATES:
            await asyncio.sleep(0.2)  # some of it is under way
            await asyncio.to_thread(kill)
            # The leases of who was killed run out.
            await OutboxEvent.filter(done_at=None).update(claimed_until=clock.machine() - timedelta(seconds=1))
    return order


@asynccontextmanager
async def searched_all_the_while(engine: SearchEngine) -> AsyncIterator[list[tuple[int, bool]]]:
    """Yields (listings shown, degraded) of every search; one that raises fails the test."""
    seen: list[tuple[int, bool]] = []

    async def search() -> None:
        while True:
            answer = await find_listings(engine, Query("sate", first=100))
            seen.append((len(answer.listings), answer.degraded))
            await asyncio.sleep(0.01)

    searching = asyncio.create_task(search())
    yield seen
    searching.cancel()
    with suppress(asyncio.CancelledError):
        await searching


async def drained() -> None:
    """Wait until every update is indexed."""
    async with asyncio.timeout(PATIENCE_S):
        while await OutboxEvent.filter(done_at=None).exists():  # noqa: ASYNC110  # another process tells it by rows
            await asyncio.sleep(0.1)


async def in_the_index(engine: SearchEngine) -> list[UUID]:
    assert await engine.count() == LISTINGS
    return [hit.id for hit in (await engine.find(Query("", sort=Sort.PRICE, first=100))).hits]


async def test_the_process_that_writes_the_embedded_index(db: Settings) -> None:
    outbox.subscribe(dict.fromkeys(projector.EVENTS, (projector.HANDLER,)))
    engine = EmbeddedEngine(db.folder / "search")
    assert engine.can_write()
    ids = await a_menu()
    await projector.reindex(engine)
    await engine.close()  # lets go of the lock: this process only searches from here on
    node = Node(db.folder, database_url=db.database_url)
    node.start_worker()

    def kill() -> None:
        node.kill_worker()
        node.start_worker()

    try:
        async with searched_all_the_while(engine) as seen:
            order = await updated(ids, kill)
            await drained()
        assert await in_the_index(engine) == order
        assert set(seen) == {(LISTINGS, False)}, "searching goes on without whoever writes"
    finally:
        node.kill_worker()
    await engine.close()


class StandIn:
    """The stand-in for a Meilisearch server as a process, whose state outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        state = self.folder / "meilisearch.state"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.search.fake_meilisearch", str(self.port), str(state)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline()

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.communicate()

    def kill_and_start(self) -> None:
        self.kill()
        self.start()


class OwnProgram(StandIn):
    """The server itself, by its own program."""

    def start(self) -> None:
        asked = ["--db-path", str(self.folder / "data"), "--http-addr", f"127.0.0.1:{self.port}"]
        asked += ["--master-key", KEY, "--no-analytics"]
        self.process = subprocess.Popen(
            [PROGRAM, *asked], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not self._answers():
            assert self.process.poll() is None, "it ended"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health").is_success
        except httpx.TransportError:
            return False


SERVERS: dict[str, type[StandIn]] = {"fake": StandIn, "own program": OwnProgram}
NEEDS_PROGRAM = pytest.mark.skipif(
    not PROGRAM,
    reason="optional: export LUMBUNG_TEST_MEILISEARCH_PROGRAM=/path/to/meilisearch (a fake runs always)",
)


@pytest.mark.parametrize("kind", ["fake", pytest.param("own program", marks=NEEDS_PROGRAM)])
async def test_a_meilisearch_server(db: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(server_module, "REST_S", 0.2)
    server = SERVERS[kind](tmp_path)
    server.start()
    key = SecretStr(KEY)
    adapters = wiring.build(db.model_copy(update={"meilisearch_url": server.url, "meilisearch_key": key}))
    try:
        ids = await a_menu()
        await projector.reindex(adapters.engine)
        async with searched_all_the_while(adapters.engine) as seen, worker.beside(adapters):
            order = await updated(ids, server.kill_and_start)
            await drained()
        assert await in_the_index(adapters.engine) == order
        assert {shown for shown, _ in seen} == {LISTINGS}, "meanwhile the database answers"
    finally:
        server.kill()
        await wiring.close(adapters)
