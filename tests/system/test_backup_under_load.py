"""A backup taken while the town works, restored elsewhere: one moment of the books, whole, and work goes on there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from marketplace import database, settings
from marketplace.database import connection
from tests.demo.town import Town
from tests.node import Node
from tests.postgres import scratch_postgres
from tests.system.load import DELIVERED, Load, nothing_is_lost, what_was_under_way_is_brought_to_its_end
from tests.system.people import signed_in

pytestmark = pytest.mark.anyio

#: So many orders are delivered before the backup begins.
BEFORE = 4


async def test_a_backup_under_load_is_one_moment_of_the_books(node: Node, tmp_path: Path) -> None:
    file = tmp_path / "node.tar"
    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=20)) as http:
        load = Load(Town(node, http))
        load.town.cast()
        await signed_in(node, load.town.everyone())
        node.start()
        try:
            await load.town.visit_shops()
            known = await backed_up_under(load, node, file)
        finally:
            node.stop()
        assert "findings=0" in node.run("check-books").stdout
        async with elsewhere(node, tmp_path / "again") as again:
            again.run("restore", str(file), "--into", str(again.folder))
            assert "findings=0" in again.run("check-books").stdout
            await each_transfer_is_one_of(again, node)
            await work_goes_on(load, known, again)


async def backed_up_under(load: Load, node: Node, file: Path) -> dict[str, frozenset[str]]:
    """Back up while orders come; answers what had been acknowledged when the backup began."""
    load.town.refill_drivers()
    running = [asyncio.create_task(load.keep_on(worker)) for worker in range(4)]
    async with asyncio.timeout(60):
        while sum(states == DELIVERED for states in load.acknowledged.values()) < BEFORE:  # noqa: ASYNC110 (clients)
            await asyncio.sleep(0.05)
    known = dict(load.acknowledged)
    await asyncio.to_thread(node.run, "backup", str(file))
    placed_meanwhile = len(load.acknowledged) - len(known)
    assert placed_meanwhile > 0, "the town stood still while it was backed up"
    for task in running:
        task.cancel()
    ended = await asyncio.gather(*running, return_exceptions=True)
    assert [end for end in ended if not isinstance(end, asyncio.CancelledError)] == []
    return known


@asynccontextmanager
async def elsewhere(node: Node, folder: Path) -> AsyncIterator[Node]:
    """An empty node to restore into, on the same kind of database."""
    if not node.environment.get("LUMBUNG_DATABASE_URL"):
        yield Node(folder)
        return
    async with scratch_postgres() as url:
        yield Node(folder, database_url=url)


async def transfers(node: Node) -> dict[Any, dict[str, Any]]:
    await database.connect(settings.read(node.environment))
    try:
        rows = await connection().execute_query_dict("SELECT * FROM ledger_transfer")
    finally:
        await database.disconnect()
    return {str(row["id"]): row for row in rows}


async def each_transfer_is_one_of(restored: Node, original: Node) -> None:
    """With `check-books` clean the sums are those of these transfers, so the books equal those of that moment."""
    kept, all_of_them = await transfers(restored), await transfers(original)
    assert len(kept) > 0
    assert {id: all_of_them.get(id) for id in kept} == kept


async def work_goes_on(load: Load, known: dict[str, frozenset[str]], again: Node) -> None:
    """Everyone's phone speaks to the restored node from now on: signed in still, and every order is delivered."""
    load.acknowledged = known
    for phone in load.town.everyone():
        phone.base = again.base
    again.start()
    try:
        await nothing_is_lost(load)
        await what_was_under_way_is_brought_to_its_end(load)
    finally:
        again.stop()
    assert "findings=0" in again.run("check-books").stdout
