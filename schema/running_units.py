"""What officers do with a co-op's businesses: open and close them, set their terms, list what they keep."""

from typing import Annotated

import strawberry

from catalog.models import Unit
from cooperatives.units import service
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.shops import ShopFacts
from schema.unit_stock import UnitItem
from schema.units import BusinessUnit
from schema.vouchers import Voucher
from schema.vouching import VoucherResult

BusinessUnitResult = Annotated[
    BusinessUnit | Problem,
    strawberry.union("BusinessUnitResult", description="The unit as it now stands, or why not."),
]
UnitItemResult = Annotated[
    UnitItem | Problem, strawberry.union("UnitItemResult", description="The item as it now stands, or why not.")
]


@strawberry.input(description="A unit with its shop: name, place and regionCode are needed.")
class OpenUnitInput(ShopFacts):
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    kind: str = strawberry.field(description="A code of `unitKinds`: `parts_shop`.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What a unit lets members owe, and how much it takes in.")
class SetUnitTermsInput:
    id: strawberry.ID = strawberry.field(description="The BusinessUnit.")
    credit_limit: Rupiah = strawberry.field(description="What one member may owe it at most; 0: no credit.")
    credit_days: int = strawberry.field(description="How long a purchase on credit may take to be paid, 1 to 365.")
    bays: int = strawberry.field(description="How many vehicles it takes in at one time, 1 to 100.")


@strawberry.input(description="Which unit.")
class CloseUnitInput:
    id: strawberry.ID = strawberry.field(description="The BusinessUnit.")


@strawberry.input(description="Something that a unit is to keep; a listing of its shop is made with it.")
class AddUnitItemInput:
    unit_id: strawberry.ID = strawberry.field(description="The BusinessUnit.")
    sku: str = strawberry.field(description="The unit's own code for it, 1 to 40 characters, unique in the unit.")
    name: str = strawberry.field(description="2 to 160 characters.")
    category_code: str = strawberry.field(description="Of the catalogue, for GOODS: `goods.other`.")
    price: Rupiah = strawberry.field(description="What everyone pays for one.")
    member_price: Rupiah | None = strawberry.field(default=None, description="What members pay; at most the price.")
    unit: Unit = strawberry.field(default=Unit.PIECE, description="What one of it is.")
    reorder_level: int | None = strawberry.field(default=None, description="At so many it is bought again.")
    is_published: bool = strawberry.field(
        default=True, description="Found in the catalogue; else sold at the counter and used in jobs alone."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="An item's terms; its price is its listing's.")
class SetUnitItemTermsInput:
    id: strawberry.ID = strawberry.field(description="The UnitItem.")
    member_price: Rupiah | None = strawberry.field(default=None, description="Null: what everyone pays.")
    reorder_level: int | None = strawberry.field(default=None, description="Null: not watched.")


@strawberry.input(description="What there was of an item.")
class OpeningStockInput:
    item_id: strawberry.ID = strawberry.field(description="A UnitItem that has not moved yet.")
    quantity: int = strawberry.field(description="How many, 1 to 1,000,000.")
    unit_cost: Rupiah = strawberry.field(description="What one had cost.")


@strawberry.input(description="What a unit kept before its books began here.")
class TakeOpeningStockInput:
    unit_id: strawberry.ID = strawberry.field(description="The BusinessUnit.")
    lines: list[OpeningStockInput] = strawberry.field(description="1 to 100, each item once.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Whose income and expenses a voucher's are.")
class AscribeVoucherInput:
    voucher_id: strawberry.ID = strawberry.field(description="The Voucher, in a month that is not locked.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="The BusinessUnit; null: the co-op's alone again."
    )


@strawberry.type
class UnitMutation:
    @strawberry.mutation(
        description="An officer opens a business with a shop of its own, which sells at once. Fails with NOT_FOUND, "
        "FORBIDDEN, INVALID."
    )
    @intent
    async def open_unit(
        self, info: Info, input: Annotated[OpenUnitInput, strawberry.argument(description="The unit and its shop.")]
    ) -> BusinessUnitResult:
        row = await service.open_unit(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            kind=input.kind,
            shop=input.values(),
            key=input.idempotency_key,
        )
        return BusinessUnit.of(row)

    @strawberry.mutation(
        description="An officer says how much a member may owe a unit and how long, and how many vehicles it takes. "
        "Fails with NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE once it is closed."
    )
    @intent
    async def set_unit_terms(
        self, info: Info, input: Annotated[SetUnitTermsInput, strawberry.argument(description="The terms.")]
    ) -> BusinessUnitResult:
        row = await service.set_unit_terms(
            info.context.actor,
            unit_id=from_id("BusinessUnit", input.id),
            credit_limit=int(input.credit_limit),
            credit_days=input.credit_days,
            bays=input.bays,
        )
        return BusinessUnit.of(row)

    @strawberry.mutation(
        description="An officer closes a unit that keeps no stock: its shop leaves the catalogue, its books stay. "
        "Fails with NOT_FOUND, FORBIDDEN, WRONG_STATE while there is stock or loans wait to pay there."
    )
    @intent
    async def close_unit(
        self, info: Info, input: Annotated[CloseUnitInput, strawberry.argument(description="Which.")]
    ) -> BusinessUnitResult:
        row = await service.close_unit(info.context.actor, unit_id=from_id("BusinessUnit", input.id))
        return BusinessUnit.of(row)

    @strawberry.mutation(
        description="An officer or unit manager adds something to keep and sell, none of it in stock yet. Fails with "
        "NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE for a unit that keeps no stock."
    )
    @intent
    async def add_unit_item(
        self, info: Info, input: Annotated[AddUnitItemInput, strawberry.argument(description="The item.")]
    ) -> UnitItemResult:
        item = service.NewItem(
            code=input.sku,
            name=input.name,
            category_code=input.category_code,
            price=int(input.price),
            unit=input.unit,
            member_price=input.member_price,
            reorder_level=input.reorder_level,
            is_published=input.is_published,
        )
        row = await service.add_item(
            info.context.actor,
            unit_id=from_id("BusinessUnit", input.unit_id, "unitId"),
            item=item,
            key=input.idempotency_key,
        )
        return UnitItem.of(row)

    @strawberry.mutation(
        description="An officer or unit manager sets the member price and the reorder level. Fails with NOT_FOUND, "
        "FORBIDDEN, INVALID."
    )
    @intent
    async def set_unit_item_terms(
        self, info: Info, input: Annotated[SetUnitItemTermsInput, strawberry.argument(description="The terms.")]
    ) -> UnitItemResult:
        row = await service.set_item_terms(
            info.context.actor,
            item_id=from_id("UnitItem", input.id),
            member_price=input.member_price,
            reorder_level=input.reorder_level,
        )
        return UnitItem.of(row)

    @strawberry.mutation(
        description="An officer or unit manager takes in what was there before, at what it had cost, against the "
        "opening balance. Fails with NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE for an item that has moved."
    )
    @intent
    async def take_opening_stock(
        self, info: Info, input: Annotated[TakeOpeningStockInput, strawberry.argument(description="What there was.")]
    ) -> BusinessUnitResult:
        lines = [
            service.OpeningStock(
                from_id("UnitItem", line.item_id, f"lines.{place}.itemId"), line.quantity, int(line.unit_cost)
            )
            for place, line in enumerate(input.lines)
        ]
        row = await service.take_opening_stock(
            info.context.actor,
            unit_id=from_id("BusinessUnit", input.unit_id, "unitId"),
            lines=lines,
            key=input.idempotency_key,
        )
        return BusinessUnit.of(row)

    @strawberry.mutation(
        description="An officer says whose income and expenses a voucher's are: a unit's, or the co-op's alone. What "
        "takes the voucher back follows it. Fails with NOT_FOUND, FORBIDDEN, INVALID, PERIOD_LOCKED."
    )
    @intent
    async def ascribe_voucher(
        self, info: Info, input: Annotated[AscribeVoucherInput, strawberry.argument(description="Which, to whom.")]
    ) -> VoucherResult:
        row = await service.ascribe_voucher(
            info.context.actor,
            voucher_id=from_id("Voucher", input.voucher_id, "voucherId"),
            unit_id=None if input.unit_id is None else from_id("BusinessUnit", input.unit_id, "unitId"),
        )
        return Voucher.of(row)
