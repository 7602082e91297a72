"""The queue that gathers callers into batches: a verdict each, one bad row fails alone, bounded."""

import asyncio
from uuid import UUID, uuid4

import pytest

from cooperatives.ledger import bulk, service
from cooperatives.ledger.bulk import BulkQueue, QueueFull
from cooperatives.ledger.models import Transfer
from cooperatives.ledger.service import AccountRef, Cause, Compound, Entry, Outcome, Purpose, Result
from marketplace import checks
from marketplace.database import transaction
from marketplace.money import LARGEST_RUPIAH
from tests.counting import count_statements

pytestmark = pytest.mark.anyio

COOP = UUID(int=0xA)
CASH = AccountRef(COOP, Purpose.CASH)
BANK = AccountRef(COOP, Purpose.BANK)
ESCROW = AccountRef(COOP, Purpose.ORDER_ESCROW, UUID(int=0xC))
SELLER = AccountRef(COOP, Purpose.SELLER_PAYABLE, UUID(int=0xD))


def compound(*moves: tuple[AccountRef, AccountRef, int], cause: Cause | None = None) -> Compound:
    return Compound(cause or Cause("bulk", uuid4()), tuple(Entry(*move, "bulk") for move in moves))


async def test_each_caller_hears_his_own_verdict(db: object) -> None:
    known = Cause("bulk", uuid4())
    table = [
        # compound, verdict
        (compound((CASH, ESCROW, 100)), Outcome.POSTED),
        (compound((ESCROW, SELLER, 60), cause=known), Outcome.POSTED),
        (compound((ESCROW, SELLER, 60)), Outcome.LIMIT),
        (compound((CASH, SELLER, 5), (ESCROW, SELLER, 41)), Outcome.LIMIT),
        (compound((ESCROW, SELLER, 60), cause=known), Outcome.REPEATED),
        (compound((ESCROW, SELLER, 61), cause=known), Outcome.MISMATCH),
        (compound((CASH, SELLER, 5), (ESCROW, SELLER, 40)), Outcome.POSTED),
        (compound((CASH, SELLER, 0)), Outcome.POSTED),  # of nothing, nothing is written
    ]
    queue = BulkQueue()
    results = await asyncio.gather(*(queue.post(row) for row, _ in table))
    assert [result.outcome for result in results] == [verdict for _, verdict in table]
    assert results[2] == Result(Outcome.LIMIT, account_id=ESCROW.id())
    assert (await service.balance(ESCROW)).amount == 0
    assert await Transfer.all().count() == 4
    assert [finding async for finding in checks.findings()] == []


async def test_callers_are_gathered(db: object) -> None:
    queue = BulkQueue()
    with count_statements() as counted:
        results = await queue.post_many([compound((CASH, SELLER, 1), (BANK, SELLER, 2)) for _ in range(200)])
    assert {result.outcome for result in results} == {Outcome.POSTED}
    if any("ledger_post" in statement for statement in counted.statements):  # PostgreSQL: 400 transfers, one batch
        assert len([s for s in counted.statements if "ledger_post" in s]) == 1
    assert (await service.balance(SELLER)).amount == 600


@pytest.mark.parametrize("place", [0, 3, 6])
async def test_what_the_database_refuses_fails_alone(db: object, place: int) -> None:
    """One row of a batch that raises in the database undoes the batch; the others are posted all the same."""
    async with transaction():
        full = [Entry(CASH, BANK, LARGEST_RUPIAH, "bulk") for _ in range(1024)]
        await service.post(full, cause=Cause("full", uuid4()))
    rows = [compound((BANK, SELLER, 1)) for _ in range(6)]
    rows.insert(place, compound((BANK, SELLER, 1), (CASH, BANK, LARGEST_RUPIAH)))
    results = await BulkQueue().post_many(rows)
    assert results.pop(place).outcome is Outcome.OVERFLOW
    assert {result.outcome for result in results} == {Outcome.POSTED}
    assert (await service.balance(SELLER)).amount == 6


async def test_two_queues_post_one_cause_once(db: object) -> None:
    """As two processes would: the same causes at once, in another order, some with other accounts."""
    causes = [Cause("bulk", uuid4()) for _ in range(30)]
    first = [compound((CASH, SELLER, 1), cause=cause) for cause in causes]
    second = [compound((BANK if n % 3 else CASH, SELLER, 1), cause=c) for n, c in enumerate(reversed(causes))]
    one, other = await asyncio.gather(BulkQueue().post_many(first), BulkQueue().post_many(second))
    assert await Transfer.all().count() == len(causes)
    for mine, theirs in zip(one, reversed(other), strict=True):
        assert [mine.outcome, theirs.outcome].count(Outcome.POSTED) == 1


async def test_it_is_bounded(db: object) -> None:
    queue = BulkQueue(longest=10)
    with pytest.raises(QueueFull):
        await queue.post_many([compound((CASH, SELLER, 1)) for _ in range(11)])
    rows = [asyncio.ensure_future(queue.post(compound((CASH, SELLER, 1)))) for _ in range(12)]
    results = await asyncio.gather(*rows, return_exceptions=True)
    assert len([result for result in results if isinstance(result, QueueFull)]) == 2
    assert await Transfer.all().count() == 10
    assert len(queue._waiting) == 0
    with pytest.raises(ValueError, match="at most"):
        await queue.post(compound(*[(CASH, SELLER, 1)] * (bulk.LARGEST_COMPOUND + 1)))


async def test_batches_have_a_size(db: object) -> None:
    queue = BulkQueue(batch_transfers=3)
    results = await queue.post_many([compound((CASH, SELLER, 1), (BANK, SELLER, 1)) for _ in range(5)])
    assert [result.outcome for result in results] == [Outcome.POSTED] * 5


async def test_it_is_no_part_of_a_transaction(db: object) -> None:
    queue = BulkQueue()
    with pytest.raises(RuntimeError, match=r"service\.post"):
        async with transaction():
            await queue.post(compound((CASH, SELLER, 1)))
    assert await Transfer.all().count() == 0


async def test_a_caller_who_goes_away_stops_nobody(db: object) -> None:
    queue = BulkQueue()
    rows = [asyncio.ensure_future(queue.post(compound((CASH, SELLER, 1)))) for _ in range(5)]
    await asyncio.sleep(0)
    rows[2].cancel()
    results = await asyncio.gather(*rows, return_exceptions=True)
    assert [isinstance(result, Result) for result in results] == [True, True, False, True, True]
    assert (await queue.post(compound((CASH, SELLER, 1)))).outcome is Outcome.POSTED
