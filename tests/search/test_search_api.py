"""Finding something to eat, told through the public API."""

from typing import Any

import httpx
import pytest
from asgi_lifespan import LifespanManager

from marketplace import outbox
from marketplace.app import create_app
from marketplace.settings import Settings
from search import projector
from tests.catalog.shops import a_cooperative, a_seller, a_variant

pytestmark = pytest.mark.anyio

SEARCH = """
query ($search: ListingSearch, $first: Int = 20, $after: String) {
  listings(search: $search, first: $first, after: $after) {
    total degraded
    edges { cursor distance node { id title price { least most } seller { name } } }
    nodes { title }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    facets {
      kinds { kind count }
      categories { category { code name } count }
      cooperatives { cooperative { slug } count }
    }
  }
}
"""
NEAR = {"lat": -7.2460, "lon": 112.7380}


async def test_a_buyer_finds_a_plate_of_fried_rice(settings: Settings) -> None:
    app = create_app(settings)
    async with LifespanManager(app) as running:
        transport = httpx.ASGITransport(app=running.app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://lumbung.test") as client:

            async def ask(query: str, **variables: Any) -> dict[str, Any]:
                answer = await client.post(
                    "/graphql", json={"query": query, "variables": variables}, headers={"Accept-Language": "id"}
                )
                found: dict[str, Any] = answer.json()
                return found

            cooperative = await a_cooperative()
            seller = await a_seller(cooperative, name="Warung Bu Sri", lat=-7.2465, lon=112.7380)
            for n in range(3):
                await a_variant(seller, title=f"Nasi goreng {n}", price=15_000 + n)
            await a_variant(seller, title="Es teh", price=3_000)

            unbuilt = (await ask(SEARCH, search={"text": "nasi goreng"}))["data"]["listings"]
            assert (unbuilt["degraded"], unbuilt["total"]) == (True, 3)

            await projector.reindex(app.state.adapters.engine)
            page = (await ask(SEARCH, search={"text": "nasgor", "near": NEAR, "sort": "PRICE"}, first=2))["data"][
                "listings"
            ]
            assert (page["degraded"], page["total"]) == (False, 3)
            assert [edge["node"]["title"] for edge in page["edges"]] == ["Nasi goreng 0", "Nasi goreng 1"]
            assert page["edges"][0]["distance"] == pytest.approx(56, abs=1)
            assert page["edges"][0]["node"]["seller"] == {"name": "Warung Bu Sri"}
            assert page["pageInfo"]["hasNextPage"]
            assert page["facets"] == {
                "kinds": [{"kind": "FOOD", "count": 3}],
                "categories": [{"category": {"code": "food.rice", "name": "Aneka nasi"}, "count": 3}],
                "cooperatives": [{"cooperative": {"slug": "pangan-jaya"}, "count": 3}],
            }
            rest = await ask(
                SEARCH,
                search={"text": "nasgor", "near": NEAR, "sort": "PRICE"},
                first=2,
                after=page["pageInfo"]["endCursor"],
            )
            assert [node["title"] for node in rest["data"]["listings"]["nodes"]] == ["Nasi goreng 2"]

            everything = await ask("{ listings { total } }")
            assert everything["data"] == {"listings": {"total": 4}}
            found = await ask('{ suggest(text: "es t", near: {lat: -7.2460, lon: 112.7380}) { text } }')
            assert found["data"]["suggest"] == [{"text": "Es teh"}]

            for variables, code in [
                ({"search": {"sort": "DISTANCE"}}, "INVALID"),
                ({"search": {"cooperative": "bukan"}}, "INVALID"),
                ({"first": 101}, "INVALID"),
                ({"after": "bukan"}, "STALE_CURSOR"),
            ]:
                refused = await ask(SEARCH, **variables)
                assert refused["errors"][0]["extensions"]["code"] == code


async def test_a_page_costs_as_many_statements_for_one_hit_as_for_fifty(
    db: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tortoise.backends.base.client import BaseDBAsyncClient

    from schema.context import Context
    from schema.root import schema
    from search.embedded import EmbeddedEngine
    from tests.search.test_projector import Adapters

    outbox.subscribe({})
    engine = EmbeddedEngine(db.folder / "search")
    assert engine.can_write()
    for n in range(50):
        shop = await a_seller(await a_cooperative(f"koperasi-{n}", f"K{n}"))
        await a_variant(shop, title=f"Sate {n}")
    await projector.reindex(engine)
    counts = []
    statements: list[str] = []
    kind: type[BaseDBAsyncClient] = type(await _connection())
    execute = kind.execute_query

    async def counted(self: Any, query: str, *more: Any) -> Any:
        statements.append(query)
        return await execute(self, query, *more)

    monkeypatch.setattr(kind, "execute_query", counted)
    for first in (1, 50):
        statements.clear()
        context = Context(settings=db, adapters=Adapters(engine))
        answer = await schema.execute(SEARCH, variable_values={"first": first}, context_value=context)
        assert not answer.errors
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 3
    await engine.close()


async def _connection() -> Any:
    from marketplace.database import connection

    return connection()
