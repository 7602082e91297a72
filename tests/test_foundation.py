"""The ground everything stands on: transactions, idempotency, money."""

from typing import Any

import pytest

from marketplace import money
from marketplace.database import connection, is_postgres, new_id, transaction
from marketplace.idempotency import IdempotencyMismatch, once
from marketplace.settings import Settings

pytestmark = pytest.mark.anyio


async def test_an_intent_is_carried_out_once(db: object) -> None:
    actor, first, second = new_id(), new_id(), new_id()
    async with transaction():
        assert await once(actor, "placeOrder", "k", {"a": 1}, first) is None
    async with transaction():
        assert await once(actor, "placeOrder", "k", {"a": 1}, second) == first
        with pytest.raises(IdempotencyMismatch):
            await once(actor, "placeOrder", "k", {"a": 2}, second)


async def test_a_split_loses_nothing() -> None:
    assert money.allocate(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}


async def test_giving_a_connection_back_costs_no_statement_and_leaves_no_transaction_open(db: Settings) -> None:
    with pytest.raises(ZeroDivisionError):
        await _fail_within()
    if not is_postgres():
        return
    client: Any = connection()
    async with client._pool.acquire() as pooled:
        assert pooled.get_reset_query() == ""
        assert not pooled.is_in_transaction()


async def _fail_within() -> None:
    async with transaction() as within:
        await within.execute_query("SELECT 1")
        raise ZeroDivisionError
