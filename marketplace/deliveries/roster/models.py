"""Rows of the roster: what a driver stands ready with, when, and for whom not."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from marketplace.database import Row
from marketplace.deliveries.models import Driver


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
