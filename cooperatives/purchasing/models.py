"""Rows of joint purchasing: rounds, and what each committed to."""

from datetime import date, datetime
from uuid import UUID

from tortoise import fields

from cooperatives.purchasing.lifecycle import RoundState
from cooperatives.purchasing.sharing import Tier
from cooperatives.units.kinds import SupplyWay
from marketplace.database import Row

__all__ = ["Commitment", "PurchaseRound", "RoundState"]


class PurchaseRound(Row):
    """One purchase of several together, run by `cooperative_id`, in whose book it stands."""

    cooperative_id = fields.UUIDField(db_index=True)
    number = fields.CharField(max_length=30, unique=True)
    title = fields.CharField(max_length=160)
    measure = fields.CharField(max_length=40)  # of what one is: dus isi 12
    supplier = fields.CharField(max_length=120)
    tiers: list[list[int]] = fields.JSONField()  # [from so many, price of one], ascending
    closes_at: datetime = fields.DatetimeField()
    credit_days = fields.IntField()  # how long those who committed may wait
    supplier_days = fields.IntField()  # how long the supplier lets the round wait
    state = fields.CharEnumField(RoundState, max_length=10, default=RoundState.OPEN)
    ordered = fields.IntField(default=0)
    price = fields.BigIntField(default=0)  # of one, once ordered
    received = fields.IntField(default=0)
    carriage = fields.BigIntField(default=0)
    total: int = fields.BigIntField(default=0)
    reference = fields.CharField(max_length=60, default="")  # the supplier's invoice
    received_on: date | None = fields.DateField(null=True)
    due_on: date | None = fields.DateField(null=True)  # to the supplier
    paid: int = fields.BigIntField(default=0)  # to the supplier
    paying = fields.BigIntField(default=0)  # what one officer asked to be paid, while a second is awaited
    paying_way = fields.CharEnumField(SupplyWay, max_length=10, null=True)
    paying_asked_by = fields.UUIDField(null=True)
    opened_by = fields.UUIDField()
    closing_told_at = fields.DatetimeField(null=True)  # its officers, that joining is over

    class Meta:
        table = "purchase_round"

    @property
    def prices(self) -> list[Tier]:
        return [Tier(least, price) for least, price in self.tiers]

    @property
    def outstanding(self) -> int:
        """What the supplier is still owed."""
        return self.total - self.paid


class Commitment(Row):
    """What one takes of a round: a unit's item (`item_id`, into its stock) or a seller (`seller_id`), of a co-op."""

    round: fields.ForeignKeyRelation[PurchaseRound] = fields.ForeignKeyField(
        "lumbung.PurchaseRound", related_name="commitments", on_delete=fields.RESTRICT
    )
    round_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    item_id = fields.UUIDField(null=True)
    seller_id: UUID | None = fields.UUIDField(null=True)
    party_id = fields.UUIDField()  # whichever of the two it is
    committed_by = fields.UUIDField()
    quantity = fields.IntField()
    is_refused = fields.BooleanField(default=False)  # by who ran the round, when it closed
    received = fields.IntField(default=0)
    goods = fields.BigIntField(default=0)
    carriage = fields.BigIntField(default=0)
    paid: int = fields.BigIntField(default=0)
    due_on: date | None = fields.DateField(null=True)
    reminded_on: date | None = fields.DateField(null=True)  # that its payment is due
    purchase_id: UUID | None = fields.UUIDField(null=True)  # the unit's invoice, once it took the goods in

    class Meta:
        table = "purchase_commitment"
        unique_together = (("round_id", "party_id"),)

    @property
    def total(self) -> int:
        return int(self.goods + self.carriage)

    @property
    def outstanding(self) -> int:
        """What is still owed to who ran the round."""
        return self.total - self.paid
