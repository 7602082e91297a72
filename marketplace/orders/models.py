"""Rows of orders: baskets, addresses, quotes, orders with one sub-order a seller."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from marketplace.database import Row
from marketplace.orders.lifecycle import Fulfilment, Side, SubOrderEvent, SubOrderState
from marketplace.orders.refunds import LiableParty


class PaymentMethod(StrEnum):
    """How the buyer pays."""

    CASH = "CASH"  # to the driver, or at the counter
    ONLINE = "ONLINE"
    DIRECT = "DIRECT"  # to the seller's own QRIS: it never passes through the co-op


class Channel(StrEnum):
    """How the order came in."""

    APP = "APP"
    PHONE = "PHONE"  # entered by the seller for someone who rang


class Basket(Row):
    """What someone means to buy. Without an account it is held by a token, until log-in attaches it."""

    account_id = fields.UUIDField(null=True, unique=True)
    token_hash = fields.CharField(max_length=64, null=True, unique=True)
    touched_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "basket"


class BasketLine(Row):
    """One thing in a basket; the same thing with other options is another line."""

    basket: fields.ForeignKeyRelation[Basket] = fields.ForeignKeyField(
        "lumbung.Basket", related_name="lines", on_delete=fields.RESTRICT
    )
    basket_id: UUID
    variant_id = fields.UUIDField(db_index=True)
    quantity = fields.IntField()
    options: list[str] = fields.JSONField(default=list)  # ids of chosen options, sorted
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "basket_line"


class Address(Row):
    """Where a buyer receives things: a pin first, then what a courier needs to find the door."""

    account_id = fields.UUIDField(db_index=True)
    label = fields.CharField(max_length=40, default="")  # "Rumah", "Kantor"
    recipient = fields.CharField(max_length=120)
    phone = fields.CharField(max_length=16)
    street = fields.CharField(max_length=200)
    rt = fields.CharField(max_length=3, default="")
    rw = fields.CharField(max_length=3, default="")
    kelurahan = fields.CharField(max_length=80, default="")
    patokan = fields.CharField(max_length=160, default="")  # a landmark
    note = fields.CharField(max_length=200, default="")
    lat = fields.FloatField()
    lon = fields.FloatField()
    removed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "buyer_address"


class Quote(Row):
    """What an order would cost, binding for its asker until it expires."""

    account_id = fields.UUIDField()  # only its asker may use it
    basket_id = fields.UUIDField(null=True)  # emptied when it is used
    fulfilment = fields.CharEnumField(Fulfilment, max_length=10)
    lines: list[dict[str, Any]] = fields.JSONField()
    parts: list[dict[str, Any]] = fields.JSONField()  # one a seller, see orders.parts.PricedPart
    drop: dict[str, Any] | None = fields.JSONField(null=True)
    total = fields.BigIntField()
    expires_at = fields.DatetimeField(db_index=True)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "order_quote"


class Order(Row):
    """What a buyer placed: one payment, one sub-order a seller."""

    number = fields.CharField(max_length=20, unique=True)
    buyer_id = fields.UUIDField(db_index=True)
    placed_by = fields.UUIDField()  # the buyer, or the seller's staff for a phone order
    channel = fields.CharEnumField(Channel, max_length=8, default=Channel.APP)
    payment_method = fields.CharEnumField(PaymentMethod, max_length=8, null=True)
    total = fields.BigIntField()

    class Meta:
        table = "customer_order"


class SubOrder(Row):
    """One seller's part of an order, with its own life, escrow and split."""

    order: fields.ForeignKeyRelation[Order] = fields.ForeignKeyField(
        "lumbung.Order", related_name="sub_orders", on_delete=fields.RESTRICT
    )
    order_id: UUID
    number = fields.CharField(max_length=24, unique=True)
    buyer_id = fields.UUIDField(db_index=True)
    seller_id = fields.UUIDField()
    cooperative_id = fields.UUIDField(db_index=True)  # the seller's: in its book the money is collected
    state = fields.CharEnumField(SubOrderState, max_length=12, default=SubOrderState.PLACED)
    fulfilment = fields.CharEnumField(Fulfilment, max_length=10)
    payment_method = fields.CharEnumField(PaymentMethod, max_length=8, null=True)

    goods = fields.BigIntField()
    packing = fields.BigIntField(default=0)
    delivery = fields.BigIntField(default=0)
    tip = fields.BigIntField(default=0)
    total = fields.BigIntField()
    weight_g = fields.IntField(default=0)
    delivery_distance_m = fields.IntField(default=0)
    delivery_lines: list[dict[str, Any]] = fields.JSONField(default=list)  # how the delivery price came about
    delivery_basis: dict[str, Any] | None = fields.JSONField(null=True)  # tariff, zones, how the distance is known
    commission_bp = fields.IntField()  # agreed when placed
    carrier_id = fields.UUIDField(null=True, db_index=True)  # the co-op that carries, once known
    driver_account_id = fields.UUIDField(null=True)
    carrier_share_bp = fields.IntField(null=True)  # the alliance's terms, when delivered
    carrier_cut_bp = fields.IntField(null=True)  # the carrier's own share of what it gets, when delivered
    receipt_id: UUID | None = fields.UUIDField(null=True)  # of custody: the last hand-over

    pickup_lat = fields.FloatField()
    pickup_lon = fields.FloatField()
    drop_lat = fields.FloatField(null=True)
    drop_lon = fields.FloatField(null=True)
    drop_name = fields.CharField(max_length=120, default="")
    drop_phone = fields.CharField(max_length=16, default="")
    drop_text = fields.CharField(max_length=700, default="")
    pickup_pin = fields.CharField(max_length=6)  # shown to the seller, asked of the driver
    dropoff_pin = fields.CharField(max_length=6)  # shown to the buyer, asked of who hands over
    note = fields.CharField(max_length=300, default="")

    preparation_minutes = fields.IntField(default=0)
    ready_at = fields.DatetimeField(null=True)  # expected; the fact, once READY
    promised_at = fields.DatetimeField(null=True)
    delivered_at = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True)  # when the timetable acts on it, if nobody has
    unserved_at = fields.DatetimeField(null=True)  # no driver took it in time
    booking_id = fields.UUIDField(null=True)  # of a service's slot
    proposal: dict[str, Any] | None = fields.JSONField(null=True)  # a smaller order, offered by the seller
    auto_accepts = fields.BooleanField(default=False)  # the seller takes it without being asked
    is_perishable = fields.BooleanField(default=False)  # food: worth nothing once brought back
    liable = fields.CharEnumField(LiableParty, max_length=8, null=True)
    keeps_goods = fields.BooleanField(default=False)  # ended early, but goods and packing are not given back
    keeps_delivery = fields.BooleanField(default=False)  # ended early, but the way was ridden
    refunded = fields.BigIntField(default=0)
    version = fields.IntField(default=1)

    class Meta:
        table = "sub_order"
        indexes = (Index(fields=("seller_id", "state")), Index(fields=("state", "due_at")))


class OrderLine(Row):
    """A line as it was sold: names and prices as they stood."""

    sub_order: fields.ForeignKeyRelation[SubOrder] = fields.ForeignKeyField(
        "lumbung.SubOrder", related_name="lines", on_delete=fields.RESTRICT
    )
    sub_order_id: UUID
    listing_id = fields.UUIDField(db_index=True)
    variant_id = fields.UUIDField()
    title = fields.CharField(max_length=200)
    quantity = fields.IntField()
    unit_price = fields.BigIntField()  # options included
    total = fields.BigIntField()
    options: list[dict[str, Any]] = fields.JSONField(default=list)  # id, name, price_delta
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "order_line"


class StateChange(Row):
    """One step of a sub-order's life: never changed."""

    sub_order: fields.ForeignKeyRelation[SubOrder] = fields.ForeignKeyField(
        "lumbung.SubOrder", related_name="changes", on_delete=fields.RESTRICT
    )
    sub_order_id: UUID
    event = fields.CharEnumField(SubOrderEvent, max_length=16, null=True)  # None: it was placed
    state = fields.CharEnumField(SubOrderState, max_length=12)
    version = fields.IntField()
    by = fields.UUIDField(null=True)  # None: the system
    side = fields.CharEnumField(Side, max_length=8)
    reason = fields.CharField(max_length=300, default="")

    class Meta:
        table = "state_change"
