"""`change` writes a locked row with what the transaction holds back: in one statement, in order."""

import pytest

from catalog.models import Seller, Variant
from marketplace.database import change, is_postgres, transaction, write
from tests.catalog.shops import a_variant
from tests.counting import count_statements

pytestmark = pytest.mark.anyio


async def test_a_change_goes_with_new_rows_in_one_statement(db: object) -> None:
    variant = await a_variant()
    seller = (await Variant.get(id=variant.pk).select_related("listing__seller")).listing.seller
    seller.name, new = "Warung Baru", Variant(listing_id=variant.listing_id, unit=variant.unit, price=7_000)
    with count_statements() as counted:
        async with transaction():
            await change(seller, ["name"])
            await write(new)
    assert counted.number == (1 if is_postgres() else 2)
    assert (await Seller.get(id=seller.pk)).name == "Warung Baru"
    assert (await Variant.get(id=new.pk)).price == 7_000


async def test_of_two_changes_of_a_row_the_later_stands(db: object) -> None:
    variant = await a_variant()
    async with transaction():
        variant.price = 1_000
        await change(variant, ["price"])
        variant.price = 2_000
        await change(variant, ["price"])
    assert (await Variant.get(id=variant.pk)).price == 2_000


async def fail_after_raising(variant: Variant) -> None:
    async with transaction():
        variant.price += 1
        await change(variant, ["price"])
        raise ZeroDivisionError


async def test_what_rolls_back_takes_its_changes_along(db: object) -> None:
    variant = await a_variant()
    before = variant.price
    with pytest.raises(ZeroDivisionError):
        await fail_after_raising(variant)
    async with transaction():  # the same as a savepoint
        with pytest.raises(ZeroDivisionError):
            await fail_after_raising(variant)
    assert (await Variant.get(id=variant.pk)).price == before
