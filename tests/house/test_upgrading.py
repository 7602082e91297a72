"""A node of any release is taken over whole: no row, sum or guard goes, its books are clean, it serves on."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from asgi_lifespan import LifespanManager
from tortoise import Tortoise

from cooperatives import ledger
from marketplace import checks, database, migrating
from marketplace.app import create_app
from marketplace.database import connection
from marketplace.settings import Settings
from tests.conftest import databases
from tests.demo import words
from tests.house.test_migrations import count, tables
from tests.journeys.test_bad_input import sign_in
from tests.postgres import scratch_postgres
from tests.released import POSTGRES, SQLITE, releases, unpacked

pytestmark = pytest.mark.anyio

#: Tables that a migration empties or removes on purpose, each with the reason; none so far.
NOT_KEPT: frozenset[str] = frozenset()
#: What a filled database cannot be without: a release that keeps fewer proves little.
LIVED = (
    "sub_order",
    "payment",
    "delivery_job",
    "ledger_transfer",
    "settlement_obligation",
    "settlement_payment",
    "notice",
)


@pytest.fixture(params=databases())
async def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=releases())
async def old_node(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings of a node whose database a former release left, not yet migrated."""
    chosen = {"folder": tmp_path, "worker_in_process": False}
    if kind == "sqlite":
        (tmp_path / "lumbung.sqlite3").write_bytes(unpacked(request.param, SQLITE))
        yield Settings(**chosen)
        await database.disconnect()
        return
    async with scratch_postgres() as url:
        filling = await asyncpg.connect(url)
        await filling.execute(unpacked(request.param, POSTGRES).decode())
        await filling.close()
        yield Settings(**chosen, database_url=url)
        await database.disconnect()


async def accumulators() -> list[dict[str, Any]]:
    """Each account's four sums."""
    return list(
        await connection().execute_query_dict(
            "SELECT id, debits_posted, credits_posted, debits_pending, credits_pending"
            " FROM ledger_account ORDER BY id"
        )
    )


async def test_an_upgrade_keeps_every_row_and_sum(old_node: Settings) -> None:
    await database.connect(old_node)
    counts = {name: await count(name) for name in await tables()}
    sums = await accumulators()
    assert [table for table in LIVED if not counts[table]] == []
    await database.disconnect()

    await migrating.migrate(old_node)

    await database.connect(old_node)
    assert {name: await count(name) for name in counts if name not in NOT_KEPT} == {
        name: rows for name, rows in counts.items() if name not in NOT_KEPT
    }
    assert await accumulators() == sums
    assert await ledger.missing_guards() == []
    assert await migrating.pending(old_node) == []
    assert await foreign_keys_broken() == []
    assert [finding async for finding in checks.findings()] == []
    await database.disconnect()


async def foreign_keys_broken() -> list[Any]:
    """SQLite checks none while a table is remade; PostgreSQL always does."""
    return [] if database.is_postgres() else list(await connection().execute_query_dict("PRAGMA foreign_key_check"))


async def test_an_upgraded_node_serves(old_node: Settings) -> None:
    """What the old version wrote is read by the new one: each enum, JSON column and time, and the API over them."""
    await migrating.migrate(old_node)
    async with LifespanManager(create_app(old_node)) as running:
        for model in (Tortoise.apps or {})[database.APP].values():
            assert len(await model.all()) == await model.all().count()
        treasurer = await sign_in("+628123100003")
        transport = httpx.ASGITransport(app=running.app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://lumbung.test") as http:
            asked = {"query": words.BOOK, "variables": {"slug": "pengemudi-suroboyo"}}
            answer = (
                await http.post("/graphql", json=asked, headers={"Authorization": f"Bearer {treasurer}"})
            ).json()
            balance = answer["data"]["cooperative"]["book"]["trialBalance"]
            assert balance["debits"] == balance["credits"] > 0
