"""Rows of what members buy at units with a loan."""

from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.units.models import BusinessUnit
from marketplace.database import Row

__all__ = ["FinancedPurchase"]


class FinancedPurchase(Row):
    """What a loan is to pay at a unit, as it was quoted to the member. `id` is the loan's, whose amount is `total`.

    `lines`: name, quantity, price, total, and of goods their item; of a job what its lines were then.
    """

    unit: fields.ForeignKeyRelation[BusinessUnit] = fields.ForeignKeyField(
        "lumbung.BusinessUnit", related_name="financed", on_delete=fields.RESTRICT
    )
    unit_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    membership_id: UUID = fields.UUIDField(db_index=True)
    job_id: UUID | None = fields.UUIDField(null=True)  # the job card that it pays for
    total: int = fields.BigIntField()
    lines: list[dict[str, Any]] = fields.JSONField()
    sale_id: UUID | None = fields.UUIDField(null=True, unique=True)  # None: not yet sold

    class Meta:
        table = "unit_financed_purchase"
