"""Rows of deliveries booked alone: quotes, how a price came about, supplements, windows, and what comes again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields

from marketplace.database import Row
from marketplace.deliveries.models import FarePayer, VehicleKind
from marketplace.tariffs.rules import DistanceSource


class DeliveryQuote(Row):
    """What a delivery would cost, binding for its asker until it expires."""

    account_id: UUID = fields.UUIDField()  # only its asker may use it
    seller_id: UUID = fields.UUIDField()
    cooperative_id: UUID = fields.UUIDField()
    tariff_id = fields.UUIDField(null=True)  # the version; none: the default terms
    tariff_since = fields.DatetimeField(null=True)
    pickup_lat = fields.FloatField()
    pickup_lon = fields.FloatField()
    places: list[list[float]] = fields.JSONField()  # [lat, lon] of each drop
    weight_g = fields.IntField()
    litres = fields.IntField()
    vehicle = fields.CharEnumField(VehicleKind, max_length=12, null=True)
    window_starts_at = fields.DatetimeField(null=True)
    window_ends_at = fields.DatetimeField(null=True)
    priced_at: datetime = fields.DatetimeField()  # the moment whose hours, holiday and weather count
    distance_is = fields.CharEnumField(DistanceSource, max_length=10)
    legs_m: list[int] = fields.JSONField()
    zones: list[str] = fields.JSONField()  # the zone of each drop
    lines: list[dict[str, Any]] = fields.JSONField()
    total: int = fields.BigIntField()
    expires_at: datetime = fields.DatetimeField(db_index=True)
    used_at = fields.DatetimeField(null=True)
    job_id = fields.UUIDField(null=True)

    class Meta:
        table = "delivery_quote"


class JobPrice(Row):
    """How the price of a job booked alone came about; it bears the job's id. The job's lock guards it."""

    quote_id = fields.UUIDField(null=True)
    tariff_id = fields.UUIDField(null=True)
    priced_at: datetime = fields.DatetimeField()
    distance_is = fields.CharEnumField(DistanceSource, max_length=10)
    zones: list[str] = fields.JSONField()
    litres = fields.IntField()
    lines: list[dict[str, Any]] = fields.JSONField()  # with what was waited, at the end

    class Meta:
        table = "job_price"


class Supplement(Row):
    """What a dispatcher added to a job's price, or took off it, with his reason. Taken away, it is still seen."""

    job_id: UUID = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=60)
    amount: int = fields.BigIntField()  # below zero: a discount
    reason = fields.CharField(max_length=300)
    by_id = fields.UUIDField()
    removed_at = fields.DatetimeField(null=True)
    removed_by = fields.UUIDField(null=True)

    class Meta:
        table = "delivery_supplement"


class PickupWindow(Row):
    """When a job's goods are to be picked up; it bears the job's id."""

    starts_at: datetime = fields.DatetimeField()
    ends_at: datetime = fields.DatetimeField()
    publish_at: datetime = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)  # when it was put out, or was seen to need it no more

    class Meta:
        table = "pickup_window"
        indexes = (("settled_at", "publish_at"),)


class RecurringDelivery(Row):
    """A delivery that a shop books again every week, on some days, until it is stopped."""

    seller_id: UUID = fields.UUIDField(db_index=True)
    cooperative_id: UUID = fields.UUIDField()
    set_by: UUID = fields.UUIDField()
    weekdays: list[int] = fields.JSONField()  # 1 Monday … 7 Sunday
    at_minute = fields.IntField()  # minutes after midnight where the shop is
    window_minutes = fields.IntField()
    time_zone = fields.CharField(max_length=40)
    until: date | None = fields.DateField(null=True)
    skips_holidays = fields.BooleanField()
    drops: list[dict[str, Any]] = fields.JSONField()
    weight_g = fields.IntField()
    litres = fields.IntField()
    vehicle = fields.CharEnumField(VehicleKind, max_length=12, null=True)
    fare_payer = fields.CharEnumField(FarePayer, max_length=14)
    next_on: date = fields.DateField()
    next_at: datetime = fields.DatetimeField()  # the start of its next window
    stopped_at = fields.DatetimeField(null=True)
    stopped_by = fields.UUIDField(null=True)  # None: its last day has passed

    class Meta:
        table = "recurring_delivery"
        indexes = (("stopped_at", "next_at"),)


class Occurrence(Row):
    """One day of a recurring delivery: the job made of it, or why none was."""

    recurring: fields.ForeignKeyRelation[RecurringDelivery] = fields.ForeignKeyField(
        "lumbung.RecurringDelivery", related_name="occurrences", on_delete=fields.RESTRICT
    )
    recurring_id: UUID
    on: date = fields.DateField()
    job_id = fields.UUIDField(null=True)
    why_id = fields.CharField(max_length=300, null=True)
    why_en = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "recurring_delivery_occurrence"
        unique_together = (("recurring_id", "on"),)
