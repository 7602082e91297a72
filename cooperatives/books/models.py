"""Rows of the books: the chart, vouchers, months."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from cooperatives.books.chart import Account, AccountRole
from cooperatives.books.lines import CashFlow, Line
from cooperatives.books.lining import VoucherKind
from cooperatives.ledger.accounts import Purpose
from cooperatives.membership.models import CooperativeKind
from marketplace import clock
from marketplace.database import Row

#: Above this a voucher takes two officers, until a co-op sets its own threshold.
TWO_OFFICERS_ABOVE = 5_000_000


class AccountingBook(Model):
    """That a co-op keeps its books here. Its id is the co-op's; its row is the lock of all that is posted by hand."""

    id = fields.UUIDField(primary_key=True)
    created_at = fields.DatetimeField(default=clock.now)
    template = fields.CharEnumField(CooperativeKind, max_length=12)
    time_zone = fields.CharField(max_length=40)
    opened_on = fields.DateField()  # the first day booked here; opening balances are of the day before
    opened_by = fields.UUIDField(null=True)
    year_starts_month = fields.SmallIntField(default=1)
    two_officers_above = fields.BigIntField(default=TWO_OFFICERS_ABOVE)
    proposed_threshold = fields.BigIntField(null=True)
    threshold_proposed_by = fields.UUIDField(null=True)
    locked_through = fields.DateField(null=True)  # the last day of the last locked month

    class Meta:
        table = "accounting_book"


class ChartAccount(Row):
    """An account of a co-op's chart. Never removed: retired."""

    cooperative_id = fields.UUIDField()
    number = fields.CharField(max_length=12)
    name_id = fields.CharField(max_length=120)
    name_en = fields.CharField(max_length=120)
    line = fields.CharEnumField(Line, max_length=30)
    cash_flow = fields.CharEnumField(CashFlow, max_length=10)
    purpose = fields.CharEnumField(Purpose, max_length=30, null=True)
    role = fields.CharEnumField(AccountRole, max_length=20, null=True)
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "chart_account"
        unique_together = (("cooperative_id", "number"), ("cooperative_id", "purpose"), ("cooperative_id", "role"))

    def as_account(self) -> Account:
        return Account(
            id=self.pk,
            number=self.number,
            name_id=self.name_id,
            name_en=self.name_en,
            line=self.line,
            cash_flow=self.cash_flow,
            purpose=self.purpose,
            role=self.role,
            is_retired=self.retired_at is not None,
        )


class VoucherState(StrEnum):
    PROPOSED = "PROPOSED"
    POSTED = "POSTED"
    REFUSED = "REFUSED"


class VoucherSource(StrEnum):
    """What a voucher came of."""

    HAND = "HAND"
    OPENING = "OPENING"
    RECURRING = "RECURRING"
    DEPRECIATION = "DEPRECIATION"
    ACCRUAL_REVERSAL = "ACCRUAL_REVERSAL"
    REVERSAL = "REVERSAL"
    CASH_COUNT = "CASH_COUNT"
    BANK_STATEMENT = "BANK_STATEMENT"
    ASSET_DISPOSAL = "ASSET_DISPOSAL"


class Voucher(Row):
    """A bukti kas masuk, kas keluar or memorial. Numbered and posted to the ledger as one compound, then kept."""

    cooperative_id = fields.UUIDField()
    kind = fields.CharEnumField(VoucherKind, max_length=10)
    source = fields.CharEnumField(VoucherSource, max_length=20, default=VoucherSource.HAND)
    state = fields.CharEnumField(VoucherState, max_length=10, default=VoucherState.PROPOSED)
    booked_on = fields.DateField()  # the day to which it belongs, in the co-op's zone
    number = fields.CharField(max_length=20, null=True)  # BKK/2026/11/0001
    sequence = fields.IntField(null=True)
    description = fields.CharField(max_length=300)
    party = fields.CharField(max_length=120, null=True)  # from whom it came, to whom it went
    reference = fields.CharField(max_length=60, null=True)  # the receipt's or the bank's
    total = fields.BigIntField()
    is_reversed_next_month = fields.BooleanField(default=False)
    reverses_id = fields.UUIDField(null=True, unique=True)
    proposed_by = fields.UUIDField(null=True)  # null: the books themselves
    approved_by = fields.UUIDField(null=True)
    second_approved_by = fields.UUIDField(null=True)
    posted_at = fields.DatetimeField(null=True)
    refused_by = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "voucher"
        unique_together = (("cooperative_id", "number"),)
        indexes = (("cooperative_id", "booked_on"), ("cooperative_id", "state"))


class VoucherLine(Row):
    """One side of one account in a voucher."""

    voucher: fields.ForeignKeyRelation[Voucher] = fields.ForeignKeyField(
        "lumbung.Voucher", related_name="lines", on_delete=fields.RESTRICT
    )
    voucher_id: UUID
    ordinal = fields.SmallIntField()
    account: fields.ForeignKeyRelation[ChartAccount] = fields.ForeignKeyField(
        "lumbung.ChartAccount", related_name="voucher_lines", on_delete=fields.RESTRICT
    )
    account_id: UUID
    debit = fields.BigIntField(default=0)
    credit = fields.BigIntField(default=0)
    memo = fields.CharField(max_length=200, default="")

    class Meta:
        table = "voucher_line"
        unique_together = (("voucher_id", "ordinal"),)


class VoucherAttachment(Row):
    """A receipt or letter behind a voucher; its content lies in the node's folder under its hash."""

    voucher: fields.ForeignKeyRelation[Voucher] = fields.ForeignKeyField(
        "lumbung.Voucher", related_name="attachments", on_delete=fields.RESTRICT
    )
    voucher_id: UUID
    name = fields.CharField(max_length=120)
    media_type = fields.CharField(max_length=40)
    size = fields.IntField()
    hash = fields.CharField(max_length=64)
    added_by = fields.UUIDField()

    class Meta:
        table = "voucher_attachment"
        unique_together = (("voucher_id", "hash"),)


class LockedMonth(Row):
    """A month in which nothing is booked any more."""

    cooperative_id = fields.UUIDField()
    month = fields.DateField()
    locked_by = fields.UUIDField()
    chain_seq = fields.BigIntField(null=True)  # the book's last seal at that moment
    chain_hash = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "locked_month"
        unique_together = (("cooperative_id", "month"),)


class MonthTotal(Row):
    """What an account moved in a locked month: kept, so that it is seen should it ever change."""

    cooperative_id = fields.UUIDField()
    month = fields.DateField()
    account_id = fields.UUIDField()  # of the chart
    debits = fields.BigIntField()
    credits = fields.BigIntField()

    class Meta:
        table = "month_total"
        unique_together = (("cooperative_id", "month", "account_id"),)


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


class CashCount(Row):
    """Cash counted in a box, and how it differed from the book."""

    cooperative_id = fields.UUIDField()
    account: fields.ForeignKeyRelation[ChartAccount] = fields.ForeignKeyField(
        "lumbung.ChartAccount", related_name="counts", on_delete=fields.RESTRICT
    )
    account_id: UUID
    counted_on = fields.DateField()
    pieces: dict[str, int] = fields.JSONField()  # how many of which note or coin, by its rupiah
    counted = fields.BigIntField()
    expected = fields.BigIntField()
    explanation = fields.CharField(max_length=300, null=True)
    voucher_id = fields.UUIDField(null=True)
    counted_by = fields.UUIDField()

    class Meta:
        table = "cash_count"
        indexes = (("cooperative_id", "counted_on"),)


class RecurringVoucher(Row):
    """A voucher that comes again every so many months."""

    cooperative_id = fields.UUIDField(db_index=True)
    kind = fields.CharEnumField(VoucherKind, max_length=10)
    description = fields.CharField(max_length=300)
    party = fields.CharField(max_length=120, null=True)
    lines: list[dict[str, Any]] = fields.JSONField()
    total = fields.BigIntField()
    every_months = fields.SmallIntField(default=1)
    day = fields.SmallIntField()  # of the month; a shorter month's last
    next_on = fields.DateField(db_index=True)
    until = fields.DateField(null=True)
    set_by = fields.UUIDField()
    stopped_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recurring_voucher"


class FixedAsset(Row):
    """A thing that wears out: written off in equal monthly parts over its life."""

    cooperative_id = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=120)
    asset_account_id = fields.UUIDField()
    accumulated_account_id = fields.UUIDField()
    expense_account_id = fields.UUIDField()
    cost = fields.BigIntField()
    residual = fields.BigIntField(default=0)
    life_months = fields.IntField()
    in_use_on = fields.DateField()
    written_off_before = fields.BigIntField(default=0)  # before the books were opened here
    disposed_on = fields.DateField(null=True)
    disposal_voucher_id = fields.UUIDField(null=True)
    registered_by = fields.UUIDField()

    class Meta:
        table = "fixed_asset"


class SellerTaxDeclaration(Row):
    """A seller's word that his turnover of a year stays within what is free of withholding, with his papers.

    PMK 37/2025: individuals up to Rp 500 million a year; taken back when it no longer holds.
    """

    cooperative_id = fields.UUIDField(db_index=True)
    seller_id = fields.UUIDField()
    year = fields.IntField()
    declared_on = fields.DateField()
    letter = fields.CharField(max_length=60, null=True)  # the number of his signed letter
    recorded_by = fields.UUIDField()
    ended_on = fields.DateField(null=True)

    class Meta:
        table = "seller_tax_declaration"
        unique_together = (("cooperative_id", "seller_id", "year"),)


class Depreciation(Row):
    """What one month took off an asset."""

    asset: fields.ForeignKeyRelation[FixedAsset] = fields.ForeignKeyField(
        "lumbung.FixedAsset", related_name="depreciations", on_delete=fields.RESTRICT
    )
    asset_id: UUID
    month = fields.DateField()
    amount = fields.BigIntField()
    voucher_id = fields.UUIDField()

    class Meta:
        table = "depreciation"
        unique_together = (("asset_id", "month"),)
