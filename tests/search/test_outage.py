"""An engine that is away: shops go on selling, buyers find by the database, and the index catches up alone."""

from datetime import timedelta

import pytest
import time_machine
from pydantic import SecretStr
from structlog.testing import capture_logs

from catalog.models import Listing
from marketplace import clock, health, wiring, worker
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from marketplace.wiring import Adapters
from marketplace.worker import claims
from search import lag, projector
from search.engine import Query, SearchEngine
from search.meilisearch import server as server_module
from search.service import find_listings
from tests.catalog.shops import a_seller, a_variant
from tests.search.fake_meilisearch import FakeMeilisearch
from tests.search.test_projector import changed

pytestmark = pytest.mark.anyio


@pytest.fixture
def adapters(db: Settings, fake: FakeMeilisearch, monkeypatch: pytest.MonkeyPatch) -> Adapters:
    """A node whose engine is a server that may go; it is asked again at once."""
    monkeypatch.setattr(server_module, "REST_S", 0.0)
    node = db.model_copy(update={"meilisearch_url": fake.url, "meilisearch_key": SecretStr(fake.key)})
    return wiring.build(node)


async def renamed(listing_id: object, title: str) -> None:
    await Listing.filter(id=listing_id).update(title=title)
    await changed("listing.changed", listing_id)


async def found(engine: SearchEngine, text: str) -> tuple[int, bool]:
    answer = await find_listings(engine, Query(text))
    return len(answer.listings), answer.degraded


async def test_sales_go_on_and_the_index_catches_up_alone(adapters: Adapters, fake: FakeMeilisearch) -> None:
    engine = adapters.engine
    variant = await a_variant(title="Rawon")
    await projector.reindex(engine)
    fake.is_down = True
    await renamed(variant.listing_id, "Rujak")
    await worker.drain_once(adapters)
    assert await found(engine, "rujak") == (1, True), "the database answers, and says so"
    fake.is_down = False
    assert await found(engine, "rujak") == (0, False)
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=True):
        await worker.drain(adapters)
    assert await found(engine, "rujak") == (1, False)
    assert await lag.seconds() == 0


async def test_while_the_engine_is_known_to_be_away_nothing_is_tried_in_vain(
    adapters: Adapters, fake: FakeMeilisearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or every event would use up its attempts."""
    monkeypatch.setattr(server_module, "REST_S", 60.0)
    variant = await a_variant(title="Rawon")
    await projector.reindex(adapters.engine)
    fake.is_down = True
    assert await found(adapters.engine, "rawon") == (1, True)
    await renamed(variant.listing_id, "Rujak")
    assert not adapters.engine.can_write()
    await worker.drain(adapters)
    (event,) = await OutboxEvent.filter(handler=lag.HANDLER, done_at=None)
    assert event.attempts == 0


async def test_what_was_given_up_while_the_engine_was_away_is_tried_again(
    adapters: Adapters, fake: FakeMeilisearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "MAX_ATTEMPTS", 1)
    first = await a_variant(title="Rawon")
    other = await a_variant(await (await first.listing).seller, title="Soto")
    await projector.reindex(adapters.engine)
    fake.is_down = True
    await renamed(first.listing_id, "Rujak")
    await renamed(other.listing_id, "Sate")
    await worker.drain_once(adapters)
    assert await claims.dead_letters() == 2
    await OutboxEvent.filter(aggregate_id=other.listing_id).update(error="ValueError: a mistake of ours")
    fake.is_down = False
    assert await projector.keep_built(adapters) == 0
    await worker.drain(adapters)
    assert (await found(adapters.engine, "rujak"), await found(adapters.engine, "sate")) == ((1, False), (0, False))
    assert await claims.dead_letters() == 1, "what failed for another reason waits for a person"


async def test_an_index_that_lags_is_told_of(adapters: Adapters, fake: FakeMeilisearch) -> None:
    variant = await a_variant(title="Rawon")
    await projector.reindex(adapters.engine)
    await renamed(variant.listing_id, "Rujak")
    with time_machine.travel(clock.now() + 2 * lag.LARGEST_LAG, tick=True):
        _, facts = await health.readiness(adapters.settings, adapters)
        assert facts["search_lag_s"] == pytest.approx(120, abs=30)
        assert str(facts["search"]).startswith("lags ")
        with capture_logs() as said:
            await projector.keep_built(adapters)
        assert "search index lags" in {line["event"] for line in said}
        await worker.drain(adapters)
        _, facts = await health.readiness(adapters.settings, adapters)
        assert (facts["search_lag_s"], facts["search"]) == (0, "ready")
        await lag.tell()


async def test_many_changes_at_once_share_a_batch(adapters: Adapters, fake: FakeMeilisearch) -> None:
    await projector.reindex(adapters.engine)
    made = len(fake.made)
    seller = await a_seller()
    for n in range(40):
        variant = await a_variant(seller, title=f"Sate {n}")
        await changed("listing.changed", variant.listing_id)
    await worker.drain(adapters)
    assert await found(adapters.engine, "sate") == (20, False)
    assert len(fake.made) - made <= 4, "40 listings, and what became of them read once more"
