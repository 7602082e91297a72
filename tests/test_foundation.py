"""The ground everything stands on: transactions, idempotency, money."""

import pytest

from marketplace import money
from marketplace.database import new_id, transaction
from marketplace.idempotency import IdempotencyMismatch, once

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
