"""Rows of departures: what became of a member's savings and loans when he left, of his heirs, and of expulsions."""

from datetime import date, datetime
from uuid import UUID

from tortoise import fields

from cooperatives.departures.lifecycle import ExpulsionState
from cooperatives.membership.categories import EndCause
from marketplace.database import Row

__all__ = ["Departure", "Expulsion", "ExpulsionState", "HeirClaim"]


class Departure(Row):
    """A membership that ended, settled in that moment: his savings in one account, his loans set off against them.

    One may join again: each end has a row of its own.
    """

    cooperative_id = fields.UUIDField(db_index=True)
    membership_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()
    cause = fields.CharEnumField(EndCause, max_length=20)
    reason = fields.CharField(max_length=300)
    ended_on: date = fields.DateField()
    died_on: date | None = fields.DateField(null=True)
    document = fields.CharField(max_length=120, null=True)  # of the death certificate (akta kematian)
    savings_id: UUID | None = fields.UUIDField(null=True)  # which holds what is his; none: he never saved
    saved = fields.BigIntField(default=0)  # all that his savings held
    dues_paid = fields.BigIntField(default=0)  # of it, what he owed beside loans
    set_off = fields.BigIntField(default=0)  # of it, what his loans took
    left_owing = fields.BigIntField(default=0)  # principal that savings did not cover: the loans run on
    recorded_by: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "departure"


class HeirClaim(Row):
    """What an heir is paid of a member's savings. `id` is the withdrawal's, which says whether it was paid."""

    cooperative_id = fields.UUIDField(db_index=True)
    departure_id = fields.UUIDField(db_index=True)
    membership_id = fields.UUIDField()
    heir: str = fields.TextField()  # sealed: name, relation, national id, document
    is_named = fields.BooleanField()  # by the member himself, beforehand
    amount = fields.BigIntField()
    recorded_by = fields.UUIDField()

    class Meta:
        table = "heir_claim"


class Expulsion(Row):
    """A member whom officers want to leave: told why, heard, decided on by whom the by-laws say, with an appeal."""

    cooperative_id = fields.UUIDField(db_index=True)
    membership_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()
    state = fields.CharEnumField(ExpulsionState, max_length=10, default=ExpulsionState.CALLED)
    grounds = fields.CharField(max_length=2_000)
    hearing_at: datetime = fields.DatetimeField()
    place = fields.CharField(max_length=200)
    called_by = fields.UUIDField()
    defence = fields.CharField(max_length=4_000, null=True)  # in his own words, written
    defended_at: datetime | None = fields.DatetimeField(null=True)
    was_present = fields.BooleanField(null=True)
    minutes = fields.CharField(max_length=4_000, null=True)  # of the hearing
    heard_by: UUID | None = fields.UUIDField(null=True)
    decision = fields.CharField(max_length=2_000, null=True)
    proposed_by: UUID | None = fields.UUIDField(null=True)
    decided_by: UUID | None = fields.UUIDField(null=True)
    decided_at: datetime | None = fields.DatetimeField(null=True)
    motion_id: UUID | None = fields.UUIDField(null=True)  # where the by-laws leave it to the meeting
    appeal_until: date | None = fields.DateField(null=True)
    appeal = fields.CharField(max_length=4_000, null=True)
    appealed_at: datetime | None = fields.DatetimeField(null=True)
    appeal_motion_id: UUID | None = fields.UUIDField(null=True)  # by which the meeting upheld or dropped it
    ended_at: datetime | None = fields.DatetimeField(null=True)

    @property
    def reference(self) -> str:
        """By which a motion names it: `PB/1A2B3C4D`."""
        return f"PB/{self.pk.hex[-8:].upper()}"

    class Meta:
        table = "expulsion"
        indexes = (("state", "appeal_until"),)
