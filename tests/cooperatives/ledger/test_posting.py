"""Posting, told as tables: one transfer a row, what is expected of it last."""

import asyncio
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tortoise.exceptions import IntegrityError

from cooperatives import ledger
from cooperatives.ledger import service
from cooperatives.ledger.accounts import Phase
from cooperatives.ledger.models import LedgerAccount, Transfer
from cooperatives.ledger.service import (
    AccountRef,
    Cause,
    Compound,
    Entry,
    LimitExceeded,
    Outcome,
    PostedOtherwise,
    Purpose,
    post,
    post_batch,
)
from marketplace.database import connection, is_postgres, transaction

pytestmark = pytest.mark.anyio

COOP = UUID(int=0xA)
OTHER = UUID(int=0xB)
ORDER = UUID(int=0xC)
BANK = AccountRef(COOP, Purpose.BANK)
CASH = AccountRef(COOP, Purpose.CASH)
ESCROW = AccountRef(COOP, Purpose.ORDER_ESCROW, ORDER)
GATEWAY = AccountRef(COOP, Purpose.GATEWAY_CLEARING)
SELLER = AccountRef(COOP, Purpose.SELLER_PAYABLE, UUID(int=0xD))
COMMISSION = AccountRef(COOP, Purpose.COMMISSION_INCOME)


@pytest.fixture(autouse=True)
async def _guards(db: object) -> None:
    await ledger.install()


async def _post(*entries: Entry, cause: Cause | None = None) -> None:
    async with transaction():
        await post(entries, cause=cause or Cause("test", uuid4()))


def _entry(debit: AccountRef, credit: AccountRef, amount: int) -> Entry:
    return Entry(debit, credit, amount, "test")


async def test_a_paid_order_is_held_and_released() -> None:
    table = [
        # debit, credit, amount, escrow after, payable after
        ((GATEWAY, ESCROW, 62_000), 62_000, 0),
        ((ESCROW, SELLER, 47_500), 14_500, 47_500),
        ((ESCROW, COMMISSION, 2_500), 12_000, 47_500),
        ((ESCROW, AccountRef(COOP, Purpose.DUE_TO, OTHER), 12_000), 0, 47_500),
    ]
    for moved, escrow, payable in table:
        await _post(_entry(*moved))
        assert (await service.balance(ESCROW)).amount == escrow
        assert (await service.balance(SELLER)).amount == payable
    with pytest.raises(LimitExceeded):
        await _post(_entry(ESCROW, SELLER, 1))
    assert (await service.balance(ESCROW)).amount == 0


async def test_limits_are_right_inside_a_batch() -> None:
    await _post(_entry(CASH, ESCROW, 10_000_000))
    eight = [Compound(Cause("eight", uuid4()), (_entry(ESCROW, SELLER, 8_000_000),)) for _ in range(3)]
    async with transaction():
        results = await post_batch(eight)
    assert [result.outcome for result in results] == [Outcome.POSTED, Outcome.LIMIT, Outcome.LIMIT]
    assert (await service.balance(ESCROW)).amount == 2_000_000
    assert results[1].account_id == ESCROW.id()


async def test_balances_of_a_whole_co_op_are_read_at_once() -> None:
    """A thousand members and more: an "or" of each would be too deep for the query's own writer."""
    await _post(_entry(GATEWAY, SELLER, 700), _entry(BANK, SELLER, 300))
    drivers = [AccountRef(COOP, Purpose.DRIVER_PAYABLE, UUID(int=number)) for number in range(1, 3_001)]
    found = await service.balances([*drivers, SELLER, GATEWAY, BANK])
    assert [found[ref].amount for ref in (SELLER, GATEWAY, BANK, drivers[0])] == [1_000, 700, 300, 0]
    assert len(found) == 3_003


async def test_a_cause_is_posted_once() -> None:
    cause = Cause("sub_order.paid", ORDER)
    table = [
        # entries, refused
        ([_entry(CASH, ESCROW, 5), _entry(BANK, ESCROW, 6)], False),
        ([_entry(CASH, ESCROW, 5), _entry(BANK, ESCROW, 6)], False),
        ([_entry(CASH, ESCROW, 5), _entry(BANK, ESCROW, 6), _entry(BANK, SELLER, 0)], False),
        ([_entry(CASH, ESCROW, 5)], True),
        ([_entry(CASH, ESCROW, 5), _entry(BANK, ESCROW, 7)], True),
        ([_entry(CASH, ESCROW, 5), _entry(BANK, ESCROW, 6), _entry(BANK, ESCROW, 1)], True),
    ]
    for entries, is_refused in table:
        if is_refused:
            with pytest.raises(PostedOtherwise):
                await _post(*entries, cause=cause)
        else:
            await _post(*entries, cause=cause)
        assert (await service.balance(ESCROW)).amount == 11


async def test_two_phases() -> None:
    await _post(_entry(CASH, ESCROW, 100))
    cause = Cause("hold", uuid4())
    await _post(Entry(ESCROW, SELLER, 60, "hold", Phase.PENDING), cause=cause)
    held = await service.balance(ESCROW)
    assert (held.amount, held.available) == (100, 40)
    with pytest.raises(LimitExceeded):
        await _post(_entry(ESCROW, SELLER, 41))
    async with transaction():
        await service.post_pending(cause.transfer_id(0), amount=50, cause=Cause("take", ORDER))
    taken = await service.balance(ESCROW)
    assert (taken.amount, taken.available, taken.debits_pending) == (50, 50, 0)
    with pytest.raises(service.AlreadyResolved):
        async with transaction():
            await service.void_pending(cause.transfer_id(0), cause=Cause("again", ORDER))


async def test_entries_stay_in_one_book() -> None:
    with pytest.raises(ValueError, match="one co-op's book"):
        _entry(CASH, AccountRef(OTHER, Purpose.BANK), 1)


async def test_several_books_in_one_compound() -> None:
    await _post(
        _entry(CASH, ESCROW, 5), _entry(AccountRef(OTHER, Purpose.BANK), AccountRef(OTHER, Purpose.OTHER_INCOME), 5)
    )
    assert (await service.balance(AccountRef(OTHER, Purpose.BANK))).amount == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_transfer SET amount = 1",
        "DELETE FROM ledger_transfer",
        "DELETE FROM ledger_account",
        "UPDATE ledger_account SET purpose = 'CASH'",
        "TRUNCATE ledger_transfer",
        "TRUNCATE ledger_account CASCADE",
        "INSERT OR REPLACE INTO ledger_transfer SELECT * FROM ledger_transfer",
        "INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, "
        "kind, cause_kind, cause_id, ordinal, phase) SELECT cause_id, created_at, '{other}', debit_account_id, "
        "credit_account_id, 1, kind, cause_kind, cause_id, 0, 'SINGLE' FROM ledger_transfer",
    ],
)
async def test_the_database_refuses(statement: str) -> None:
    if ("TRUNCATE" in statement and not is_postgres()) or ("REPLACE" in statement and is_postgres()):
        return  # the other database has no such statement
    await _post(_entry(BANK, ESCROW, 5))
    with pytest.raises(IntegrityError, match="ledger"):
        await connection().execute_script(statement.format(other=OTHER))
    assert (await Transfer.get()).amount == 5
    assert await ledger.missing_guards() == []


async def test_a_guard_taken_away_is_missed() -> None:
    if is_postgres():
        await connection().execute_script("ALTER TABLE ledger_transfer DISABLE TRIGGER ledger_transfer_keep")
        assert await ledger.missing_guards() == ["ledger_transfer_keep"]
    else:
        await connection().execute_script("DROP TRIGGER ledger_transfer_no_update")
        assert await ledger.missing_guards() == ["ledger_transfer_no_update"]
    await ledger.install()


async def test_many_callers_at_once_lose_nothing() -> None:
    await _post(_entry(CASH, ESCROW, 50))

    async def spend() -> bool:
        try:
            await _post(_entry(ESCROW, SELLER, 10), _entry(GATEWAY, COMMISSION, 1))
        except LimitExceeded:
            return False
        return True

    spent = await asyncio.gather(*(spend() for _ in range(12)))
    assert sum(spent) == 5
    assert (await service.balance(ESCROW)).amount == 0
    assert (await service.balance(COMMISSION)).amount == 5


async def test_the_same_cause_at_once_is_posted_once() -> None:
    cause = Cause("paid", ORDER)
    await asyncio.gather(*(_post(_entry(CASH, ESCROW, 5), cause=cause) for _ in range(8)))
    assert await Transfer.all().count() == 1


async def test_posting_is_one_statement_on_postgres(caplog: pytest.LogCaptureFixture) -> None:
    if not is_postgres():
        return
    with caplog.at_level("DEBUG", logger="tortoise.db_client"):
        async with transaction():
            caplog.clear()
            await post([_entry(CASH, ESCROW, 5), _entry(ESCROW, SELLER, 5)], cause=Cause("one", ORDER))
            assert len([r for r in caplog.records if "SELECT" in r.getMessage() or "INSERT" in r.getMessage()]) == 1


ACCOUNTS = [CASH, BANK, ESCROW, GATEWAY, SELLER, COMMISSION]
Move = tuple[AccountRef, AccountRef, int]
moves = st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), st.integers(1, 10**12)).filter(
    lambda move: move[0] != move[1]
)


async def _recomputed() -> dict[UUID, tuple[int, ...]]:
    rows = await connection().execute_query_dict(service.posting.RECOMPUTE.format(debits="", credits=""))
    names = ("debits", "credits", "debits_waiting", "credits_waiting")
    return {UUID(str(row["account_id"])): tuple(int(row[name]) for name in names) for row in rows}


@hypothesis_settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(compounds=st.lists(st.lists(moves, min_size=1, max_size=4), max_size=6))
async def test_whatever_is_posted_the_books_balance(db: object, compounds: list[list[Move]]) -> None:
    async with transaction():
        await post_batch(
            [Compound(Cause("any", uuid4()), tuple(_entry(*move) for move in moved)) for moved in compounds]
        )
    rows = await LedgerAccount.all()
    assert sum(row.debits_posted for row in rows) == sum(row.credits_posted for row in rows)
    assert (await service.balance(ESCROW)).amount >= 0
    recomputed = await _recomputed()
    for row in rows:
        kept = (row.debits_posted, row.credits_posted, row.debits_pending, row.credits_pending)
        assert recomputed.get(row.id, (0, 0, 0, 0)) == kept


async def test_callers_who_touch_the_same_accounts_in_any_order_never_wait_for_each_other(db: object) -> None:
    order = [CASH, BANK, GATEWAY, SELLER, COMMISSION]

    async def around(n: int) -> None:
        turned = order[n % 5 :] + order[: n % 5]
        if n % 2:
            turned.reverse()
        await _post(*(_entry(one, other, 1) for one, other in pairwise(turned)))

    await asyncio.gather(*(around(n) for n in range(20)))
    assert await Transfer.all().count() == 80


async def test_new_accounts_are_made_by_postings_and_batches_at_once(db: object) -> None:
    """Each in the order of its ids, locked or made in its turn: whichever comes first, nobody holds what another
    waits for."""
    for _ in range(5):
        new = [AccountRef(CASH.cooperative_id, Purpose.SELLER_PAYABLE, uuid4()) for _ in range(8)]

        async def around(n: int, order: list[AccountRef]) -> None:
            turned = order[n % 8 :] + order[: n % 8]
            entries = tuple(_entry(one, other, 1) for one, other in pairwise(turned))
            async with transaction():
                if n % 2:
                    await post(entries, cause=Cause("turned", uuid4()))
                else:
                    await post_batch([Compound(Cause("turned", uuid4()), (entry,)) for entry in entries])

        before = await Transfer.all().count()
        await asyncio.gather(*(around(n, new) for n in range(16)))
        assert await Transfer.all().count() == before + 16 * 7
