import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.loans.kinds
import cooperatives.loans.lifecycle
import cooperatives.loans.schedules
import marketplace.clock
import marketplace.database

#: Accounts of the chart's template that loans and borrowings are now posted to. One that vouchers have moved already
#: keeps what it holds: the marketplace's own account then stands beside it.
NAMED = {"4-1106": "LOAN_INTEREST", "7-1102": "BORROWING_INTEREST"}


def _name(number: str, purpose: str) -> str:
    return (
        f"UPDATE chart_account SET purpose = '{purpose}' WHERE number = '{number}' AND purpose IS NULL "
        "AND role IS NULL AND retired_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.subject_id = chart_account.id)"
    )


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0033_savings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Borrowing",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                (
                    "lender",
                    fields.CharEnumField(
                        description="LPDB: LPDB\nBANK: BANK\nCOOPERATIVE: COOPERATIVE\nOTHER: OTHER",
                        enum_type=cooperatives.loans.kinds.Lender,
                        max_length=12,
                    ),
                ),
                ("lender_name", fields.CharField(max_length=120)),
                ("reference", fields.CharField(max_length=60)),
                ("amount", fields.BigIntField()),
                ("months", fields.SmallIntField()),
                ("rate_bp", fields.IntField()),
                (
                    "method",
                    fields.CharEnumField(
                        description="FLAT: FLAT\nDECLINING: DECLINING\nANNUITY: ANNUITY",
                        enum_type=cooperatives.loans.schedules.Method,
                        max_length=10,
                    ),
                ),
                ("multiple", fields.IntField(default=1)),
                ("effective_bp", fields.IntField()),
                ("received_on", fields.DateField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.loans.kinds.BorrowingState.PROPOSED,
                        description="PROPOSED: PROPOSED\nRUNNING: RUNNING\nREPAID: REPAID\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.loans.kinds.BorrowingState,
                        max_length=10,
                    ),
                ),
                ("proposed_by", fields.UUIDField()),
                ("agreed_by", fields.UUIDField(null=True)),
                ("agreed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "borrowing",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Money that the co-op borrowed: recorded by one officer, agreed to by another, who thereby books it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BorrowingInstalment",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                (
                    "borrowing",
                    fields.ForeignKeyField(
                        "lumbung.Borrowing",
                        source_field="borrowing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="instalments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("ordinal", fields.SmallIntField()),
                ("due_on", fields.DateField()),
                ("principal", fields.BigIntField()),
                ("interest", fields.BigIntField()),
                ("paid_on", fields.DateField(null=True)),
                ("paid_by", fields.UUIDField(null=True)),
                ("bank_reference", fields.CharField(null=True, max_length=60)),
            ],
            options={
                "table": "borrowing_instalment",
                "app": "lumbung",
                "unique_together": (("borrowing_id", "ordinal"),),
                "pk_attr": "id",
                "table_description": "What the co-op pays back, and when it did.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="LoanProduct",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("name", fields.CharField(max_length=80)),
                (
                    "purpose",
                    fields.CharEnumField(
                        description="MOTORCYCLE: MOTORCYCLE\nMAINTENANCE: MAINTENANCE\nFAMILY: FAMILY\nEDUCATION: EDUCATION\nBUSINESS: BUSINESS\nEMERGENCY: EMERGENCY\nOTHER: OTHER",
                        enum_type=cooperatives.loans.kinds.LoanPurpose,
                        max_length=12,
                    ),
                ),
                (
                    "method",
                    fields.CharEnumField(
                        description="FLAT: FLAT\nDECLINING: DECLINING\nANNUITY: ANNUITY",
                        enum_type=cooperatives.loans.schedules.Method,
                        max_length=10,
                    ),
                ),
                ("rate_bp", fields.IntField()),
                ("highest_effective_bp", fields.IntField()),
                ("least_amount", fields.BigIntField()),
                ("most_amount", fields.BigIntField()),
                ("least_months", fields.SmallIntField()),
                ("most_months", fields.SmallIntField()),
                ("multiple", fields.IntField(default=1)),
                ("guarantors", fields.SmallIntField(default=0)),
                ("borrowing_id", fields.UUIDField(null=True)),
                ("offered_by", fields.UUIDField()),
                ("retired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "loan_product",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a member may borrow for, how much, how long and at what rate. Never changed: retired, and offered anew.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Loan",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                (
                    "product",
                    fields.ForeignKeyField(
                        "lumbung.LoanProduct",
                        source_field="product_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="loans",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reason", fields.CharField(max_length=300)),
                ("amount", fields.BigIntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.loans.lifecycle.LoanState.APPLIED,
                        description="APPLIED: APPLIED\nAPPROVED: APPROVED\nREJECTED: REJECTED\nWITHDRAWN: WITHDRAWN\nDISBURSED: DISBURSED\nRESTRUCTURED: RESTRUCTURED\nREPAID: REPAID\nWRITTEN_OFF: WRITTEN_OFF",
                        enum_type=cooperatives.loans.lifecycle.LoanState,
                        max_length=12,
                    ),
                ),
                ("is_related", fields.BooleanField(default=False)),
                ("number", fields.CharField(null=True, max_length=24)),
                ("months", fields.SmallIntField()),
                ("rate_bp", fields.IntField()),
                (
                    "method",
                    fields.CharEnumField(
                        description="FLAT: FLAT\nDECLINING: DECLINING\nANNUITY: ANNUITY",
                        enum_type=cooperatives.loans.schedules.Method,
                        max_length=10,
                    ),
                ),
                ("multiple", fields.IntField()),
                ("lent", fields.BigIntField()),
                ("version", fields.SmallIntField(default=1)),
                ("effective_bp", fields.IntField()),
                ("compounded_bp", fields.IntField()),
                ("rules", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decided_by", fields.UUIDField(null=True)),
                ("refusal", fields.CharField(null=True, max_length=300)),
                ("disbursed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("disbursed_on", fields.DateField(null=True)),
                ("disbursed_by", fields.UUIDField(null=True)),
                (
                    "way",
                    fields.CharEnumField(
                        null=True,
                        description="CASH: CASH\nTRANSFER: TRANSFER\nEARNINGS: EARNINGS",
                        enum_type=cooperatives.loans.kinds.MoneyWay,
                        max_length=10,
                    ),
                ),
                ("reference", fields.CharField(null=True, max_length=60)),
                ("late_since", fields.DateField(null=True)),
                ("reminded_after", fields.SmallIntField(default=0)),
                ("next_on", fields.DateField(null=True)),
                ("reserved", fields.BigIntField(default=0)),
                ("reserved_in", fields.DateField(null=True)),
                ("written_off", fields.BigIntField(default=0)),
                ("motion_id", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "loan",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "number"),),
                "indexes": [
                    Index(fields=["cooperative_id", "state"]),
                    Index(fields=["cooperative_id", "late_since"]),
                    Index(fields=["state", "next_on"]),
                ],
                "pk_attr": "id",
                "table_description": "A member's loan from application to its end. The terms are its own: a product that changes leaves it alone.",
            },
            bases=["Row"],
        ),
        *(ops.RunSQL(_name(number, purpose)) for number, purpose in NAMED.items()),
    ]
