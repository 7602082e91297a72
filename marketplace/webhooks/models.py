"""The inbox of provider callbacks."""

from enum import StrEnum

from tortoise import fields

from marketplace.database import Row
from marketplace.payments.gateway import Charge, ChargeOutcome, Subject


class CallState(StrEnum):
    """What became of a call."""

    RECEIVED = "RECEIVED"
    DONE = "DONE"
    UNMATCHED = "UNMATCHED"  # of no payment of ours, or of another provider's
    WRONG_AMOUNT = "WRONG_AMOUNT"  # someone must look: nothing was booked


class ProviderCall(Row):
    """One event of a provider, told to us at least once and kept once.

    `payment_id` is the payment, refund or payout of ours that it speaks of (`subject`); where it names none, an
    id made of the provider's reference, so that events of one thing are carried out in order.
    """

    provider = fields.CharField(max_length=30)
    event_id = fields.CharField(max_length=120)
    kind = fields.CharField(max_length=60)
    payment_id = fields.UUIDField(db_index=True)
    outcome = fields.CharEnumField(ChargeOutcome, max_length=10)
    reference = fields.CharField(max_length=120, default="")
    failure = fields.CharField(max_length=60, default="")
    amount = fields.BigIntField()
    state = fields.CharEnumField(CallState, max_length=14, default=CallState.RECEIVED)
    account_id = fields.UUIDField(null=True)  # the co-op's credentials that it was signed with
    subject = fields.CharField(max_length=10, null=True)  # a Subject; None: PAYMENT
    is_whole = fields.BooleanField(null=True)  # whether the call itself says all; else the provider is asked

    class Meta:
        table = "provider_call"
        unique_together = (("provider", "event_id"),)

    @property
    def about(self) -> Subject:
        """What it speaks of."""
        return Subject(self.subject) if self.subject else Subject.PAYMENT

    @property
    def charge(self) -> Charge:
        """As payments take it."""
        return Charge(self.outcome, self.reference, self.failure)
