"""Rows of units: the businesses, their items and how stock moved, suppliers' invoices, sales and counts."""

from datetime import date
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.units.kinds import MoveKind, SaleWay, SupplyWay
from cooperatives.units.valuing import Held
from marketplace.database import Row

__all__ = [
    "BusinessUnit",
    "MoveKind",
    "SaleWay",
    "StockCount",
    "StockMove",
    "Supplier",
    "SupplyWay",
    "UnitItem",
    "UnitPurchase",
    "UnitSale",
    "UnitSaleReturn",
    "UnitVoucher",
]


class BusinessUnit(Row):
    """A business of the co-op. It sells through the catalogue as `seller_id`, a shop that nobody else owns."""

    cooperative_id = fields.UUIDField(db_index=True)
    seller_id = fields.UUIDField(unique=True)
    kind = fields.CharField(max_length=20)  # a code of data/kinds.csv
    name = fields.CharField(max_length=120)
    credit_limit = fields.BigIntField(default=0)  # rupiah that a member may owe it; zero: it sells for money alone
    credit_days = fields.IntField(default=30)
    bays = fields.IntField(default=1)  # vehicles that a workshop takes in at one time
    sales = fields.IntField(default=0)  # the last sale's number
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "business_unit"


class UnitItem(Row):
    """Something that a unit keeps: one variant of the catalogue, how many there are, and what they cost.

    `quantity` is what the unit owns, with what was paid for in the catalogue and not yet handed over; what can still
    be sold is the variant's.
    """

    unit: fields.ForeignKeyRelation[BusinessUnit] = fields.ForeignKeyField(
        "lumbung.BusinessUnit", related_name="items", on_delete=fields.RESTRICT
    )
    unit_id: UUID
    variant_id = fields.UUIDField(unique=True)
    code = fields.CharField(max_length=40)
    name = fields.CharField(max_length=160)
    member_price = fields.BigIntField(null=True)  # None: members pay what all pay
    reorder_level = fields.IntField(null=True)
    quantity = fields.IntField(default=0)
    value = fields.BigIntField(default=0)
    last_cost = fields.BigIntField(default=0)  # what one cost when it was last bought

    class Meta:
        table = "unit_item"
        unique_together = (("unit_id", "code"),)

    @property
    def held(self) -> Held:
        return Held(self.quantity, self.value)


class StockMove(Row):
    """One line of an item's stock card (kartu persediaan). Never changed."""

    item: fields.ForeignKeyRelation[UnitItem] = fields.ForeignKeyField(
        "lumbung.UnitItem", related_name="moves", on_delete=fields.RESTRICT
    )
    item_id: UUID
    unit_id = fields.UUIDField(db_index=True)
    kind = fields.CharEnumField(MoveKind, max_length=10)
    quantity = fields.IntField()  # what went out is below zero
    value = fields.BigIntField()  # rupiah
    quantity_after = fields.IntField()
    value_after = fields.BigIntField()
    cause_kind = fields.CharField(max_length=60)
    cause_id = fields.UUIDField(db_index=True)
    moved_on = fields.DateField()

    class Meta:
        table = "unit_stock_move"


class Supplier(Row):
    """Whom a co-op's units buy from."""

    cooperative_id = fields.UUIDField()
    name = fields.CharField(max_length=120)
    phone = fields.CharField(max_length=16, null=True)
    credit_days = fields.IntField(default=0)  # tempo, as agreed with him

    class Meta:
        table = "unit_supplier"
        unique_together = (("cooperative_id", "name"),)


class UnitPurchase(Row):
    """A supplier's invoice. What it brought are the stock's moves that name it as their cause."""

    unit: fields.ForeignKeyRelation[BusinessUnit] = fields.ForeignKeyField(
        "lumbung.BusinessUnit", related_name="purchases", on_delete=fields.RESTRICT
    )
    unit_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    supplier: fields.ForeignKeyRelation[Supplier] = fields.ForeignKeyField(
        "lumbung.Supplier", related_name="purchases", on_delete=fields.RESTRICT
    )
    supplier_id: UUID
    reference = fields.CharField(max_length=60)  # the supplier's own number
    received_on = fields.DateField()
    way = fields.CharEnumField(SupplyWay, max_length=10)
    total: int = fields.BigIntField()
    paid: int = fields.BigIntField(default=0)
    due_on: date | None = fields.DateField(null=True)
    recorded_by = fields.UUIDField()
    paying = fields.BigIntField(default=0)  # what one officer asked to be paid, while a second is awaited
    paying_way = fields.CharEnumField(SupplyWay, max_length=10, null=True)
    paying_asked_by = fields.UUIDField(null=True)

    class Meta:
        table = "unit_purchase"
        unique_together = (("supplier_id", "reference"),)

    @property
    def outstanding(self) -> int:
        return self.total - self.paid


class UnitSale(Row):
    """What one buyer took at once. `lines`: name, quantity, price, total, and of goods the item and its cost."""

    unit: fields.ForeignKeyRelation[BusinessUnit] = fields.ForeignKeyField(
        "lumbung.BusinessUnit", related_name="sold", on_delete=fields.RESTRICT
    )
    unit_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    number = fields.CharField(max_length=20)
    membership_id = fields.UUIDField(null=True, db_index=True)  # None: not a member
    way = fields.CharEnumField(SaleWay, max_length=10)
    total = fields.BigIntField()
    cost = fields.BigIntField()
    lines: list[dict[str, Any]] = fields.JSONField()
    sold_on = fields.DateField()
    due_on: date | None = fields.DateField(null=True)
    sold_by = fields.UUIDField(null=True)  # None: an order of the catalogue
    returned_at = fields.DatetimeField(null=True)
    returned_by = fields.UUIDField(null=True)
    return_reason = fields.CharField(max_length=200, default="")

    class Meta:
        table = "unit_sale"
        unique_together = (("unit_id", "number"),)


class UnitSaleReturn(Row):
    """What of a sale came back at once, `lines` as a sale has them. Sales taken back before it was kept have none."""

    sale: fields.ForeignKeyRelation[UnitSale] = fields.ForeignKeyField(
        "lumbung.UnitSale", related_name="returns", on_delete=fields.RESTRICT
    )
    sale_id: UUID
    total: int = fields.BigIntField()
    cost: int = fields.BigIntField()
    lines: list[dict[str, Any]] = fields.JSONField()
    reason = fields.CharField(max_length=200)
    returned_on: date = fields.DateField()
    returned_by: UUID = fields.UUIDField()

    class Meta:
        table = "unit_sale_return"
        indexes = (("sale_id",),)


class StockCount(Row):
    """A count of some items. `lines`: item, expected, counted, value of the difference."""

    unit: fields.ForeignKeyRelation[BusinessUnit] = fields.ForeignKeyField(
        "lumbung.BusinessUnit", related_name="counts", on_delete=fields.RESTRICT
    )
    unit_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    counted_on = fields.DateField()
    lines: list[dict[str, Any]] = fields.JSONField()
    short = fields.BigIntField()
    over = fields.BigIntField()
    explanation = fields.CharField(max_length=300, default="")
    counted_by = fields.UUIDField()

    class Meta:
        table = "unit_stock_count"


class UnitVoucher(Row):
    """A voucher whose income and expenses are one unit's: its rent, its wages. `id` is the voucher's."""

    unit: fields.ForeignKeyRelation[BusinessUnit] = fields.ForeignKeyField(
        "lumbung.BusinessUnit", related_name="vouchers", on_delete=fields.RESTRICT
    )
    unit_id: UUID

    class Meta:
        table = "unit_voucher"
