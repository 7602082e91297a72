"""Rows of what banks say, and of how it agrees with the book."""

from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.books.models.books import ChartAccount
from marketplace.database import Row


class BankStatement(Row):
    """A bank's list of what moved one account, as imported."""

    cooperative_id = fields.UUIDField()
    account: fields.ForeignKeyRelation[ChartAccount] = fields.ForeignKeyField(
        "lumbung.ChartAccount", related_name="statements", on_delete=fields.RESTRICT
    )
    account_id: UUID
    form = fields.CharField(max_length=40)  # bca, bri, …, camt.053
    starts_on = fields.DateField()
    ends_on = fields.DateField()
    opening = fields.BigIntField(null=True)
    closing = fields.BigIntField(null=True)
    file_hash = fields.CharField(max_length=64)
    imported_by = fields.UUIDField()

    class Meta:
        table = "bank_statement"
        unique_together = (("account_id", "file_hash"),)


class BankTemplate(Row):
    """How a bank writes its statements, as a co-op's treasurer has laid it down."""

    cooperative_id = fields.UUIDField()
    name = fields.CharField(max_length=20)
    form: dict[str, Any] = fields.JSONField()  # what `cooperatives.books.bank_templates.Form` says
    set_by = fields.UUIDField()
    set_at = fields.DatetimeField()

    class Meta:
        table = "bank_template"
        unique_together = (("cooperative_id", "name"),)


class BankMatch(Row):
    """Lines of the bank and entries of the book that are the same money."""

    account: fields.ForeignKeyRelation[ChartAccount] = fields.ForeignKeyField(
        "lumbung.ChartAccount", related_name="matches", on_delete=fields.RESTRICT
    )
    account_id: UUID
    amount = fields.BigIntField()
    is_automatic = fields.BooleanField()
    matched_by = fields.UUIDField(null=True)

    class Meta:
        table = "bank_match"


class BankLine(Row):
    """One movement on a bank statement: more than zero came in, less went out."""

    statement: fields.ForeignKeyRelation[BankStatement] = fields.ForeignKeyField(
        "lumbung.BankStatement", related_name="lines", on_delete=fields.RESTRICT
    )
    statement_id: UUID
    account_id = fields.UUIDField()
    ordinal = fields.IntField()
    booked_on = fields.DateField()
    amount = fields.BigIntField()
    description = fields.CharField(max_length=300)
    reference = fields.CharField(max_length=80, default="")
    balance = fields.BigIntField(null=True)
    fingerprint = fields.CharField(max_length=64)  # the same line in an overlapping statement
    match: fields.ForeignKeyNullableRelation[BankMatch] = fields.ForeignKeyField(
        "lumbung.BankMatch", related_name="lines", on_delete=fields.RESTRICT, null=True
    )
    match_id: UUID | None

    class Meta:
        table = "bank_line"
        unique_together = (("account_id", "fingerprint"),)
        indexes = (("account_id", "booked_on"),)


class MatchedEntry(Row):
    """What of the book is matched: all that one cause moved on the account."""

    match: fields.ForeignKeyRelation[BankMatch] = fields.ForeignKeyField(
        "lumbung.BankMatch", related_name="entries", on_delete=fields.RESTRICT
    )
    match_id: UUID
    account_id = fields.UUIDField()
    cause_kind = fields.CharField(max_length=60)
    cause_id = fields.UUIDField()
    amount = fields.BigIntField()

    class Meta:
        table = "matched_entry"
        unique_together = (("account_id", "cause_kind", "cause_id"),)
