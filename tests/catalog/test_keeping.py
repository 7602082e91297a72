"""Who may do what with shops and listings, and what comes of it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from catalog import listings, moderation, sale, sellers, slots, stock
from catalog.models import (
    Listing,
    ListingKind,
    ListingState,
    Option,
    OptionGroup,
    PriceChange,
    ReportReason,
    Seller,
    SellerState,
    ServiceSlot,
    Variant,
)
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Conflict, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import IdempotencyMismatch
from marketplace.identity.actor import NOBODY, Actor, Grant, Role
from marketplace.identity.models import RoleGrant
from marketplace.identity.service import find_or_create_account
from tests.catalog.shops import (
    a_cooperative,
    a_seller,
    a_variant,
    chair_of,
    operator,
    owner_of,
    someone,
    staff_of,
)
from tests.counting import count_statements

pytestmark = pytest.mark.anyio

#: Who acts, and what each may do: keep (the shop and its listings), own (staffing), let in, moderate.
KEEPERS = {"owner", "staff", "own officer"}
EVERYONE = (
    "nobody",
    "stranger",
    "other owner",
    "driver",
    "member",
    "supervisor",
    "other officer",
    "platform",
    "government",
    "own officer",
    "owner",
    "staff",
    "operator",
)


class Stage:
    """A shop with a listing, and one of everyone."""

    def __init__(self, seller: Seller, variant: Variant, other: Seller) -> None:
        self.seller, self.variant, self.listing_id = seller, variant, variant.listing_id
        own, foreign = seller.cooperative_id, other.cooperative_id
        self.actors: dict[str, Actor] = {
            "nobody": NOBODY,
            "stranger": someone(),
            "other owner": owner_of(other),
            "driver": someone(Grant(Role.DRIVER, cooperative_id=own)),
            "member": someone(Grant(Role.MEMBER, cooperative_id=own)),
            "supervisor": someone(Grant(Role.SUPERVISOR, cooperative_id=own)),
            "other officer": chair_of(foreign),
            "platform": someone(Grant(Role.PLATFORM_REPRESENTATIVE)),
            "government": someone(Grant(Role.GOVERNMENT_SUPERVISOR)),
            "own officer": chair_of(own),
            "owner": owner_of(seller),
            "staff": staff_of(seller),
            "operator": operator(),
        }


async def a_stage(**facts: Any) -> Stage:
    seller = await a_seller(await a_cooperative(), **facts)
    other = await a_seller(await a_cooperative("lain", "LAN"))
    return Stage(seller, await a_variant(seller, on_hand=5), other)


Do = Callable[[Stage, Actor], Awaitable[Any]]


def _reason(call: Any, **more: Any) -> Do:
    return lambda stage, actor: call(actor, seller_id=stage.seller.pk, **more)


MATRIX: dict[str, tuple[Do, set[str]]] = {
    "update the shop": (_reason(sellers.update_shop, values={"description": "baru"}), KEEPERS),
    "pause the shop": (
        lambda stage, actor: sellers.pause_shop(
            actor, seller_id=stage.seller.pk, until=clock.now() + timedelta(hours=1)
        ),
        KEEPERS,
    ),
    "suspend the shop": (_reason(sellers.suspend_shop, reason="alasan"), {"own officer"}),
    "block the shop": (_reason(sellers.block_shop, reason="alasan"), {"operator"}),
    "hand the shop over": (_reason(sellers.hand_shop_to, phone="+6281234567890"), {"own officer"}),
    "add staff": (_reason(sellers.add_staff, phone="+6281234567890"), {"owner", "own officer"}),
    "create a listing": (
        lambda stage, actor: listings.create_listing(
            actor,
            seller_id=stage.seller.pk,
            kind=ListingKind.FOOD,
            values={"title": "Soto", "category_code": "food.soup"},
            variants=[{"price": 1}],
            key="k",
        ),
        KEEPERS,
    ),
    "update a listing": (
        lambda stage, actor: listings.update_listing(actor, listing_id=stage.listing_id, values={"title": "Lain"}),
        KEEPERS,
    ),
    "unpublish": (lambda stage, actor: listings.unpublish_listing(actor, listing_id=stage.listing_id), KEEPERS),
    "sold out today": (
        lambda stage, actor: listings.mark_sold_out_today(actor, listing_id=stage.listing_id),
        KEEPERS,
    ),
    "set stock": (
        lambda stage, actor: listings.set_stock(actor, variant_id=stage.variant.pk, on_hand=9, key="k"),
        KEEPERS,
    ),
    "suspend a listing": (
        lambda stage, actor: moderation.suspend_listing(actor, listing_id=stage.listing_id, reason="alasan"),
        {"operator"},
    ),
    "read reports": (
        lambda stage, actor: moderation.reports(actor, listing_id=None, first=5, after=None),
        {"operator"},
    ),
}


async def everything() -> list[Any]:
    """What a refusal must leave as it was."""
    tables = (Seller, Listing, Variant, RoleGrant)
    return [await table.all().order_by("id").values() for table in tables]  # type: ignore[attr-defined]


@pytest.mark.parametrize("what", MATRIX)
async def test_who_may(db: object, what: str) -> None:
    stage = await a_stage()
    do, allowed = MATRIX[what]
    before = await everything()
    for who in EVERYONE:
        if who not in allowed:
            with pytest.raises(MarketplaceError) as refused:
                await do(stage, stage.actors[who])
            expected = {Code.UNAUTHENTICATED} if who == "nobody" else {Code.FORBIDDEN, Code.NOT_FOUND}
            assert refused.value.code in expected, who
    assert await everything() == before
    for who in sorted(allowed):
        with suppress(sellers.WrongSellerState, listings.WrongListingState):  # done already by the one before
            await do(stage, stage.actors[who])
    if what != "read reports":
        assert await everything() != before


@pytest.mark.parametrize("who", EVERYONE)
async def test_who_may_approve(db: object, who: str) -> None:
    stage = await a_stage(state=SellerState.APPLIED)
    if who == "own officer":
        await sellers.approve_shop(stage.actors[who], seller_id=stage.seller.pk)
        assert await RoleGrant.exists(account_id=stage.seller.owner_id, role=Role.SELLER_OWNER)
        return
    with pytest.raises(MarketplaceError):
        await sellers.approve_shop(stage.actors[who], seller_id=stage.seller.pk)
    assert (await Seller.get(pk=stage.seller.pk)).state is SellerState.APPLIED


async def test_a_co_op_cannot_lift_what_the_operator_blocked(db: object) -> None:
    stage = await a_stage()
    officer, judge = stage.actors["own officer"], stage.actors["operator"]
    await sellers.block_shop(judge, seller_id=stage.seller.pk, reason="penipuan")
    with pytest.raises(sellers.WrongSellerState):
        await sellers.approve_shop(officer, seller_id=stage.seller.pk)
    await sellers.unblock_shop(judge, seller_id=stage.seller.pk)
    assert (await sellers.approve_shop(officer, seller_id=stage.seller.pk)).state is SellerState.APPROVED


async def test_many_shops_of_one_name_at_once_have_links_of_their_own(db: object) -> None:
    cooperative = await a_cooperative()
    values = {"name": "Warung Bu Sri", "region_code": "35.78", "lat": -7.25, "lon": 112.75}

    async def open_one() -> Seller | Conflict:
        owner = Actor(account_id=(await find_or_create_account(f"+62812{next(numbers):08}")).pk)
        try:
            return await sellers.open_shop(owner, cooperative_id=cooperative.pk, values=values, key="k")
        except Conflict as conflict:
            return conflict

    numbers = count(1)
    outcomes = await asyncio.gather(*(open_one() for _ in range(10)))
    opened = [outcome for outcome in outcomes if isinstance(outcome, Seller)]
    assert opened
    assert len({seller.slug for seller in opened}) == len(opened) == await Seller.all().count()


async def test_an_unapproved_shop_is_hidden_and_sells_nothing(db: object) -> None:
    stage = await a_stage(state=SellerState.APPLIED)
    for who in ("nobody", "stranger", "other officer"):
        assert await sellers.seller_by_slug(stage.actors[who], stage.seller.slug) is None
    assert await sellers.seller_by_slug(stage.actors["owner"], stage.seller.slug) is not None
    offer = (await sale.offers([stage.variant.pk]))[stage.variant.pk]
    assert (offer.is_available, offer.is_open) == (False, False)


async def test_offers_cost_three_statements_however_many(db: object) -> None:
    seller = await a_seller()
    variants = [await a_variant(seller, title=f"Menu {n}") for n in range(50)]
    group = await OptionGroup.create(listing_id=variants[0].listing_id, name="Level")
    await Option.create(group_id=group.pk, name="Pedas", price_delta=500)
    with count_statements() as one:
        await sale.offers([variants[0].pk])
    with count_statements() as fifty:
        found = await sale.offers([variant.pk for variant in variants])
    assert one.number == fifty.number == 3
    assert found[variants[0].pk].groups[0].options[0].price_delta == 500


async def test_sold_out_today_ends_at_midnight_where_the_shop_is(db: object) -> None:
    stage = await a_stage(region_code="91.01", time_zone="Asia/Jayapura")
    start = clock.now().replace(hour=14, minute=30)  # 23:30 there
    clock.use(lambda: start)
    try:
        await listings.mark_sold_out_today(stage.actors["staff"], listing_id=stage.listing_id)
        assert not (await sale.offers([stage.variant.pk]))[stage.variant.pk].is_available
        clock.use(lambda: start + timedelta(minutes=31))
        assert (await sale.offers([stage.variant.pk]))[stage.variant.pk].is_available
    finally:
        clock.use(None)


async def test_a_pause_ends_by_itself(db: object) -> None:
    stage = await a_stage()
    until = clock.now() + timedelta(hours=1)
    paused = await sellers.pause_shop(stage.actors["owner"], seller_id=stage.seller.pk, until=until)
    assert not sale.is_open(paused)
    assert sale.is_open(paused, until)
    with pytest.raises(Invalid):
        await sellers.pause_shop(
            stage.actors["owner"], seller_id=stage.seller.pk, until=clock.now() + timedelta(days=91)
        )


async def test_stock_never_below_what_orders_hold(db: object) -> None:
    stage = await a_stage()
    async with transaction():
        await stock.reserve({stage.variant.pk: 4}, sub_order_id=new_id())
    for on_hand in (3, None, -1):
        with pytest.raises(Invalid):
            await listings.set_stock(
                stage.actors["owner"], variant_id=stage.variant.pk, on_hand=on_hand, key=f"k{on_hand}"
            )
    await listings.set_stock(stage.actors["owner"], variant_id=stage.variant.pk, on_hand=4, key="k")
    with pytest.raises(IdempotencyMismatch):
        await listings.set_stock(stage.actors["owner"], variant_id=stage.variant.pk, on_hand=8, key="k")
    assert (await Variant.get(pk=stage.variant.pk)).on_hand == 4


async def test_prices_keep_their_history_and_variants_are_withdrawn_not_removed(db: object) -> None:
    stage = await a_stage()
    owner = stage.actors["owner"]
    changed = await listings.update_listing(
        owner,
        listing_id=stage.listing_id,
        values={},
        variants=[{"id": stage.variant.pk, "price": 18_000}, {"name": "Jumbo", "price": 25_000}],
    )
    assert (changed.price_from, changed.price_to) == (18_000, 25_000)
    assert await PriceChange.all().values_list("old_price", "new_price") == [(15_000, 18_000)]
    jumbo = await Variant.get(name="Jumbo")
    await listings.update_listing(
        owner, listing_id=stage.listing_id, values={}, variants=[{"id": jumbo.pk, "name": "Jumbo", "price": 25_000}]
    )
    assert not (await Variant.get(pk=stage.variant.pk)).is_offered
    assert not (await sale.offers([stage.variant.pk]))[stage.variant.pk].is_available
    with pytest.raises(Invalid):
        await listings.update_listing(
            owner, listing_id=stage.listing_id, values={}, variants=[{"id": new_id(), "price": 1}]
        )


@pytest.mark.parametrize(
    ("values", "variants", "groups", "path"),
    [
        ({"title": "A"}, [{"price": 1}], [], "title"),
        ({"category_code": "goods.fruit"}, [{"price": 1}], [], "categoryCode"),
        ({"session_minutes": 30}, [{"price": 1}], [], "sessionMinutes"),
        ({"pirt_number": "12"}, [{"price": 1}], [], "pirtNumber"),
        ({"allergens": ["X"]}, [{"price": 1}], [], "allergens"),
        ({}, [], [], "variants"),
        ({}, [{"price": -1}], [], "variants.0.price"),
        ({}, [{"price": 10**12}], [], "variants.0.price"),
        ({}, [{"price": 1}, {"price": 2}], [], "variants"),
        ({}, [{"price": 1, "on_hand": -1}], [], "variants.0.onHand"),
        (
            {},
            [{"price": 1}],
            [{"name": "G", "least": 2, "most": 1, "options": [{"name": "a"}]}],
            "optionGroups.0.most",
        ),
        ({}, [{"price": 1}], [{"name": "G", "options": []}], "optionGroups.0.options"),
    ],
)
async def test_a_listing_that_does_not_stand(
    db: object, values: dict[str, Any], variants: list[Any], groups: list[Any], path: str
) -> None:
    stage = await a_stage()
    with pytest.raises(Invalid) as refused:
        await listings.create_listing(
            stage.actors["owner"],
            seller_id=stage.seller.pk,
            kind=ListingKind.FOOD,
            values={"title": "Soto", "category_code": "food.soup", **values},
            variants=variants,
            option_groups=groups,
            key="k",
        )
    assert [".".join(fault.path) for fault in refused.value.faults] == [path]
    assert await Listing.all().count() == 1


async def test_reported_suspended_appealed_and_lifted(db: object) -> None:
    stage = await a_stage()
    buyer, owner, judge = stage.actors["stranger"], stage.actors["owner"], stage.actors["operator"]
    id = stage.listing_id
    for _ in range(2):
        await moderation.report_listing(buyer, listing_id=id, reason=ReportReason.FALSE_HALAL, text="palsu")
    assert len((await moderation.reports(judge, listing_id=id, first=5, after=None)).rows) == 1
    await moderation.suspend_listing(judge, listing_id=id, reason="sertifikat tidak ada")
    assert not (await sale.offers([stage.variant.pk]))[stage.variant.pk].is_available
    with pytest.raises(listings.WrongListingState):
        await listings.publish_listing(owner, listing_id=id)
    with pytest.raises(moderation.NothingToAnswer):
        await moderation.answer_appeal(judge, listing_id=id, answer="tetap", is_lifted=False)
    await moderation.appeal_suspension(owner, listing_id=id, text="ini sertifikatnya")
    with pytest.raises(moderation.AlreadyAppealed):
        await moderation.appeal_suspension(owner, listing_id=id, text="lagi")
    lifted = await moderation.answer_appeal(judge, listing_id=id, answer="terbukti", is_lifted=True)
    assert lifted.state is ListingState.UNPUBLISHED
    assert (await listings.publish_listing(owner, listing_id=id)).state is ListingState.PUBLISHED
    with pytest.raises(NotFound):
        await moderation.report_listing(buyer, listing_id=new_id(), reason=ReportReason.OTHER)


async def a_service(stage: Stage) -> Listing:
    return await listings.create_listing(
        stage.actors["owner"],
        seller_id=stage.seller.pk,
        kind=ListingKind.SERVICE,
        values={"title": "Pijat", "category_code": "service.massage", "session_minutes": 60},
        variants=[{"price": 80_000}],
        is_published=True,
        key="service",
    )


@pytest.mark.parametrize("capacity", [None, 3])
async def test_of_many_who_want_one_slot_so_many_have_it_as_it_has_places(db: object, capacity: int | None) -> None:
    stage = await a_stage()
    service = await a_service(stage)
    start = clock.now() + timedelta(days=1)
    owner, places = stage.actors["owner"], capacity or 1
    (slot,) = await slots.add_slots(owner, listing_id=service.pk, starts=[start], capacity=capacity)

    async def book() -> UUID | None:
        order = new_id()
        try:
            async with transaction():
                await slots.book_slot(slot.pk, listing_id=service.pk, sub_order_id=order)
        except slots.SlotTaken:
            return None
        return order

    outcomes = await asyncio.gather(*(book() for _ in range(30)))
    winners = [order for order in outcomes if order is not None]
    assert len(winners) == places
    assert set((await slots.orders_by_slot([slot.pk]))[slot.pk]) == set(winners)
    assert (await slots.free_slots([service.pk]))[service.pk] == []
    assert [row.pk for row in (await slots.booked_slots([service.pk]))[service.pk]] == [slot.pk]
    with pytest.raises(slots.SlotTaken):
        await slots.remove_slot(owner, slot_id=slot.pk)
    async with transaction():
        await slots.release_slot(winners[0])
    assert bool((await slots.booked_slots([service.pk]))[service.pk]) is (places > 1)
    assert [row.pk for row in (await slots.free_slots([service.pk]))[service.pk]] == [slot.pk]
    assert await book() is not None
    assert await book() is None


async def test_a_slot_has_other_places_and_what_is_free_is_taken_back(db: object) -> None:
    stage = await a_stage()
    service = await a_service(stage)
    owner, start = stage.actors["owner"], clock.now() + timedelta(days=1)

    async def offer(capacity: int | None) -> int:
        (row,) = await slots.add_slots(owner, listing_id=service.pk, starts=[start], capacity=capacity)
        kept = await ServiceSlot.get(pk=row.pk)
        assert kept.places == row.places
        return row.places

    assert [await offer(capacity) for capacity in (3, None, 2, 4)] == [3, 3, 2, 4]
    (slot,) = (await slots.free_slots([service.pk]))[service.pk]
    orders = [new_id(), new_id()]
    for order in orders:
        async with transaction():
            await slots.book_slot(slot.pk, listing_id=service.pk, sub_order_id=order)
    for wrong in (1, 0, slots.MOST_PLACES + 1):
        with pytest.raises(Invalid):
            await offer(wrong)
    left = await slots.remove_slot(owner, slot_id=slot.pk)
    assert left.places == 2
    assert (await slots.free_slots([service.pk]))[service.pk] == []
    assert (await slots.orders_by_slot([slot.pk]))[slot.pk] == orders
    for order in orders:
        async with transaction():
            await slots.release_slot(order)
    await slots.remove_slot(owner, slot_id=slot.pk)
    assert not await ServiceSlot.exists(pk=slot.pk)


async def test_slots_do_not_overlap(db: object) -> None:
    stage = await a_stage()
    service = await a_service(stage)
    start = clock.now() + timedelta(days=1)
    owner = stage.actors["owner"]
    await slots.add_slots(owner, listing_id=service.pk, starts=[start, start + timedelta(hours=1)])
    await slots.add_slots(owner, listing_id=service.pk, starts=[start])
    assert await ServiceSlot.all().count() == 2
    for wrong in ([start + timedelta(minutes=30)], [clock.now() - timedelta(hours=1)], []):
        with pytest.raises(Invalid):
            await slots.add_slots(owner, listing_id=service.pk, starts=wrong)
    with pytest.raises(Invalid):
        await slots.add_slots(owner, listing_id=stage.listing_id, starts=[start])
    with pytest.raises(MarketplaceError):
        await slots.add_slots(stage.actors["stranger"], listing_id=service.pk, starts=[start])
