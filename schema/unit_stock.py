"""What a unit keeps: its items with their stock cards, and the counts of them."""

from datetime import date
from uuid import UUID

import strawberry

from cooperatives.units import models as rows
from cooperatives.units import reading
from cooperatives.units.kinds import MoveKind
from schema.context import Info
from schema.costs import LISTED
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah, rupiah_or_none

described(
    MoveKind,
    "Why an item's stock changed.",
    {
        "OPENING": "It was there before the books began here.",
        "PURCHASE": "A supplier brought it.",
        "SALE": "It was sold, or used in a job.",
        "RETURN": "A sale was taken back.",
        "COUNT": "A count found more or less.",
    },
    name="StockMoveKind",
)


@strawberry.type(description="One line of an item's stock card (kartu persediaan).")
class StockMove:
    moved_on: date = strawberry.field(description="Where the co-op is.")
    kind: MoveKind = strawberry.field(description="Why.")
    quantity: int = strawberry.field(description="What came; below zero: what went.")
    value: Rupiah = strawberry.field(description="What that had cost; below zero: what went, at the average.")
    quantity_after: int = strawberry.field(description="How many there were after it.")
    value_after: Rupiah = strawberry.field(description="What they were worth.")

    @classmethod
    def of(cls, row: rows.StockMove) -> "StockMove":
        return cls(
            moved_on=row.moved_on,
            kind=row.kind,
            quantity=row.quantity,
            value=Rupiah(row.value),
            quantity_after=row.quantity_after,
            value_after=Rupiah(row.value_after),
        )


@strawberry.type(description="Something that a unit keeps and sells: one variant of its shop.")
class UnitItem(Node):
    row: strawberry.Private[rows.UnitItem]
    sku: str = strawberry.field(description="The unit's own code for it, unique in the unit.")
    name: str = strawberry.field(description="As its listing is called.")
    variant_id: strawberry.ID = strawberry.field(description="The Variant of the catalogue that it is sold as.")
    member_price: Rupiah | None = strawberry.field(description="What members pay for one; null: what everyone pays.")
    reorder_level: int | None = strawberry.field(description="At so many it is bought again; null: not watched.")
    is_to_reorder: bool = strawberry.field(description="Whether it stands at its reorder level or below.")
    quantity: int = strawberry.field(description="How many the unit owns, bought but not yet fetched ones included.")
    value: Rupiah = strawberry.field(description="What they cost altogether, by the moving average.")
    average_cost: Rupiah = strawberry.field(description="What one of them cost, rounded down.")
    last_cost: Rupiah = strawberry.field(description="What one cost when it was last bought, rounded down.")

    @classmethod
    def of(cls, row: rows.UnitItem) -> "UnitItem":
        return cls(
            id=to_id("UnitItem", row.pk),
            row=row,
            sku=row.code,
            name=row.name,
            variant_id=to_id("Variant", row.variant_id),
            member_price=rupiah_or_none(row.member_price),
            reorder_level=row.reorder_level,
            is_to_reorder=row.reorder_level is not None and row.quantity <= row.reorder_level,
            quantity=row.quantity,
            value=Rupiah(row.value),
            average_cost=Rupiah(row.held.average),
            last_cost=Rupiah(row.last_cost),
        )

    @strawberry.field(description="What everyone pays for one.")
    async def price(self, info: Info) -> Rupiah:
        row = await info.context.load(reading.variants_by_id, self.row.variant_id)
        assert row is not None  # made with it
        return Rupiah(row.price)

    @strawberry.field(description="How it came and went, the latest first.", directives=[LISTED])
    async def moves(self, info: Info, first: First = 20, after: After = None) -> Connection[StockMove]:
        page = await reading.list_moves(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, StockMove.of, after=after)


@strawberry.type(description="One item of a count.")
class StockCountLine:
    item_id: strawberry.ID = strawberry.field(description="The UnitItem.")
    name: str = strawberry.field(description="As it was called then.")
    expected: int = strawberry.field(description="What the books said lies in the shop.")
    counted: int = strawberry.field(description="What was found.")
    value: Rupiah = strawberry.field(description="What differs is worth; below zero: missing.")


@strawberry.type(description="A count of items (opname), with what differed posted.")
class StockCount(Node):
    counted_on: date = strawberry.field(description="When.")
    explanation: str = strawberry.field(description="Why it differs.")
    short: Rupiah = strawberry.field(description="What is missing was worth: an expense.")
    over: Rupiah = strawberry.field(description="What was found too much is worth.")
    lines: list[StockCountLine] = strawberry.field(description="Item by item.")

    @classmethod
    def of(cls, row: rows.StockCount) -> "StockCount":
        return cls(
            id=to_id("StockCount", row.pk),
            counted_on=row.counted_on,
            explanation=row.explanation,
            short=Rupiah(row.short),
            over=Rupiah(row.over),
            lines=[
                StockCountLine(
                    item_id=to_id("UnitItem", UUID(line["item"])),
                    name=line["name"],
                    expected=line["expected"],
                    counted=line["counted"],
                    value=Rupiah(line["value"]),
                )
                for line in row.lines
            ],
        )


@finds("UnitItem")
async def find_item(info: Info, id: UUID) -> UnitItem | None:
    row = await reading.seen_item(info.context.actor, id)
    return None if row is None else UnitItem.of(row)


@finds("StockCount")
async def find_count(info: Info, id: UUID) -> StockCount | None:
    row = await reading.seen_count(info.context.actor, id)
    return None if row is None else StockCount.of(row)
