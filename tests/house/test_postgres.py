"""Connections to PostgreSQL as they are lent and given back: none that is broken, busy or half-way is lent again."""

import asyncio
from typing import Any

import asyncpg
import httpx
import pytest

from marketplace import postgres
from marketplace.database import connection, is_postgres, transaction
from marketplace.identity.models import Account
from marketplace.settings import Settings
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio


async def _pid(within: Any) -> int:
    (row,) = await within.execute_query_dict("SELECT pg_backend_pid() AS pid")
    return int(row["pid"])


async def test_the_last_one_given_back_is_lent_first_and_only_some_rest(db: Settings) -> None:
    if not is_postgres():
        return
    client: Any = connection()
    together = asyncio.Barrier(postgres.RESTING + 3)

    async def at_once() -> None:
        async with transaction():
            await together.wait()

    await asyncio.gather(*(at_once() for _ in range(postgres.RESTING + 3)))
    assert len(client._resting) == postgres.RESTING
    async with transaction() as within:
        pid = await _pid(within)
    assert await _pid(client) == pid
    assert len(client._resting) == postgres.RESTING


async def test_one_that_the_server_closed_is_not_lent_again(db: Settings) -> None:
    if not is_postgres():
        return
    client: Any = connection()
    pid = await _pid(client)
    async with transaction(), transaction() as within:  # nested: the same connection, a savepoint
        assert await _pid(within) == pid
    resting, client._resting = client._resting, []
    assert await _pid(client) != pid
    await client.execute_query("SELECT pg_terminate_backend($1)", [pid])
    await asyncio.sleep(0.2)  # the loop hears that the server hung up
    client._resting = resting
    assert await _pid(client) != pid


async def test_one_whose_caller_was_cancelled_is_rolled_back_first(db: Settings) -> None:
    if not is_postgres():
        return
    client: Any = connection()
    await client.execute_script("CREATE TABLE kept (n int)")

    async def too_long() -> None:
        async with asyncio.timeout(0.2), transaction() as within:
            await within.execute_query("INSERT INTO kept VALUES (1)")
            await within.execute_query("SELECT pg_sleep(60)")

    async def failing() -> None:
        async with transaction() as within:
            await within.execute_query("INSERT INTO kept VALUES (2)")
            raise ZeroDivisionError

    with pytest.raises(TimeoutError):
        await too_long()
    async with transaction() as within:
        assert await within.execute_query_dict("SELECT n FROM kept") == []
        with pytest.raises(ZeroDivisionError):
            await failing()
        await within.execute_query("INSERT INTO kept VALUES (3)")
    assert await client.execute_query_dict("SELECT n FROM kept") == [{"n": 3}]
    assert not any(resting.is_in_transaction() for resting in client._resting)


async def test_a_server_that_takes_nobody_is_told_as_such(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    if not settings.database.startswith("postgres"):
        return

    def full(*_: object) -> None:
        raise asyncpg.TooManyConnectionsError("sorry, too many clients already")

    token = await token_of(await Account.create(phone="+6281200000001", name="Budi"))
    monkeypatch.setattr(asyncpg.Pool, "acquire", full)
    monkeypatch.setattr(postgres, "_is_open", lambda _: False)  # none that rests is lent instead
    answered = await client.post("/graphql", json={"query": "{ cooperatives(first: 1) { nodes { id } } }"})
    refused = await client.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"Authorization": f"Bearer {token}"}
    )
    for answer, status in ((answered, 200), (refused, 503)):
        (error,) = answer.json()["errors"]
        told = error["extensions"]
        assert (answer.status_code, told["code"], told["retryable"]) == (status, "UNAVAILABLE", True)
        assert "coba lagi" in error["message"]
