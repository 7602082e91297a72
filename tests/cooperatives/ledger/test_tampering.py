"""Whoever holds the database may take the guards away and change a row: `lumbung check-books` names it."""

from uuid import UUID, uuid4

import pytest

from cooperatives import ledger
from cooperatives.ledger import chain
from cooperatives.ledger.models import LedgerAccount, Transfer
from cooperatives.ledger.service import AccountRef, Cause, Entry, Phase, Purpose, Resolve, post
from marketplace import checks, clock
from marketplace.database import connection, is_postgres, transaction

pytestmark = pytest.mark.anyio

BOOK = UUID(int=1)
CASH = AccountRef(BOOK, Purpose.CASH)
BANK = AccountRef(BOOK, Purpose.BANK)
CAPITAL = AccountRef(BOOK, Purpose.MEMBER_CAPITAL)


@pytest.fixture(autouse=True)
async def _posted(db: object) -> None:
    """Five transfers of 1 to 5 rupiah, one pending of 7 that ends with 6; all sealed."""
    async with transaction():
        await post([Entry(BANK, CAPITAL, 100, "opening")], cause=Cause("test", uuid4()))
    for amount in range(1, 6):
        async with transaction():
            await post([Entry(CASH, CAPITAL, amount, "saving")], cause=Cause("test", uuid4()))
    held = Cause("held", uuid4())
    async with transaction():
        await post([Entry(CASH, CAPITAL, 7, "saving", Phase.PENDING, clock.now())], cause=held)
    async with transaction():
        await post([Resolve(held.transfer_id(0), Phase.EXPIRE)], cause=Cause("end", uuid4()))
    await chain.seal_books()
    assert await _named() == []


async def _named() -> list[str]:
    return [f"{found.rule[:1]} {found.where}" for found in [f async for f in checks.findings()]]


async def _as_superuser(*statements: str) -> None:
    """With all triggers off, and foreign keys too; afterwards everything looks as before."""
    if is_postgres():
        async with transaction():
            await connection().execute_script("SET LOCAL session_replication_role = replica")
            for statement in statements:
                await connection().execute_script(statement)
        return
    names = await connection().execute_query_dict("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for row in names:
        await connection().execute_script(f"DROP TRIGGER {row['name']}")
    await connection().execute_script("PRAGMA foreign_keys = OFF")
    for statement in statements:
        await connection().execute_script(statement)
    await connection().execute_script("PRAGMA foreign_keys = ON")
    await ledger.install()


def _sql(id: object) -> str:
    return f"'{id}'"


CHANGES = {
    "amount": "amount = 99",
    "account": f"debit_account_id = {_sql(BANK.id())}",
    "both accounts": f"debit_account_id = {_sql(CAPITAL.id())}, credit_account_id = {_sql(CASH.id())}",
    "cause": f"cause_id = {_sql(UUID(int=9))}",
    "kind of the cause": "cause_kind = 'other'",
    "kind": "kind = 'other'",
    "book": f"cooperative_id = {_sql(UUID(int=2))}",
    "moment": "created_at = '2020-01-01 00:00:00+00:00'",
    "phase": "phase = 'VOID'",
}


@pytest.mark.parametrize("what", CHANGES)
async def test_a_changed_row_is_named(what: str) -> None:
    third = await Transfer.get(amount=3)
    await _as_superuser(f"UPDATE ledger_transfer SET {CHANGES[what]} WHERE amount = 3")
    assert await ledger.missing_guards() == []
    named = [where for where in await _named() if f"transfer {third.id}: the transfer was changed" in where]
    assert len(named) == 1
    assert f"book {BOOK}, link 4" in named[0]


async def test_a_pending_one_that_was_given_more_time_is_named() -> None:
    pending = await Transfer.get(phase=Phase.PENDING)
    await _as_superuser("UPDATE ledger_transfer SET expires_at = '2099-01-01 00:00:00+00:00' WHERE phase = 'PENDING'")
    assert [where for where in await _named() if str(pending.id) in where and "was changed" in where]


async def test_a_removed_row_is_named() -> None:
    third = await Transfer.get(amount=3)
    await _as_superuser("DELETE FROM ledger_transfer WHERE amount = 3")
    assert any(f"transfer {third.id}: the transfer was removed" in where for where in await _named())


async def test_a_row_removed_with_its_link_is_named() -> None:
    third = await Transfer.get(amount=3)
    of_it = f"transfer_id = {_sql(third.id)}"
    await _as_superuser("DELETE FROM ledger_transfer WHERE amount = 3", f"DELETE FROM ledger_chain WHERE {of_it}")
    assert any("link 4 is missing" in where for where in await _named())


async def test_the_last_row_removed_with_its_link_leaves_its_accounts_wrong() -> None:
    """The chain's end can be cut without a trace in the chain; the accumulators still hold what was posted."""
    last = await Transfer.get(phase=Phase.EXPIRE)
    of_it = f"transfer_id = {_sql(last.id)}"
    await _as_superuser(
        "DELETE FROM ledger_transfer WHERE phase = 'EXPIRE'", f"DELETE FROM ledger_chain WHERE {of_it}"
    )
    named = await _named()
    assert any(f"CASH {CASH.id()} of book {BOOK}" in where for where in named)


async def test_a_row_removed_before_it_was_sealed_is_named() -> None:
    async with transaction():
        await post([Entry(CASH, CAPITAL, 8, "saving")], cause=Cause("test", uuid4()))
    eighth = await Transfer.get(amount=8)
    await _as_superuser("DELETE FROM ledger_transfer WHERE amount = 8")
    assert await chain.seal_books() == 0  # the others are sealed all the same
    assert any(f"transfer {eighth.id} of book {BOOK} was removed before" in where for where in await _named())


async def test_an_added_row_is_named() -> None:
    columns = "created_at, cooperative_id, debit_account_id, credit_account_id, kind, cause_kind, cause_id, ordinal"
    await _as_superuser(
        f"INSERT INTO ledger_transfer (id, amount, phase, {columns}) "
        f"SELECT {_sql(UUID(int=77))}, 500, 'SINGLE', {columns} FROM ledger_transfer WHERE amount = 3"
    )
    assert any(f"transfer {UUID(int=77)} of book {BOOK}" in where for where in await _named())


async def test_a_second_end_of_a_pending_one_is_named() -> None:
    """Hidden under another pending id: the unique column alone would not see it."""
    first = await Transfer.get(amount=1)
    await _as_superuser(f"UPDATE ledger_transfer SET pending_id = {_sql(first.id)} WHERE phase = 'EXPIRE'")
    assert any("which ends" in where for where in await _named())


async def test_an_account_made_into_another_is_named() -> None:
    await _as_superuser(f"UPDATE ledger_account SET purpose = 'OTHER_EXPENSE' WHERE id = {_sql(CASH.id())}")
    assert any(f"account {CASH.id()} was another, and now says OTHER_EXPENSE" in where for where in await _named())


async def test_an_accumulator_changed_alone_is_named() -> None:
    await LedgerAccount.filter(id=CASH.id()).update(debits_posted=1)
    assert any(f"CASH {CASH.id()} of book {BOOK}: kept 1/0, transfers 15/0" in where for where in await _named())
