"""Rows of payouts: where to, by which rules, and each of them."""

from tortoise import fields
from tortoise.indexes import Index

from marketplace.database import Row
from marketplace.payments.payouts.lifecycle import TWO_OFFICERS_FROM, PayeeKind, PayoutState


class PayoutDestination(Row):
    """Where a seller or driver is paid. The number is sealed, and shown by its end alone."""

    cooperative_id = fields.UUIDField()
    payee = fields.CharEnumField(PayeeKind, max_length=8)
    payee_id = fields.UUIDField()
    institution = fields.CharField(max_length=20)
    is_wallet = fields.BooleanField(default=False)
    masked = fields.CharField(max_length=60)
    sealed = fields.TextField()
    set_by = fields.UUIDField()
    set_at = fields.DatetimeField()

    class Meta:
        table = "payout_destination"
        unique_together = (("cooperative_id", "payee", "payee_id"),)


class PayoutPolicy(Row):
    """What a co-op's members have decided about payouts. `id` is the co-op's."""

    daily_limit = fields.BigIntField(default=0)  # sent without an officer's hand, in a day
    two_officers_from = fields.BigIntField(default=TWO_OFFICERS_FROM)
    decision = fields.CharField(max_length=120, default="")
    set_by = fields.UUIDField()
    set_at = fields.DatetimeField()

    class Meta:
        table = "payout_policy"


class PayoutFinding(Row):
    """What officers found out about a payout whose outcome its provider never told. `id` is the payout's."""

    outcome = fields.CharEnumField(PayoutState, max_length=9)  # CONFIRMED or FAILED
    evidence = fields.CharField(max_length=120)
    found_by = fields.UUIDField()
    found_at = fields.DatetimeField()
    agreed_by = fields.UUIDField(null=True)  # the second officer, above the threshold
    ended_at = fields.DatetimeField(null=True)
    contradicted_at = fields.DatetimeField(null=True)  # the provider has said the opposite since

    class Meta:
        table = "payout_finding"


class Payout(Row):
    """Money on its way from a co-op to one it owes."""

    cooperative_id = fields.UUIDField()
    payee = fields.CharEnumField(PayeeKind, max_length=8)
    payee_id = fields.UUIDField()  # a seller, a driver's account, or a refund
    amount = fields.BigIntField()
    state = fields.CharEnumField(PayoutState, max_length=9, default=PayoutState.REQUESTED)
    institution = fields.CharField(max_length=20)
    is_wallet = fields.BooleanField(default=False)
    masked = fields.CharField(max_length=60)
    sealed = fields.TextField()
    requested_by = fields.UUIDField()
    approved_by: list[str] = fields.JSONField(default=list)
    account_id = fields.UUIDField(null=True)  # the provider's account that sends it; None: simulated, or by hand
    is_by_hand = fields.BooleanField(default=False)
    reference = fields.CharField(max_length=120, default="")
    failure = fields.CharField(max_length=60, default="")
    fee = fields.BigIntField(null=True)
    sent_at = fields.DatetimeField(null=True)
    tried_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "payout"
        indexes = (
            Index(fields=("cooperative_id", "state")),
            Index(fields=("state", "tried_at")),
            Index(fields=("payee_id",)),
            Index(fields=("reference",)),
        )
