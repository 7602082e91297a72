"""Tokens with which a co-op's front end asks the search server itself."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine

from marketplace import clock
from marketplace.errors import Invalid
from marketplace.identity.actor import NOBODY, Actor, Forbidden, Grant, Role, Unauthenticated
from search import direct
from search.embedded import EmbeddedEngine
from search.engine import Changes
from search.meilisearch import MeilisearchEngine
from search.meilisearch.keys import TokenMaker
from tests.catalog.shops import chair_of, operator, someone
from tests.search.documents import FOOD_COOPERATIVE, MARKET_COOPERATIVE, listing
from tests.search.fake_meilisearch import FakeMeilisearch
from tests.search.fake_meilisearch.server import KEY_UID

pytestmark = pytest.mark.anyio


@pytest.fixture
async def engine(fake: FakeMeilisearch) -> AsyncIterator[MeilisearchEngine]:
    made = MeilisearchEngine(fake.url, fake.key, tokens=TokenMaker(fake.url, fake.key, KEY_UID))
    async with made.rebuild() as rebuild:
        await rebuild.write(
            Changes(put=[listing("Soto Kita"), listing("Soto Mereka", cooperative_id=MARKET_COOPERATIVE)])
        )
        await rebuild.swap()
    yield made
    await made.close()


def asked(token: direct.SearchToken, method: str = "POST", path: str = "search", **body: Any) -> httpx.Response:
    url = f"{token.url}/indexes/{token.index}/{path}"
    headers = {"Authorization": f"Bearer {token.token}"}
    body = {"attributesToRetrieve": ["shown"], **body} if method == "POST" else {}
    return httpx.request(method, url, headers=headers, json=body or None)


async def test_it_finds_the_listings_of_one_co_op_whatever_is_asked(engine: MeilisearchEngine) -> None:
    token = direct.issue(engine, chair_of(FOOD_COOPERATIVE), FOOD_COOPERATIVE)
    for body in ({"q": "soto"}, {"q": ""}, {"q": "soto", "filter": [f"cooperative = '{MARKET_COOPERATIVE}'"]}):
        found = [hit["shown"] for hit in asked(token, **body).json()["hits"]]
        assert found == ([] if "filter" in body else ["Soto Kita"])


async def test_it_ends_and_does_nothing_else(engine: MeilisearchEngine) -> None:
    token = direct.issue(engine, chair_of(FOOD_COOPERATIVE), FOOD_COOPERATIVE, minutes=5)
    assert asked(token, "GET", "settings").status_code == 403
    assert asked(token, "GET", "stats").status_code == 403
    head, body, signature = token.token.split(".")
    forged = direct.SearchToken(token.url, token.index, f"{head}.{body}.{signature[::-1]}", token.expires_at)
    assert asked(forged, q="soto").status_code == 403
    other = direct.SearchToken(token.url, "lumbung_others", token.token, token.expires_at)
    assert asked(other, q="soto").status_code == 403
    assert token.expires_at - clock.now() <= timedelta(minutes=5)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=True):
        assert asked(token, q="soto").status_code == 403


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (NOBODY, Unauthenticated),
        (someone(), Forbidden),
        (someone(Grant(Role.MEMBER, cooperative_id=FOOD_COOPERATIVE)), Forbidden),
        (chair_of(MARKET_COOPERATIVE), Forbidden),
        (operator(), Forbidden),
        (chair_of(FOOD_COOPERATIVE), None),
        (someone(Grant(Role.UNIT_MANAGER, cooperative_id=FOOD_COOPERATIVE)), None),
    ],
)
async def test_who_may_have_one(engine: MeilisearchEngine, who: Actor, refusal: type[Exception] | None) -> None:
    if refusal is None:
        assert direct.issue(engine, who, FOOD_COOPERATIVE).token
        return
    with pytest.raises(refusal):
        direct.issue(engine, who, FOOD_COOPERATIVE)


async def test_it_is_short_lived(engine: MeilisearchEngine) -> None:
    for minutes in (0, 24 * 60 + 1):
        with pytest.raises(Invalid):
            direct.issue(engine, chair_of(FOOD_COOPERATIVE), FOOD_COOPERATIVE, minutes=minutes)


async def test_a_node_without_a_public_server_says_what_to_do(tmp_path: Any, fake: FakeMeilisearch) -> None:
    for engine in (EmbeddedEngine(tmp_path), MeilisearchEngine(fake.url, fake.key)):
        with pytest.raises(direct.NotSearchedDirectly, match="listings"):
            direct.issue(engine, chair_of(FOOD_COOPERATIVE), FOOD_COOPERATIVE)
        await engine.close()
