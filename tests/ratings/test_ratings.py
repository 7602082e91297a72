"""A buyer rates shop and driver of what reached him; people read it, the operator hides what must not stand."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

from catalog.models import Seller
from marketplace import clock
from marketplace.deliveries.models import Driver
from marketplace.errors import Code, MarketplaceError
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account, AuditEntry
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.ratings import giving, moderation, reading
from marketplace.ratings.models import Rating, RatingAbout
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.counting import count_statements
from tests.deliveries import stage

pytestmark = pytest.mark.anyio
SELLER, DRIVER = RatingAbout.SELLER, RatingAbout.DRIVER
OPERATOR = Actor(grants=frozenset({Grant(Role.NODE_OPERATOR)}))


@dataclass
class Town:
    shop: Seller
    owner: Actor
    driver: Driver
    rider: Actor
    chair: Actor

    async def delivered(self) -> tuple[SubOrder, Actor]:
        """Another buyer has what he ordered."""
        buyer = await stage.account("Ani")
        row = await stage.sub_order(self.shop, buyer, state=SubOrderState.DELIVERED)
        row.delivered_at, row.driver_account_id = clock.now(), self.rider.account_id
        await row.save()
        return row, Actor(account_id=buyer.pk)


@pytest.fixture
async def town(db: object) -> Town:
    return await a_town()


async def a_town() -> Town:
    coop = await stage.cooperative("WRG")
    shop, owner = await stage.seller(coop)
    driver, rider = await stage.driver(coop, "Budi")
    return Town(shop, owner, driver, rider, await stage.officer(coop))


async def rate(who: Actor, order: SubOrder, about: RatingAbout = SELLER, stars: int = 5, text: str = "") -> Rating:
    return await giving.rate_sub_order(who, sub_order_id=order.pk, about=about, stars=stars, text=text)


async def refusal(doing: object) -> Code:
    with pytest.raises(MarketplaceError) as refused:
        await doing  # type: ignore[misc]
    return refused.value.code


async def test_the_shop_and_the_driver_are_rated_apart_once_and_changed_once(town: Town) -> None:
    order, buyer = await town.delivered()
    assert await giving.rateable(buyer, order, []) == [SELLER, DRIVER]
    first = await rate(buyer, order, SELLER, 4, "  Enak  ")
    assert (first.stars, first.text) == (4, "Enak")
    assert (await rate(buyer, order, SELLER, 4, "Enak")).edited_at is None  # the same, sent again
    await rate(buyer, order, DRIVER, 5)
    assert (await rate(buyer, order, SELLER, 2, "Ternyata basi")).edited_at is not None
    assert await refusal(rate(buyer, order, SELLER, 5, "Eh")) is Code.DUPLICATE
    given = (await reading.ratings_by_sub_order([order.pk]))[order.pk]
    assert {(row.about, row.stars) for row in given} == {(SELLER, 2), (DRIVER, 5)}
    assert await giving.rateable(buyer, order, given) == [DRIVER]


async def test_only_its_buyer_rates_what_reached_him_in_time(town: Town) -> None:
    order, buyer = await town.delivered()
    for other in (town.rider, town.owner, town.chair, Actor(account_id=(await stage.account("Lain")).pk)):
        assert await refusal(rate(other, order)) is Code.NOT_FOUND
        assert await giving.rateable(other, order, []) == []
    for stars in (0, 6, -1):
        assert await refusal(rate(buyer, order, SELLER, stars)) is Code.INVALID
    assert await refusal(rate(buyer, order, SELLER, 5, "x" * 501)) is Code.INVALID
    on_the_way = await stage.sub_order(
        town.shop, await Account.get(pk=buyer.account_id), state=SubOrderState.COLLECTED
    )
    assert await refusal(rate(buyer, on_the_way)) is Code.WRONG_STATE
    fetched, other = await town.delivered()
    fetched.driver_account_id = None
    await fetched.save()
    assert await refusal(rate(other, fetched, DRIVER)) is Code.WRONG_STATE
    own = Actor(account_id=buyer.account_id, grants=town.owner.grants)
    assert await refusal(rate(own, order)) is Code.FORBIDDEN
    with time_machine.travel(clock.now() + giving.OPEN_FOR + timedelta(minutes=1), tick=False):
        assert await refusal(rate(buyer, order)) is Code.WRONG_STATE
        assert await giving.rateable(buyer, order, []) == []
    assert await Rating.all().count() == 0


async def test_an_average_needs_five_and_the_driver_reads_words_from_then_on(town: Town) -> None:
    for stars in (5, 4, 4, 5):
        order, buyer = await town.delivered()
        await rate(buyer, order, DRIVER, stars, "Cepat")
    few = (await reading.driver_summaries([town.driver.pk]))[town.driver.pk]
    assert (few.count, few.average) == (4, None)
    assert (await reading.ratings_of_driver(town.driver.pk, first=20, after=None)).rows == []
    last = await Rating.all().order_by("-id").first()
    assert last is not None
    assert await reading.rating_seen(town.rider, last.pk) is None
    order, buyer = await town.delivered()
    await rate(buyer, order, DRIVER, 3)
    assert (await reading.driver_summaries([town.driver.pk]))[town.driver.pk].average == 4.2
    assert len((await reading.ratings_of_driver(town.driver.pk, first=20, after=None)).rows) == 5
    assert await reading.rating_seen(town.rider, last.pk) is not None
    assert await reading.rating_seen(Actor(account_id=buyer.account_id), last.pk) is None


async def test_what_is_reported_waits_for_the_operator_and_hidden_counts_nowhere(town: Town) -> None:
    order, buyer = await town.delivered()
    rating = await rate(buyer, order, SELLER, 1, "Kata kasar")
    await moderation.report_rating(town.owner, rating_id=rating.pk, reason="Bukan tentang pesanan")
    again = await moderation.report_rating(town.rider, rating_id=rating.pk, reason="Saya juga")
    assert again.report == "Bukan tentang pesanan"
    assert await refusal(reading.reported(town.chair, first=20, after=None)) is Code.FORBIDDEN
    assert [row.pk for row in (await reading.reported(OPERATOR, first=20, after=None)).rows] == [rating.pk]
    deciding = {"rating_id": rating.pk, "is_hidden": True, "reason": "Menghina orang"}
    assert await refusal(moderation.decide_rating(town.owner, **deciding)) is Code.FORBIDDEN
    await moderation.decide_rating(OPERATOR, **deciding)
    assert await reading.seller_summaries([town.shop.pk]) == {}
    assert (await reading.ratings_of_seller(town.shop.pk, first=20, after=None)).rows == []
    assert await reading.rating_seen(town.owner, rating.pk) is None
    assert await refusal(moderation.report_rating(town.owner, rating_id=rating.pk, reason="Lagi")) is Code.NOT_FOUND
    await moderation.decide_rating(OPERATOR, rating_id=rating.pk, is_hidden=False, reason="Ternyata wajar")
    await moderation.report_rating(town.owner, rating_id=rating.pk, reason="Tetap tidak terima")
    assert (await reading.reported(OPERATOR, first=20, after=None)).rows == []  # it was decided
    await rate(buyer, order, SELLER, 1, "Kata kasar yang lain")
    await moderation.report_rating(town.owner, rating_id=rating.pk, reason="Sudah diubah")
    assert len((await reading.reported(OPERATOR, first=20, after=None)).rows) == 1
    written = await AuditEntry.all().order_by("id").values_list("action", flat=True)
    assert written == ["rating.hidden", "rating.shown"]


async def test_taken_back_nothing_is_left_of_it(town: Town) -> None:
    order, buyer = await town.delivered()
    rating = await rate(buyer, order, SELLER, 3, "Rahasia")
    await moderation.report_rating(town.owner, rating_id=rating.pk, reason="Salah orang")
    assert await refusal(giving.withdraw_rating(town.owner, rating_id=rating.pk)) is Code.NOT_FOUND
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        await giving.withdraw_rating(buyer, rating_id=rating.pk)
        await giving.withdraw_rating(buyer, rating_id=rating.pk)
    row = await Rating.get(pk=rating.pk)
    assert (row.stars, row.text, row.report, row.reported_at) == (None, "", "", None)
    assert await reading.seller_summaries([town.shop.pk]) == {}
    assert await refusal(rate(buyer, order, SELLER, 5)) is Code.DUPLICATE
    mine = await reading.my_ratings(buyer)
    assert [(one["stars"], one["text"]) for one in mine["given"]] == [(None, "")]
    assert mine["asDriver"] == {"count": 0, "average": None}


async def test_a_list_of_shops_asks_once(graphql: GraphQL) -> None:
    town = await a_town()
    asked = "query ($id: ID!) { node(id: $id) { ... on Cooperative { sellers { nodes { rating { count } } } } } }"
    id = to_id("Cooperative", town.shop.cooperative_id)

    async def costs() -> int:
        with count_statements() as counted:
            answer = await graphql(asked, {"id": id})
        assert "errors" not in answer
        return counted.number

    one = await costs()
    for n in range(19):
        values = {name: getattr(town.shop, name) for name in ("owner_id", "state", "region_code", "lat", "lon")}
        await Seller.create(
            cooperative_id=town.shop.cooperative_id, slug=f"lain-{n}", name=f"Lain {n}", address="x", **values
        )
    assert await costs() == one
