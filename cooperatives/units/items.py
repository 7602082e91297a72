"""What a unit keeps and sells: each item is one variant of its shop, with a code, a member price, a reorder level."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from catalog import categories, facts
from catalog import models as catalogue
from catalog.models import BookedStock, Listing, ListingKind, ListingState, Variant
from cooperatives.units.access import MOST_PRICE, MOST_QUANTITY, check_number, check_text, hold_unit, require_stock
from cooperatives.units.models import BusinessUnit, UnitItem
from marketplace import outbox
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

CODE_LENGTH, NAME_LENGTH = 40, 160
MOST_ITEMS = 10_000


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to be. `price`: for everyone, `member_price` (None: the same) for members, in rupiah each."""

    code: str
    name: str
    category_code: str
    price: int
    unit: catalogue.Unit = catalogue.Unit.PIECE
    member_price: int | None = None
    reorder_level: int | None = None
    is_published: bool = True  # found in the catalogue; else sold at the counter and used in jobs alone


async def add_item(actor: Actor, *, unit_id: UUID, item: NewItem, key: str) -> UnitItem:
    """A keeper adds an item, with nothing of it in stock yet. Raises NotFound, Forbidden, Invalid, NotOfThisKind."""
    by, id = signed_in(actor), new_id()
    async with transaction():
        unit = await hold_unit(actor, unit_id)
        if (earlier := await once(by, "addUnitItem", key, {"unit": unit_id, **asdict(item)}, id)) is not None:
            return await UnitItem.get(pk=earlier)
        (made,) = await enter_items(unit, {id: item})
        return made


async def enter_items(unit: BusinessUnit, items: Mapping[UUID, NewItem]) -> list[UnitItem]:
    """Write items (by the id that each is to have) of a locked unit with their listings, in a fixed number of
    statements. Caller's transaction. Raises Invalid, NotOfThisKind.
    """
    require_stock(unit)
    checked = {id: _checked(item) for id, item in items.items()}
    codes = {item.code for item in checked.values()}
    is_taken = await UnitItem.filter(unit_id=unit.pk, code__in=list(codes)).exists()
    if is_taken or len(codes) < len(items):
        raise Invalid.field(
            "code", Code.DUPLICATE, "another item has this code", "kode ini sudah dipakai barang lain"
        )
    if await UnitItem.filter(unit_id=unit.pk).count() + len(items) > MOST_ITEMS:
        raise Invalid.field(
            "code", Code.TOO_MANY, f"at most {MOST_ITEMS} items", f"paling banyak {MOST_ITEMS} barang"
        )
    listings, variants, rows = [], [], []
    for id, item in checked.items():
        listing = Listing(
            id=new_id(),
            seller_id=unit.seller_id,
            kind=ListingKind.GOODS,
            category_code=item.category_code,
            title=item.name,
            state=ListingState.PUBLISHED if item.is_published else ListingState.UNPUBLISHED,
            price_from=item.price,
            price_to=item.price,
        )
        variant = Variant(id=new_id(), listing_id=listing.pk, unit=item.unit, price=item.price, on_hand=0)
        listings.append(listing)
        variants.append(variant)
        rows.append(
            UnitItem(
                id=id,
                unit_id=unit.pk,
                variant_id=variant.pk,
                code=item.code,
                name=item.name,
                member_price=item.member_price,
                reorder_level=item.reorder_level,
            )
        )
    await Listing.bulk_create(listings)
    await Variant.bulk_create(variants)
    await BookedStock.bulk_create([BookedStock(id=variant.pk) for variant in variants])
    await UnitItem.bulk_create(rows)
    for listing in listings:
        await outbox.record("listing.changed", listing.pk)
    return rows


def _checked(item: NewItem) -> NewItem:
    """The item as it is written. Raises Invalid."""
    code = check_text("sku", item.code, 1, CODE_LENGTH)
    name = check_text("name", item.name, 2, NAME_LENGTH)
    _check_terms(item.price, item.member_price, item.reorder_level)
    categories.require_for(ListingKind.GOODS, item.category_code)
    return replace(item, code=code, name=name, price=facts.checked(facts.VARIANT, {"price": item.price})["price"])


async def set_item_terms(
    actor: Actor, *, item_id: UUID, member_price: int | None, reorder_level: int | None
) -> UnitItem:
    """What members pay for one, and at how many it is bought again. Everyone's price is the listing's.

    Raises NotFound, Forbidden, Invalid.
    """
    async with transaction():
        known = await UnitItem.get_or_none(pk=item_id)
        if known is None:
            raise NotFound("item")
        await hold_unit(actor, known.unit_id)
        variant = await Variant.get(pk=known.variant_id)
        _check_terms(variant.price, member_price, reorder_level)
        known.member_price, known.reorder_level = member_price, reorder_level
        await known.save(update_fields=["member_price", "reorder_level"])
        return known


def _check_terms(price: int, member_price: int | None, reorder_level: int | None) -> None:
    check_number(("price",), price, 0, MOST_PRICE)
    if member_price is not None:
        check_number(("memberPrice",), member_price, 0, price)
    if reorder_level is not None:
        check_number(("reorderLevel",), reorder_level, 0, MOST_QUANTITY)
