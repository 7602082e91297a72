"""What a co-op's by-laws say, as rows."""

from datetime import date
from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class ByLawValue(Row):
    """What a by-law says from `since` on, until a later value. Never changed, only followed."""

    cooperative_id: UUID = fields.UUIDField()
    name = fields.CharField(max_length=40)  # a ByLaw; as text, so that a new one needs no migration
    value: int = fields.BigIntField()
    since: date = fields.DateField()
    motion_id: UUID | None = fields.UUIDField(null=True)  # null: set with the founding
    decision = fields.CharField(max_length=300)  # the deed of founding, or the motion's title
    set_by = fields.UUIDField(null=True)

    class Meta:
        table = "by_law_value"
        indexes = (("cooperative_id", "name", "since"),)
