"""The ground everything stands on: transactions, idempotency, money."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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


@given(st.integers(-(10**12), 10**12), st.integers(0, money.FULL_SHARE_BP))
@example(1, 5_000)  # who gives keeps the rupiah that is nobody's
@example(-3, 5_000)
def test_a_share_is_what_a_split_gives(amount: int, basis_points: int) -> None:
    rest = money.FULL_SHARE_BP - basis_points
    assert money.share(amount, basis_points) == money.allocate(amount, {"b": basis_points, "a": rest})["b"]


@pytest.mark.parametrize("basis_points", [-1, money.FULL_SHARE_BP + 1])
def test_nobody_has_a_share_of_less_than_nothing_or_more_than_all(basis_points: int) -> None:
    with pytest.raises(ValueError, match="between nothing and all"):
        money.share(100, basis_points)


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
