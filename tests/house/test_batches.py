"""`rows_by` gives what a query set gives, for every table, and in one statement of one text."""

from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.models import Model

from catalog.models import Listing, Seller, Variant
from marketplace import seed
from marketplace.batches import Asked, execute_among, read_together, rows_by
from marketplace.database import Row, as_uuid, is_postgres, new_id
from tests.catalog.shops import a_cooperative, a_seller, a_variant
from tests.counting import count_statements

pytestmark = pytest.mark.anyio


def state(row: Model) -> dict[str, Any]:
    """All that a row holds, the rows beside it included."""
    return {name: state(value) if isinstance(value, Model) else value for name, value in row.__dict__.items()}


async def test_every_row_of_a_town_is_as_a_query_set_gives_it(db: object) -> None:
    await seed.plant()
    compared = 0
    for model in Tortoise.apps["lumbung"].values():
        if not issubclass(model, Row):
            continue
        rows = await model.all().order_by("id").limit(40)
        assert list(map(state, await rows_by(model, "id", [row.pk for row in rows], order="id"))) == list(
            map(state, rows)
        )
        compared += len(rows)
    assert compared > 200


async def test_rows_over_foreign_keys_come_along_and_are_shared(db: object) -> None:
    seller = await a_seller(opening_hours=[[0, 480, 1020]], holidays={"2026-12-25": []})
    ids = [(await a_variant(seller)).pk for _ in range(3)]
    asked = Variant.filter(pk__in=ids).select_related("listing__seller").order_by("-id")
    rows = await rows_by(Variant, "id", ids, order="-id", related="listing__seller")
    assert list(map(state, rows)) == list(map(state, await asked))
    assert len({id(row.listing.seller) for row in rows}) == 1
    assert rows[0].listing.seller == seller


async def test_fields_that_must_be_equal_are(db: object) -> None:
    seller = await a_seller()
    offered, withdrawn = await a_variant(seller), await a_variant(seller, is_offered=False)
    listings = [offered.listing_id, withdrawn.listing_id, new_id()]
    assert await rows_by(Variant, "listing_id", listings, is_offered=True) == [offered]


async def test_a_statement_of_ones_own_is_bound_to_keys_and_other_values(db: object) -> None:
    coop = await a_cooperative()
    first, second, third = [await a_seller(coop) for _ in range(3)]
    text = 'SELECT "id" FROM "seller" WHERE "id" {among} AND "created_at" < {before} AND "slug" <> {but}'
    ids = [first.pk, second.pk, new_id()]
    found = await execute_among(text, ids, before=third.created_at, but=second.slug)
    assert [as_uuid(row["id"]) for row in found] == [first.pk]
    rename = 'UPDATE "seller" SET "name" = {name} WHERE "id" {among}'
    assert await execute_among(rename, [third.pk], name="Warung Baru") == []
    assert await Seller.filter(name="Warung Baru") == [third]
    with count_statements() as counted:
        assert await execute_among(text, [], before=third.created_at, but="") == []
        assert counted.number == 0


async def test_no_keys_cost_nothing_and_many_cost_one_statement(db: object) -> None:
    variant = await a_variant()
    with count_statements() as counted:
        assert await rows_by(Listing, "id", []) == []
        assert counted.number == 0
        await rows_by(Listing, "id", [variant.listing_id, *(new_id() for _ in range(99))], related="seller")
        assert counted.number == 1


async def test_a_row_so_read_is_saved_as_any_other(db: object) -> None:
    seller = await a_seller()
    (row,) = await rows_by(Seller, "id", [seller.pk])
    row.name = "Warung Baru"
    await row.save()
    assert (await Seller.get(pk=seller.pk)).name == "Warung Baru"


async def test_what_is_read_together_is_as_it_is_read_alone(db: object) -> None:
    await seed.plant()
    asked, alone = [], []
    for model in Tortoise.apps["lumbung"].values():
        if not issubclass(model, Row):
            continue
        ids = [row.pk for row in await model.all().order_by("id").limit(5)]
        asked.append(Asked(model, "id", ids, list, order="-id"))
        alone.append(await rows_by(model, "id", ids, order="-id"))
    with count_statements() as counted:
        await read_together(*asked)
    assert counted.number == (1 if is_postgres() else 0)
    assert [[state(row) for row in await one.answer()] for one in asked] == [
        [state(row) for row in rows] for rows in alone
    ]
    assert sum(len(rows) for rows in alone) > 50


async def test_each_of_what_is_read_together_has_its_own_conditions(db: object) -> None:
    seller = await a_seller()
    offered, withdrawn = await a_variant(seller), await a_variant(seller, is_offered=False)
    listings = [offered.listing_id, withdrawn.listing_id]
    first = Asked(Variant, "listing_id", listings, list, equal={"is_offered": True})
    sellers = Asked(Seller, "id", [new_id(), seller.pk], list, order="id", equal={"state": seller.state.value})
    second = Asked(Variant, "listing_id", listings, list, equal={"is_offered": False})
    none = Asked(Listing, "id", [], list)
    await read_together(first, sellers, second, none)
    assert (await first.answer(), await second.answer(), await none.answer()) == ([offered], [withdrawn], [])
    assert await sellers.answer() == [seller]
