"""Rows of the ledger. The database itself refuses to change a transfer: see `guards_*.sql`."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from cooperatives.ledger.accounts import AccountType, Phase, Purpose
from marketplace import clock


class LedgerAccount(Model):
    """An account (or one sub-account of a hub) with its four accumulators, kept by a trigger."""

    id = fields.UUIDField(primary_key=True)
    created_at = fields.DatetimeField(default=clock.now)
    cooperative_id = fields.UUIDField()
    purpose = fields.CharEnumField(Purpose, max_length=30)
    type = fields.CharEnumField(AccountType, max_length=10)
    subject_id = fields.UUIDField(null=True)
    shard = fields.SmallIntField(default=0)
    floor = fields.BigIntField(null=True)  # what `available` may not go below
    debits_posted = fields.BigIntField(default=0)
    credits_posted = fields.BigIntField(default=0)
    debits_pending = fields.BigIntField(default=0)
    credits_pending = fields.BigIntField(default=0)

    class Meta:
        table = "ledger_account"
        indexes = (("cooperative_id", "purpose", "subject_id"),)


class Transfer(Model):
    """One debit and one credit. Never changed, never removed; mended by further transfers."""

    id = fields.UUIDField(primary_key=True)
    created_at = fields.DatetimeField(default=clock.now)
    cooperative_id = fields.UUIDField()
    debit_account: fields.ForeignKeyRelation[LedgerAccount] = fields.ForeignKeyField(
        "lumbung.LedgerAccount", related_name="debits", on_delete=fields.RESTRICT
    )
    debit_account_id: UUID
    credit_account: fields.ForeignKeyRelation[LedgerAccount] = fields.ForeignKeyField(
        "lumbung.LedgerAccount", related_name="credits", on_delete=fields.RESTRICT
    )
    credit_account_id: UUID
    amount = fields.BigIntField()
    kind = fields.CharField(max_length=40)
    cause_kind = fields.CharField(max_length=60)
    cause_id = fields.UUIDField(db_index=True)
    ordinal = fields.SmallIntField()
    phase = fields.CharEnumField(Phase, max_length=8, default=Phase.SINGLE)
    pending_id = fields.UUIDField(null=True, unique=True)
    expires_at = fields.DatetimeField(null=True)

    class Meta:
        table = "ledger_transfer"
        indexes = (
            ("cooperative_id", "created_at"),
            ("debit_account_id", "created_at"),
            ("credit_account_id", "created_at"),
        )


class Unsealed(Model):
    """A transfer that the chain does not hold yet; written by a trigger, taken away by the sealer."""

    transfer_id = fields.UUIDField(primary_key=True)
    cooperative_id = fields.UUIDField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "ledger_unsealed"
        indexes = (("cooperative_id", "created_at"),)


class ChainLink(Model):
    """A transfer's place in its book's chain: a hash over it and over the link before."""

    transfer_id = fields.UUIDField(primary_key=True)
    cooperative_id = fields.UUIDField()
    seq = fields.BigIntField()
    hash = fields.CharField(max_length=64)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "ledger_chain"
        unique_together = (("cooperative_id", "seq"),)
