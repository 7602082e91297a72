"""Rows of listings that should not stand: reports by people, suspensions by the operator."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from catalog.models.listings import Listing
from marketplace.database import Row


class ReportReason(StrEnum):
    FORBIDDEN_GOODS = "FORBIDDEN_GOODS"
    COUNTERFEIT = "COUNTERFEIT"
    UNSAFE_FOOD = "UNSAFE_FOOD"
    FALSE_HALAL = "FALSE_HALAL"
    WRONG_PRICE = "WRONG_PRICE"
    MISLEADING = "MISLEADING"
    OFFENSIVE = "OFFENSIVE"
    OTHER = "OTHER"


class ListingReport(Row):
    """A person says that a listing should not stand as it does. One a person and listing."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="reports", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    reporter_id = fields.UUIDField()
    reason = fields.CharEnumField(ReportReason, max_length=20)
    text = fields.CharField(max_length=1000, default="")
    decided_at = fields.DatetimeField(null=True)
    decided_by = fields.UUIDField(null=True)
    is_upheld = fields.BooleanField(null=True)
    answer = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "listing_report"
        unique_together = (("listing_id", "reporter_id"),)


class ListingSuspension(Row):
    """The operator took a listing off, with the reason; the seller may appeal once; the operator answers."""

    listing: fields.ForeignKeyRelation[Listing] = fields.ForeignKeyField(
        "lumbung.Listing", related_name="suspensions", on_delete=fields.RESTRICT
    )
    listing_id: UUID
    reason = fields.CharField(max_length=500)
    suspended_by = fields.UUIDField(null=True)
    appeal = fields.CharField(max_length=1000, null=True)
    appealed_by = fields.UUIDField(null=True)
    appealed_at = fields.DatetimeField(null=True)
    answer = fields.CharField(max_length=500, null=True)
    answered_by = fields.UUIDField(null=True)
    answered_at = fields.DatetimeField(null=True)
    lifted_at = fields.DatetimeField(null=True)

    class Meta:
        table = "listing_suspension"
