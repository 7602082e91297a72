"""Baskets: with and without an account, within their bounds, and forgotten in time."""

from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import NOBODY
from marketplace.orders import baskets, quoting, timetable
from marketplace.orders.models import Basket, BasketLine, Quote
from marketplace.orders.parts import Wanted
from marketplace.orders.pricing import MOST_LINES
from tests.orders import stage

pytestmark = pytest.mark.anyio


async def test_the_same_thing_adds_up_and_another_note_is_another_line(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative()))
    ani = await stage.buyer()
    for wanted in (Wanted(rice.pk, 1), Wanted(rice.pk, 2), Wanted(rice.pk, 1, note="pedas")):
        held = await baskets.add_to_basket(ani, wanted=wanted)
    lines = (await baskets.lines_by_basket([held.basket.id]))[held.basket.id]
    assert [(line.quantity, line.note) for line in lines] == [(3, ""), (1, "pedas")]
    await baskets.set_basket_line(ani, line_id=lines[0].id, quantity=0)
    with pytest.raises(NotFound):
        await baskets.set_basket_line(await stage.buyer(), line_id=lines[1].id, quantity=5)
    assert await BasketLine.filter(basket_id=held.basket.id).count() == 1


async def test_a_basket_is_bounded(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative()))
    ani = await stage.buyer()
    for n in range(MOST_LINES):
        await baskets.add_to_basket(ani, wanted=Wanted(rice.pk, 1, note=str(n)))
    for wanted in (Wanted(rice.pk, 1, note="one more"), Wanted(rice.pk, 999, note="0"), Wanted(rice.pk, 0)):
        with pytest.raises(MarketplaceError):
            await baskets.add_to_basket(ani, wanted=wanted)


async def test_a_basket_of_nobody_is_held_by_its_token_alone(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative()))
    held = await baskets.add_to_basket(NOBODY, wanted=Wanted(rice.pk, 1))
    assert held.token is not None
    assert await baskets.find_basket(NOBODY, "guess") is None
    with pytest.raises(NotFound):
        await baskets.add_to_basket(NOBODY, wanted=Wanted(rice.pk, 1), token="guess")
    assert held.token not in str(await Basket.all().values())
    ani = await stage.buyer()
    await baskets.add_to_basket(ani, wanted=Wanted(rice.pk, 4))
    basket = await baskets.attach_basket(ani, token=held.token)
    assert len((await baskets.lines_by_basket([basket.id]))[basket.id]) == 2
    with pytest.raises(NotFound):
        await baskets.attach_basket(ani, token=held.token)


async def test_what_nobody_wants_any_more_is_forgotten(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative()))
    ani = await stage.buyer()
    await baskets.add_to_basket(NOBODY, wanted=Wanted(rice.pk, 1))
    await baskets.add_to_basket(ani, wanted=Wanted(rice.pk, 1))
    await quoting.quote_order(ani, request=stage.asking((rice, 1)))
    start = clock.now()
    try:
        clock.use(lambda: start + timedelta(days=31))
        assert await timetable.forget_baskets() == 1
        assert await timetable.forget_quotes() == 1
    finally:
        clock.use(None)
    assert await Basket.all().count() == 1
    assert await Quote.all().count() == 0


async def test_what_is_not_for_sale_does_not_go_in(db: object) -> None:
    gone = await stage.dish(await stage.shop(await stage.cooperative()), on_hand=0)
    for variant_id, code in ((gone.pk, Code.NOT_FOR_SALE), (stage.new_id(), Code.INVALID)):
        with pytest.raises(MarketplaceError) as refused:
            await baskets.add_to_basket(await stage.buyer(), wanted=Wanted(variant_id, 1))
        assert refused.value.code is code
