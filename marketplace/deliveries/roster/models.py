"""Rows of the roster: what a driver stands ready with, when, and for whom not."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from marketplace.database import Row
from marketplace.deliveries.models import Driver, Shift, VehicleKind


class BlockSide(StrEnum):
    """Who doesn't want to meet the other."""

    DRIVER = "DRIVER"
    SELLER = "SELLER"
    BUYER = "BUYER"


class PartyBlock(Row):
    """A driver and a seller, or a buyer, who shall not meet; one row a pair and side, lifted and laid anew.

    `by_side` made it, `toward` is the other: one of the two is the driver. Names are as the maker knew them.
    """

    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="blocks", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    party_id: UUID = fields.UUIDField()  # the seller's id, or the buyer's account
    by_side = fields.CharEnumField(BlockSide, max_length=6)
    toward = fields.CharEnumField(BlockSide, max_length=6)
    maker_id: UUID = fields.UUIDField()  # the driver, the seller, or the buyer's account
    name = fields.CharField(max_length=160)  # of the other, as the maker knew him
    reason = fields.CharField(max_length=300, null=True)
    laid_by = fields.UUIDField()  # the account
    laid_at = fields.DatetimeField()
    lifted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "party_block"
        unique_together = (("driver_id", "party_id", "by_side"),)
        indexes = (("maker_id",), ("party_id",))


class SpanKind(StrEnum):
    """What a driver did with a stretch of his shift."""

    AVAILABLE = "AVAILABLE"
    BREAK = "BREAK"
    OTHER_PLATFORM = "OTHER_PLATFORM"  # 'sedang di aplikasi lain'


class ShiftSpan(Row):
    """A stretch of a shift in which a driver did one thing; the last of a running shift has no end."""

    shift: fields.ForeignKeyRelation[Shift] = fields.ForeignKeyField(
        "lumbung.Shift", related_name="spans", on_delete=fields.RESTRICT
    )
    shift_id: UUID
    driver_id: UUID = fields.UUIDField()
    kind = fields.CharEnumField(SpanKind, max_length=14)
    began_at: datetime = fields.DatetimeField()
    ended_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "shift_span"
        indexes = (("driver_id", "began_at"), ("shift_id",))


class DriverVehicle(Row):
    """One of the vehicles that a driver may ride; the driver's own row says what he rides now."""

    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="vehicles", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    kind = fields.CharEnumField(VehicleKind, max_length=12)
    plate = fields.CharField(max_length=16, default="")
    capacity_g = fields.IntField()
    size_l = fields.IntField(default=0)  # of its box or bed; 0 where not said
    ridden_since: datetime | None = fields.DatetimeField(null=True)  # the one that he rides
    retired_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "driver_vehicle"
        indexes = (("driver_id",),)


class PaperKind(StrEnum):
    """A paper that a driver rides with."""

    SIM = "SIM"  # his licence
    STNK = "STNK"  # the vehicle's registration
    INSURANCE = "INSURANCE"
    HEALTH = "HEALTH"  # surat keterangan sehat


class PaperState(StrEnum):
    """Where a paper stands with the co-op's officers."""

    INCOMPLETE = "INCOMPLETE"  # its photo is missing
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"


class DriverPaper(Row):
    """A paper that a driver showed. Of its number only the last signs are kept: the photo shows the rest."""

    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="papers", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    account_id: UUID = fields.UUIDField()
    cooperative_id: UUID = fields.UUIDField()
    kind = fields.CharEnumField(PaperKind, max_length=9)
    vehicle_id: UUID | None = fields.UUIDField(null=True)  # of an STNK
    masked_number = fields.CharField(max_length=40)
    expires_on: date = fields.DateField()
    state = fields.CharEnumField(PaperState, max_length=10, default=PaperState.INCOMPLETE)
    photo_hash = fields.CharField(max_length=64, null=True)
    decided_by = fields.UUIDField(null=True)
    decided_at: datetime | None = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)
    replaced_at: datetime | None = fields.DatetimeField(null=True)  # by one that was approved later
    reminders = fields.IntField(default=0)  # how many of `reminding.DAYS_BEFORE` were told

    class Meta:
        table = "driver_paper"
        indexes = (("driver_id",), ("cooperative_id", "state", "id"), ("state", "expires_on"))


class ShiftSlot(Row):
    """A stretch of time for which a co-op wants so many drivers on shift."""

    cooperative_id: UUID = fields.UUIDField()
    starts_at: datetime = fields.DatetimeField()
    ends_at: datetime = fields.DatetimeField()
    wanted = fields.IntField()
    booked = fields.IntField(default=0)
    note = fields.CharField(max_length=200, default="")
    posted_by = fields.UUIDField()
    cancelled_at: datetime | None = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "shift_slot"
        indexes = (("cooperative_id", "starts_at", "id"),)


class SlotBooking(Row):
    """A driver's place in a slot; one row a driver and slot, given back and taken anew."""

    slot: fields.ForeignKeyRelation[ShiftSlot] = fields.ForeignKeyField(
        "lumbung.ShiftSlot", related_name="bookings", on_delete=fields.RESTRICT
    )
    slot_id: UUID
    driver_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField()
    name = fields.CharField(max_length=120)  # the driver's, as his colleagues know him
    starts_at: datetime = fields.DatetimeField()  # the slot's, so that overlaps are found by the driver alone
    ends_at: datetime = fields.DatetimeField()
    offered_at: datetime | None = fields.DatetimeField(null=True)  # since when a colleague may take it
    cancelled_at: datetime | None = fields.DatetimeField(null=True)
    started_at: datetime | None = fields.DatetimeField(null=True)  # when he stood ready in it

    class Meta:
        table = "slot_booking"
        unique_together = (("slot_id", "driver_id"),)
        indexes = (("driver_id", "starts_at"),)


class HomeDirection(Row):
    """Towards which place a driver goes home, and until when that counts. Coarse, and gone with its time."""

    driver: fields.OneToOneRelation[Driver] = fields.OneToOneField(
        "lumbung.Driver", related_name="home_direction", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    lat = fields.FloatField()
    lon = fields.FloatField()
    until: datetime = fields.DatetimeField(db_index=True)

    class Meta:
        table = "home_direction"
