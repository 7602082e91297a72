"""Units as members and keepers see them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import F

from catalog.models import Seller, Variant
from cooperatives.dues.access import may_read, readable_membership
from cooperatives.units.access import READERS, read_unit, require_reader
from cooperatives.units.models import (
    BusinessUnit,
    StockCount,
    StockMove,
    Supplier,
    UnitItem,
    UnitPurchase,
    UnitSale,
    UnitSaleReturn,
)
from marketplace.batches import rows_by
from marketplace.identity.actor import Actor
from marketplace.paging import Page, page_by_id


async def list_units(cooperative_id: UUID) -> list[BusinessUnit]:
    """A co-op's units, closed ones too, oldest first; everyone sees them. At most as many as can be opened."""
    return await BusinessUnit.filter(cooperative_id=cooperative_id).order_by("id")


def reads(actor: Actor, cooperative_id: UUID) -> bool:
    """Whether the actor reads the figures of this co-op's units."""
    return actor.holds(*READERS, cooperative_id=cooperative_id)


async def list_items(
    actor: Actor, unit_id: UUID, *, is_to_reorder: bool, first: int, after: str | None
) -> Page[UnitItem]:
    """What a unit keeps, oldest first; `is_to_reorder`: only what is to be bought again. Raises NotFound."""
    await read_unit(actor, unit_id)
    found = UnitItem.filter(unit_id=unit_id)
    if is_to_reorder:
        found = found.filter(reorder_level__isnull=False, quantity__lte=F("reorder_level"))
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def list_moves(actor: Actor, item: UnitItem, *, first: int, after: str | None) -> Page[StockMove]:
    """An item's stock card, the latest first. Raises NotFound."""
    await read_unit(actor, item.unit_id)
    return await page_by_id(StockMove.filter(item_id=item.pk), first=first, after=after)


async def list_sales(actor: Actor, unit_id: UUID, *, first: int, after: str | None) -> Page[UnitSale]:
    """What a unit sold, the latest first. Raises NotFound."""
    await read_unit(actor, unit_id)
    return await page_by_id(UnitSale.filter(unit_id=unit_id), first=first, after=after)


async def list_counts(actor: Actor, unit_id: UUID, *, first: int, after: str | None) -> Page[StockCount]:
    """A unit's stock counts, the latest first. Raises NotFound."""
    await read_unit(actor, unit_id)
    return await page_by_id(StockCount.filter(unit_id=unit_id), first=first, after=after)


async def list_purchases(
    actor: Actor, unit_id: UUID, *, is_owed: bool, first: int, after: str | None
) -> Page[UnitPurchase]:
    """A unit's invoices, the latest first; `is_owed`: only those not paid whole. Raises NotFound."""
    await read_unit(actor, unit_id)
    found = UnitPurchase.filter(unit_id=unit_id)
    if is_owed:
        found = found.filter(paid__lt=F("total"))
    return await page_by_id(found, first=first, after=after)


async def list_suppliers(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[Supplier]:
    """Whom a co-op's units buy from, oldest first. Raises NotFound."""
    require_reader(actor, cooperative_id)
    found = Supplier.filter(cooperative_id=cooperative_id)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def purchases_of(actor: Actor, membership_id: UUID, *, first: int, after: str | None) -> Page[UnitSale]:
    """What a member bought at his co-op's units, the latest first: for himself and who reads its dues.

    Raises NotFound.
    """
    member = await readable_membership(actor, membership_id)
    return await page_by_id(UnitSale.filter(membership_id=member.pk), first=first, after=after)


async def seen_sale(actor: Actor, sale_id: UUID) -> UnitSale | None:
    """A sale, for who bought it as a member and those who read the unit's figures."""
    row = await UnitSale.get_or_none(pk=sale_id)
    if row is None:
        return None
    if reads(actor, row.cooperative_id):
        return row
    return row if row.membership_id is not None and await may_read(actor, row.membership_id) else None


async def seen_item(actor: Actor, item_id: UUID) -> UnitItem | None:
    """An item, for those who read its unit's figures."""
    row = await UnitItem.get_or_none(pk=item_id).select_related("unit")
    return row if row is not None and reads(actor, row.unit.cooperative_id) else None


async def seen_count(actor: Actor, count_id: UUID) -> StockCount | None:
    """A count, for those who read its unit's figures."""
    row = await StockCount.get_or_none(pk=count_id)
    return row if row is not None and reads(actor, row.cooperative_id) else None


async def seen_purchase(actor: Actor, purchase_id: UUID) -> UnitPurchase | None:
    """An invoice, for those who read its unit's figures."""
    row = await UnitPurchase.get_or_none(pk=purchase_id)
    return row if row is not None and reads(actor, row.cooperative_id) else None


async def units_by_id(ids: Sequence[UUID]) -> Mapping[UUID, BusinessUnit]:
    """These units. One statement. Everyone sees a unit."""
    return {row.pk: row for row in await rows_by(BusinessUnit, "id", set(ids))}


async def items_by_id(ids: Sequence[UUID]) -> Mapping[UUID, UnitItem]:
    """These items. One statement. The caller has authorised."""
    return {row.pk: row for row in await rows_by(UnitItem, "id", set(ids))}


async def suppliers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Supplier]:
    """These suppliers. One statement. The caller has authorised."""
    return {row.pk: row for row in await rows_by(Supplier, "id", set(ids))}


async def sellers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Seller]:
    """Units' shops. One statement."""
    return {row.pk: row for row in await rows_by(Seller, "id", set(ids))}


async def variants_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Variant]:
    """Items' variants. One statement. The caller has authorised."""
    return {row.pk: row for row in await rows_by(Variant, "id", set(ids))}


async def sales_by_id(ids: Sequence[UUID]) -> Mapping[UUID, UnitSale]:
    """These sales. One statement. The caller has authorised."""
    return {row.pk: row for row in await rows_by(UnitSale, "id", set(ids))}


async def returned_of(ids: Sequence[UUID]) -> Mapping[UUID, tuple[int, int]]:
    """What of each sale came back, a part or all: at its price, and at what it had cost. One statement."""
    found = dict.fromkeys(ids, (0, 0))
    for row in await rows_by(UnitSaleReturn, "sale_id", set(ids)):
        total, cost = found[row.sale_id]
        found[row.sale_id] = total + row.total, cost + row.cost
    return found


async def moves_by_cause(ids: Sequence[UUID]) -> Mapping[UUID, Sequence[StockMove]]:
    """What each cause moved. One statement. The caller has authorised."""
    found: dict[UUID, list[StockMove]] = {id: [] for id in ids}
    for row in await rows_by(StockMove, "cause_id", set(ids), order="id"):
        found[row.cause_id].append(row)
    return found
