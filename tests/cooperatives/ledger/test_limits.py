"""What an account may hold at least and at most, and what may not have a limit."""

from uuid import UUID, uuid4

import pytest

from cooperatives.ledger import service
from cooperatives.ledger.accounts import CHART, HUB_SHARDS
from cooperatives.ledger.models import Transfer
from cooperatives.ledger.service import AccountRef, Cause, Entry, LimitExceeded, Purpose, TooMuch
from marketplace.database import connection, transaction
from marketplace.money import LARGEST_RUPIAH

pytestmark = pytest.mark.anyio

COOP = UUID(int=0xA)
CASH = AccountRef(COOP, Purpose.CASH)
SELLER = AccountRef(COOP, Purpose.SELLER_PAYABLE, UUID(int=0xD))


async def _post(debit: AccountRef, credit: AccountRef, amount: int) -> None:
    async with transaction():
        await service.post([Entry(debit, credit, amount, "test")], cause=Cause("test", uuid4()))


async def _limit(ref: AccountRef, floor: int | None) -> None:
    async with transaction():
        await service.set_limit(ref, floor)


async def test_a_limit_is_set_moved_and_taken_away(db: object) -> None:
    await _limit(CASH, -50)  # before its first posting
    await _post(SELLER, CASH, 50)
    with pytest.raises(LimitExceeded):
        await _post(SELLER, CASH, 1)
    await _limit(CASH, -60)
    await _post(SELLER, CASH, 10)
    with pytest.raises(LimitExceeded):
        await _limit(CASH, -59)
    await _limit(CASH, None)
    await _post(SELLER, CASH, 1_000)
    assert (await service.balance(CASH)).amount == -1_060


async def test_no_hub_has_a_limit(db: object) -> None:
    hubs = [purpose for purpose, posts in CHART.items() if posts.is_hub]
    assert hubs
    assert all(CHART[purpose].floor is None for purpose in hubs)
    with pytest.raises(ValueError, match="sub-accounts"):
        await _limit(AccountRef(COOP, Purpose.COMMISSION_INCOME), 0)


async def test_a_hub_is_split_and_read_as_one(db: object) -> None:
    hub = AccountRef(COOP, Purpose.COMMISSION_INCOME)
    for _ in range(20):
        await _post(CASH, hub, 5)
    used = set(await Transfer.all().distinct().values_list("credit_account_id", flat=True))
    assert 1 < len(used) <= HUB_SHARDS
    assert (await service.balance(hub)).amount == 100


async def test_an_account_that_would_overflow_refuses(db: object) -> None:
    entries = [Entry(CASH, SELLER, LARGEST_RUPIAH, "test") for _ in range(1024)]
    async with transaction():
        await service.post(entries, cause=Cause("test", uuid4()))
    with pytest.raises(TooMuch):
        await _post(CASH, SELLER, LARGEST_RUPIAH)
    assert (await service.balance(CASH)).debits_posted == 1024 * LARGEST_RUPIAH


async def test_what_a_refused_compound_moved_first_is_moved_back(db: object) -> None:
    """Over several accounts, of which the last in the order of locks may be the one that refuses; and a repeat."""
    others = [AccountRef(COOP, Purpose.SELLER_PAYABLE, UUID(int=n)) for n in range(1, 5)]
    await _limit(CASH, 0)
    cause = Cause("test", uuid4())
    entries = [Entry(CASH, other, 10 + n, "test") for n, other in enumerate(others)]
    async with transaction():
        await service.post(entries, cause=cause)
    stood = await service.balances([CASH, *others])
    async with transaction():
        with pytest.raises(LimitExceeded):
            await service.post([Entry(other, CASH, 100, "test") for other in others], cause=Cause("test", uuid4()))
        await service.post(entries, cause=cause)  # said again
        assert await service.balances([CASH, *others]) == stood
        await service.post([Entry(SELLER, CASH, 46, "test")], cause=Cause("test", uuid4()))  # as much as there is
    assert (await service.balance(CASH)).amount == 0
    assert await service.balances(others) == {other: stood[other] for other in others}


async def test_who_writes_past_the_call_still_moves_the_accounts(db: object) -> None:
    async with transaction():
        await service.post([Entry(CASH, SELLER, 7, "test")], cause=Cause("test", uuid4()))
        columns = "created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind, cause_kind, phase"
        await connection().execute_script(
            f"INSERT INTO ledger_transfer (id, cause_id, ordinal, {columns})"
            f" SELECT '{uuid4()}', '{uuid4()}', 0, {columns} FROM ledger_transfer"
        )
    assert (await service.balance(CASH)).amount == 14
