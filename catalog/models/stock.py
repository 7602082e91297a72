"""Rows of what orders hold: stock set aside, and slots of services."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

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
    """A time at which a service can be had, by as many orders at once as it has places."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="slots", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    capacity = fields.IntField(null=True)  # null: one

    class Meta:
        table = "service_slot"
        unique_together = (("listing_id", "starts_at"),)

    @property
    def places(self) -> int:
        """How many orders it holds at once."""
        return 1 if self.capacity is None else self.capacity


class Appointment(Row):
    """A sub-order's place in a slot."""

    slot: fields.ForeignKeyRelation[ServiceSlot] = fields.ForeignKeyField(
        "lumbung.ServiceSlot", related_name="appointments", on_delete=fields.RESTRICT
    )
    slot_id: UUID
    sub_order_id = fields.UUIDField(unique=True)

    class Meta:
        table = "appointment"
        indexes = (Index(fields=("slot_id",)),)


class BookedStock(Row):
    """A variant whose stock somebody's books keep: only what they book changes it. `id` is the variant's."""

    class Meta:
        table = "booked_stock"
