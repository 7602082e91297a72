"""Rows of ratings."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from marketplace.database import Row


class RatingAbout(StrEnum):
    """Whom a rating is about."""

    SELLER = "SELLER"
    DRIVER = "DRIVER"


class Rating(Row):
    """What a buyer thinks of one party to a delivered sub-order. Withdrawn, the row stays without stars and words."""

    sub_order_id: UUID = fields.UUIDField()
    giver_id: UUID = fields.UUIDField(db_index=True)
    about = fields.CharEnumField(RatingAbout, max_length=8)
    subject_id: UUID = fields.UUIDField()  # the seller, or the driver
    stars = fields.SmallIntField(null=True)
    text = fields.CharField(max_length=500, default="")
    edited_at = fields.DatetimeField(null=True)
    withdrawn_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    reported_at = fields.DatetimeField(null=True, db_index=True)  # waits for the operator; None again once decided
    reported_by: UUID | None = fields.UUIDField(null=True)
    report = fields.CharField(max_length=500, default="")
    decided_at = fields.DatetimeField(null=True)
    decision = fields.CharField(max_length=500, default="")

    class Meta:
        table = "rating"
        unique_together = (("sub_order_id", "about"),)
        indexes = (Index(fields=("about", "subject_id")),)
