"""Members hear of what they owe a unit, keepers of what runs low, who took part in a joint purchase of his part."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from cooperatives.purchasing import reminding
from cooperatives.purchasing import service as purchasing
from cooperatives.units.kinds import SaleWay
from marketplace import clock, outbox, wiring
from marketplace.notices import purchasing as purchasing_notices
from marketplace.notices import units as unit_notices
from marketplace.notices.models import Notice, NoticeKind
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from tests.cooperatives.units.shop import Shop, shop

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def handlers_and_the_real_clock_after() -> Iterator[None]:
    outbox.subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    clock.use(lambda: NOW)
    yield
    clock.use(None)


async def heard(kind: NoticeKind) -> list[Notice]:
    """Carry out all that was recorded, twice; answers who was told of this."""
    for telling in (unit_notices, purchasing_notices) * 2:
        for event in await OutboxEvent.filter(event__in=list(telling.EVENTS)).order_by("id"):
            await telling.tell(None, event)
    return list(await Notice.filter(kind=kind).order_by("id"))


async def test_who_buys_on_credit_and_who_keeps_the_shelf_are_told(db: Settings) -> None:
    at = await shop()
    oil = await at.item(reorder_level=5)
    await at.buy(oil, 8, 200_000)
    member = at.at.members[0][0]
    await at.sell(oil, 2, member, SaleWay.CREDIT)
    assert await heard(NoticeKind.UNIT_ITEM_LOW) == []
    await at.sell(oil, 1)
    await at.sell(oil, 1)  # it was low already: nobody is told again
    (bought,) = await heard(NoticeKind.UNIT_CREDIT_SALE)
    assert (bought.account_id, bought.values["amount"]) == (member.account_id, "Rp80.000")
    assert bought.values["day"] == f"{NOW.date() + timedelta(days=30):%d/%m/%Y}"
    low = await heard(NoticeKind.UNIT_ITEM_LOW)
    assert {(one.values["item"], one.values["quantity"]) for one in low} == {("Barang OLI-08", 5)}
    assert at.keeper.account_id in {one.account_id for one in low}


async def bought_together(at: Shop) -> None:
    oil, closes_at = await at.item(), clock.now() + timedelta(days=1)
    row = await purchasing.open_round(
        at.at.at.chair,
        cooperative_id=at.id,
        title="Oli",
        measure="dus",
        supplier="PT Oli",
        tiers=[purchasing.Tier(1, 100_000)],
        closes_at=closes_at,
        credit_days=7,
        supplier_days=14,
        key="round",
    )
    part = {"round_id": row.pk, "quantity": 3, "item_id": oil.pk}
    await purchasing.commit(at.keeper, **part, key="commit")
    assert await reminding.sweep(None) == 0
    clock.use(lambda: closes_at)
    assert (await reminding.sweep(None), await reminding.sweep(None)) == (1, 0)
    (closed, *_) = await heard(NoticeKind.JOINT_CLOSED)
    assert (closed.values["title"], closed.values["quantity"]) == ("Oli", 3)
    await purchasing.order_round(at.at.at.chair, round_id=row.pk)
    await purchasing.receive_round(
        at.at.at.chair,
        round_id=row.pk,
        quantity=3,
        carriage=0,
        reference="F-1",
        received_on=closes_at.date(),
        key="came",
    )


async def test_who_took_part_is_told_of_his_goods_and_when_they_are_due(db: Settings) -> None:
    at = await shop()
    await bought_together(at)
    (came, *_) = await heard(NoticeKind.JOINT_RECEIVED)
    assert (came.values["quantity"], came.values["amount"]) == (3, "Rp300.000")
    assert await reminding.sweep(None) == 0
    for days, told in ((8, 1), (9, 0), (14, 0), (15, 1)):
        clock.use(lambda days=days: NOW + timedelta(days=days))  # type: ignore[misc]  # bound now
        assert await reminding.sweep(None) == told, days
    due = await heard(NoticeKind.JOINT_DUE)
    assert len({one.source for one in due}) == 2
    assert at.keeper.account_id in {one.account_id for one in due}
