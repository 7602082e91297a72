"""Rows of surplus: a year's allocation and each member's share with what it was reckoned from."""

from datetime import date, datetime
from uuid import UUID

from tortoise import fields

from cooperatives.surplus.kinds import SurplusState
from cooperatives.surplus.pools import Pool
from cooperatives.surplus.sharing import WhyNot
from marketplace.database import Row

__all__ = ["MemberPurchase", "SurplusAllocation", "SurplusShare", "SurplusState", "WhyNot"]


class SurplusAllocation(Row):
    """How a book year's surplus is shared out: proposed, then as the members' meeting adopted it."""

    cooperative_id: UUID = fields.UUIDField()
    number = fields.CharField(max_length=20)  # SHU/2026/1: a motion names it
    begins_on: date = fields.DateField()  # the book year
    ends_on: date = fields.DateField()
    state = fields.CharEnumField(SurplusState, max_length=10, default=SurplusState.PROPOSED)
    from_members: int = fields.BigIntField()
    from_others: int = fields.BigIntField()
    # rupiah of each pool, together the surplus
    reserve: int = fields.BigIntField()
    patronage: int = fields.BigIntField()
    capital: int = fields.BigIntField()
    officers: int = fields.BigIntField()
    education: int = fields.BigIntField()
    social: int = fields.BigIntField()
    development: int = fields.BigIntField()
    non_member: int = fields.BigIntField()
    unclaimed: dict[str, int] = fields.JSONField()  # what of them went to the reserve for want of anybody's claim
    weights: dict[str, int] = fields.JSONField()  # of each shared pool what all active members weigh together
    rules: list[list[str]] = fields.JSONField()  # as `savings.terms.cited` keeps each
    motion_id: UUID | None = fields.UUIDField(null=True)
    proposed_by: UUID = fields.UUIDField()
    posted_by: UUID | None = fields.UUIDField(null=True)
    posted_at: datetime | None = fields.DatetimeField(null=True)
    paid_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "surplus_allocation"
        unique_together = (("cooperative_id", "number"),)

    @property
    def total(self) -> int:
        """The year's surplus in rupiah."""
        return self.from_members + self.from_others

    @property
    def pools(self) -> dict[Pool, int]:
        """Every pool and its rupiah."""
        return {pool: getattr(self, pool.value.lower()) for pool in Pool}


class SurplusShare(Row):
    """What one member has of a year's surplus, what he held, did and owed that year, or why he has nothing."""

    allocation_id: UUID = fields.UUIDField()
    cooperative_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField(db_index=True)
    account_id: UUID = fields.UUIDField()  # the member's own
    capital_days: int = fields.BigIntField()
    business: dict[str, int] = fields.JSONField()  # rupiah of each side
    transactions = fields.IntField()
    arrears_months = fields.IntField()
    excluded = fields.CharEnumField(WhyNot, max_length=20, null=True)
    capital: int = fields.BigIntField()  # jasa modal
    patronage: int = fields.BigIntField()  # jasa usaha
    savings_id: UUID | None = fields.UUIDField(null=True)  # the savings that it was paid into; null: his earnings
    paid_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "surplus_share"
        unique_together = (("allocation_id", "membership_id"),)

    @property
    def amount(self) -> int:
        return self.capital + self.patronage


class MemberPurchase(Row):
    """What a member bought at one of his co-op's units; below zero: it was taken back."""

    cooperative_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField()
    cause_kind = fields.CharField(max_length=60)
    cause_id: UUID = fields.UUIDField()
    amount: int = fields.BigIntField()
    bought_on: date = fields.DateField()

    class Meta:
        table = "member_purchase"
        unique_together = (("cause_kind", "cause_id"),)
        indexes = (("cooperative_id", "bought_on"),)
