"""How reliable a seller has been, reckoned from orders, stored, and followed by the index."""

from datetime import timedelta

import pytest

from marketplace import clock, outbox
from marketplace.database import new_id
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.orders.refunds import LiableParty
from marketplace.outbox import OutboxEvent
from search import reading
from search.models import SellerReliability
from search.projector import EVENTS, HANDLER
from search.ranking import reliability
from tests.catalog.shops import a_variant
from tests.orders import stage

pytestmark = pytest.mark.anyio

S, L = SubOrderState, LiableParty


@pytest.mark.parametrize(
    ("kept", "failed", "permille"), [(0, 0, 900), (90, 0, 990), (1, 0, 909), (0, 1, 818), (50, 50, 536), (0, 90, 90)]
)
def test_few_orders_say_little(kept: int, failed: int, permille: int) -> None:
    assert reliability.permille(kept, failed) == permille


async def test_orders_are_reckoned_and_the_index_follows(db: object) -> None:
    outbox.subscribe(dict.fromkeys(EVENTS, (HANDLER,)))
    coop = await stage.cooperative()
    seller, new = await stage.shop(coop), await stage.shop(coop)
    food = await stage.dish(seller)
    buyer = await stage.buyer()
    await type(seller).all().update(created_at=clock.now() - timedelta(hours=1))
    ends = [
        *[(S.DELIVERED, None)] * 3,
        (S.CLOSED, None),
        (S.RETURNED, L.BUYER),
        (S.DECLINED, L.SELLER),
        (S.EXPIRED, L.SELLER),
        (S.CANCELLED, L.SELLER),
        (S.CANCELLED, L.NOBODY),
        (S.EXPIRED, L.NOBODY),
        (S.PAID, None),
        (S.PLACED, None),
    ]
    _, (row, *_) = await stage.ordered(buyer, (food, 1))
    for state, liable in ends:
        await _copy(row, state, liable)
    await _copy(row, S.DECLINED, L.SELLER, created_at=clock.now() - timedelta(days=91))
    assert await reliability.sweep() == 2
    found = {one.pk: one for one in await SellerReliability.all()}
    assert (found[seller.pk].kept, found[seller.pk].failed) == (5, 3)
    assert found[seller.pk].permille == reliability.permille(5, 3)
    assert found[new.pk].permille == reliability.USUAL
    told = await OutboxEvent.filter(event=reliability.RECKONED).values_list("aggregate_id", flat=True)
    assert told == [seller.pk]
    variant = await a_variant(seller)
    (document,) = (await reading.changes_of([variant.listing_id])).put
    assert document.reliability == reliability.permille(5, 3)
    assert await reliability.sweep() == 0
    await SellerReliability.all().update(reckoned_at=clock.now() - reliability.EVERY - timedelta(seconds=1))
    assert await reliability.sweep() == 2
    assert await OutboxEvent.filter(event=reliability.RECKONED).count() == 1


async def _copy(row: SubOrder, state: SubOrderState, liable: LiableParty | None, **more: object) -> None:
    copy = row.clone(pk=new_id())
    copy.number = f"{row.number}-{await SubOrder.all().count()}"[-24:]
    copy.state, copy.liable = state, liable
    copy.update_from_dict(more)
    await copy.save(force_create=True)
