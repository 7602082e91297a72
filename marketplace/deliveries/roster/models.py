"""Rows of the roster: what a driver stands ready with, when, and for whom not."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from marketplace.database import Row
from marketplace.deliveries.models import Driver, Shift


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
