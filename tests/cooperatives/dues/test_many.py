"""A day's deductions are read, posted and told of together, however many members there are."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from cooperatives.dues import service as dues
from marketplace import checks, clock, wiring
from marketplace.database import is_postgres
from marketplace.outbox import OutboxEvent, subscribe
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import NOON, TODAY, stage
from tests.counting import count_statements

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    clock.use(lambda: NOON)
    yield
    clock.use(None)


async def test_a_days_deductions_cost_the_same_statements_for_few_and_for_many(db: Settings) -> None:
    at = await stage(12)
    for number, (member, acting) in enumerate(at.members):
        await dues.agree_to_deduction(acting, membership_id=member.pk, share_bp=3_000, kinds=[], key=f"k{number}")
        await at.owe(member, 40_000, TODAY)

    async def deducted(members: int, days: int) -> int:
        clock.use(lambda: NOON + timedelta(days=days))
        for member, _ in at.members[:members]:
            await at.earn(member, 20_000)
        clock.use(lambda: NOON + timedelta(days=days + 1))
        before = await OutboxEvent.filter(event="due.paid").count()
        with count_statements() as counting:
            run = await dues.deduct_day(at.id, TODAY + timedelta(days=days))
        assert (run.payments, run.deducted) == (members, members * 6_000)
        handlers = len(wiring.HANDLERS["due.paid"])
        assert await OutboxEvent.filter(event="due.paid").count() - before == members * handlers
        return counting.number

    few, many = await deducted(2, 0), await deducted(12, 1)
    # SQLite lives in the process: there each payment is posted by statements of its own.
    assert few == many if is_postgres() else many - few <= 10 * 8
    assert [found async for found in checks.findings()] == []
