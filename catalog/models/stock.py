"""Rows of what orders hold: stock set aside, and slots of services."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from catalog.models.listings import Listing, Variant
from marketplace.database import Row


class ReservationState(StrEnum):
    HELD = "HELD"
    COMMITTED = "COMMITTED"
    RELEASED = "RELEASED"


class StockReservation(Row):
    """What a sub-order holds of a variant whose stock is counted."""

    sub_order_id = fields.UUIDField()
    variant: fields.ForeignKeyRelation[Variant] = fields.ForeignKeyField(
        "lumbung.Variant", related_name="reservations", on_delete=fields.RESTRICT
    )
    variant_id: UUID
    quantity = fields.IntField()
    state = fields.CharEnumField(ReservationState, max_length=10, default=ReservationState.HELD)

    class Meta:
        table = "stock_reservation"
        unique_together = (("sub_order_id", "variant_id"),)


class ServiceSlot(Row):
    """A time at which a service can be had. One sub-order at most can stand in it."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="slots", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    sub_order_id = fields.UUIDField(null=True, unique=True)

    class Meta:
        table = "service_slot"
        unique_together = (("listing_id", "starts_at"),)


class BookedStock(Row):
    """A variant whose stock somebody's books keep: only what they book changes it. `id` is the variant's."""

    class Meta:
        table = "booked_stock"
