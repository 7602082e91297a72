"""The inbox of provider callbacks."""

from enum import StrEnum

from tortoise import fields

from marketplace.database import Row
from marketplace.payments.gateway import Charge, ChargeOutcome


class CallState(StrEnum):
    """What became of a call."""

    RECEIVED = "RECEIVED"
    DONE = "DONE"
    UNMATCHED = "UNMATCHED"  # of no payment of ours, or of another provider's
    WRONG_AMOUNT = "WRONG_AMOUNT"  # someone must look: nothing was booked


class ProviderCall(Row):
    """One event of a provider, told to us at least once and kept once."""

    provider = fields.CharField(max_length=30)
    event_id = fields.CharField(max_length=120)
    kind = fields.CharField(max_length=60)
    payment_id = fields.UUIDField(db_index=True)
    outcome = fields.CharEnumField(ChargeOutcome, max_length=10)
    reference = fields.CharField(max_length=120, default="")
    failure = fields.CharField(max_length=60, default="")
    amount = fields.BigIntField()
    state = fields.CharEnumField(CallState, max_length=14, default=CallState.RECEIVED)

    class Meta:
        table = "provider_call"
        unique_together = (("provider", "event_id"),)

    @property
    def charge(self) -> Charge:
        """As payments take it."""
        return Charge(self.outcome, self.reference, self.failure)
