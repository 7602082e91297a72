"""The HTTP edge: ids, headers, bodies, origins, rates, trusted documents, masked errors, health."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from asgi_lifespan import LifespanManager
from graphql import GraphQLError

from marketplace import database, logs
from marketplace.app import create_app
from marketplace.rates import InProcess, InRedis, RateLimited, Rates
from marketplace.settings import Settings
from schema.problems import as_graphql_error
from tests.conftest import REDIS_URL, GraphQL

pytestmark = pytest.mark.anyio
TYPENAME = {"query": "{__typename}"}


class app_of:
    """`async with app_of(settings) as client:` the application with these settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    async def __aenter__(self) -> httpx.AsyncClient:
        self.running = LifespanManager(create_app(self.settings))
        app = (await self.running.__aenter__()).app
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://lumbung.test")

    async def __aexit__(self, *_: object) -> None:
        await self.running.__aexit__(None, None, None)


async def test_a_request_has_an_id_and_safe_headers(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", json=TYPENAME, headers={"X-Request-ID": "from-the-client-1"})
    assert answer.headers["x-request-id"] == "from-the-client-1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    odd = await client.get("/healthz", headers={"X-Request-ID": "no\tgood"})
    assert len(odd.headers["x-request-id"]) == 36


async def test_a_large_body_is_refused_also_without_a_length(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    whole = await client.post("/graphql", content=b"x" * 2_000_000)
    piecewise = await client.post("/graphql", content=pieces(), headers={"Content-Type": "application/json"})
    for answer in (whole, piecewise):
        assert answer.status_code == 413
        assert answer.json()["errors"][0]["extensions"]["code"] == "BODY_TOO_LARGE"


async def test_only_named_origins_may_read(settings: Settings) -> None:
    named = settings.model_copy(update={"cors_origins": ("https://app.example",)})
    async with app_of(named) as client:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        good = await client.options("/graphql", headers={"Origin": "https://app.example", **asked})
        bad = await client.options("/graphql", headers={"Origin": "https://bad.example", **asked})
        assert good.headers["access-control-allow-origin"] == "https://app.example"
        assert "access-control-allow-origin" not in bad.headers


async def test_too_many_requests_wait(settings: Settings) -> None:
    async with app_of(settings.model_copy(update={"rate_per_minute": 3})) as client:
        answers = [await client.post("/graphql", json=TYPENAME) for _ in range(8)]
    refused = answers[-1]
    assert refused.status_code == 429
    assert refused.json()["errors"][0]["extensions"] == {"code": "RATE_LIMITED", "retryable": True}
    assert 1 <= int(refused.headers["retry-after"]) <= 61


async def test_callers_are_counted_apart_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = InProcess()
    assert [await counter.count("a", 1), await counter.count("b", 1), await counter.count("a", 1)] == [1, 1, 2]
    assert await counter.count("a", 2) == 1
    monkeypatch.setattr("marketplace.rates.LARGEST", 10)
    for n in range(100):
        await counter.count(str(n), 3)
    assert len(counter._counts) <= 11


async def test_rates_go_on_in_memory_while_redis_is_away() -> None:
    counter = InRedis("redis://127.0.0.1:1/0")
    assert [await counter.count("a", 1), await counter.count("a", 1)] == [1, 2]
    await counter.close()


@pytest.mark.redis
async def test_rates_are_shared_through_redis() -> None:
    some, other = InRedis(REDIS_URL), InRedis(REDIS_URL)
    caller, window = f"test:{id(some)}", 1
    assert [await some.count(caller, window), await other.count(caller, window)] == [1, 2]
    await asyncio.gather(some.close(), other.close())


async def test_a_rate_tells_how_long_to_wait() -> None:
    rates = Rates(Settings(rate_per_minute=1))

    async def ask_thrice() -> None:  # a minute may turn between two calls, not between three
        for _ in range(3):
            await rates.take("someone")

    with pytest.raises(RateLimited) as refused:
        await ask_thrice()
    assert 1 <= int(str(refused.value.values["seconds"])) <= 61


async def test_an_error_may_repeat_what_no_json_holds(client: httpx.AsyncClient) -> None:
    asked = {
        "query": 'query($near: GeoPointInput) {suggest(text: "a", near: $near) {text}}',
        "variables": {"near": {"\ud800": 1}},
    }
    answer = await client.post("/graphql", content=json.dumps(asked), headers={"content-type": "application/json"})
    assert answer.status_code == 200
    assert "\\ud800" in answer.text
    assert answer.json()["errors"]


async def test_trusted_documents_are_run_by_their_hash(settings: Settings) -> None:
    text = "{__typename}"
    hash = hashlib.sha256(text.encode()).hexdigest()
    (settings.folder / "trusted-documents.json").write_text(json.dumps({hash: text}))
    async with app_of(settings.model_copy(update={"require_trusted_documents": True})) as client:
        by_get = await client.get("/graphql", params={"documentId": f"sha256:{hash}"})
        by_post = await client.post("/graphql", json={"documentId": hash})
        by_apollo = await client.post("/graphql", json={"extensions": {"persistedQuery": {"sha256Hash": hash}}})
        by_text = await client.post("/graphql", json={"query": text})
        for answer in (by_get, by_post, by_apollo, by_text):
            assert answer.status_code == 200, answer.text
            assert answer.json()["data"] == {"__typename": "Query"}
        other = await client.post("/graphql", json={"query": "{a:__typename}"})
        unknown = await client.post("/graphql", json={"documentId": "0" * 64})
        for answer in (other, unknown):
            assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_an_unexpected_error_tells_nothing_but_a_reference() -> None:
    told = as_graphql_error(GraphQLError("x", original_error=RuntimeError("password is hunter2")), "en")
    assert "hunter2" not in str(told.formatted)
    assert told.extensions is not None
    assert told.extensions["code"] == "INTERNAL"
    assert told.extensions["reference"]


async def test_production_shows_no_schema_by_query_but_serves_its_file(settings: Settings) -> None:
    closed = settings.model_copy(update={"allow_introspection": False})
    async with app_of(closed) as client:
        asked = await client.post("/graphql", json={"query": "{__schema{types{name}}}"})
        assert asked.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert "type Query" in (await client.get("/schema.graphql")).text


async def test_graphiql_is_for_development(settings: Settings) -> None:
    async with app_of(settings) as client:
        page = await client.get("/graphql", headers={"Accept": "text/html"})
        assert "graphiql" in page.text.lower()


async def test_the_node_says_whether_it_is_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    ready = (await client.get("/readyz")).json()
    assert not [reason for reason in ready["reasons"] if reason.startswith(("ledger", "outbox"))]
    assert "lumbung_requests_total" in (await client.get("/metrics")).text


async def test_a_missing_guard_makes_it_unready(client: httpx.AsyncClient) -> None:
    table = " ON ledger_transfer" if database.is_postgres() else ""
    await database.connection().execute_script(f"DROP TRIGGER ledger_transfer_accumulate{table}")
    await database.connection().execute_script("CREATE TABLE IF NOT EXISTS unused (id int)")
    answer = await client.get("/readyz")
    assert answer.status_code == 503


async def test_secrets_are_not_logged() -> None:
    hidden = logs.hide_secrets(None, "", {"access_token": "a", "input": {"password": "b", "name": "c"}})
    assert hidden == {"access_token": "[hidden]", "input": {"password": "[hidden]", "name": "c"}}


async def test_language_is_taken_from_the_header(graphql: GraphQL, client: httpx.AsyncClient) -> None:
    many = {"query": "{" + " ".join(f"a{n}:__typename" for n in range(31)) + "}"}
    for language, word in (("en-GB,en;q=0.9", "aliases"), ("id", "alias; paling")):
        answer = await client.post("/graphql", json=many, headers={"Accept-Language": language})
        assert word in answer.json()["errors"][0]["message"]


async def test_the_folder_is_enough_to_start(tmp_path: Path) -> None:
    from marketplace import migrating

    settings = Settings(folder=tmp_path / "node")
    assert await migrating.migrate(settings)
    async with app_of(settings) as client:
        answer = await client.get("/readyz")
        assert answer.json()["reasons"] == []
