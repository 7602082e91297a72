import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.dues.kinds
import marketplace.clock
import marketplace.database

#: Accounts of the chart's template that members' savings are now posted to by member. One that vouchers have moved
#: already keeps what it holds: the marketplace's own account then stands beside it.
NAMED = {
    "2-1101": "VOLUNTARY_SAVINGS",
    "2-1102": "TERM_SAVINGS",
    "2-1403": "FINAL_TAX_PAYABLE",
    "2-1602": "MEMBER_CREDIT",
    "3-1101": "PRINCIPAL_SAVINGS",
    "3-1102": "MANDATORY_SAVINGS",
    "7-1103": "SAVINGS_INTEREST",
}


def _name(number: str, purpose: str) -> str:
    return (
        f"UPDATE chart_account SET purpose = '{purpose}' WHERE number = '{number}' AND purpose IS NULL "
        "AND role IS NULL AND retired_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.subject_id = chart_account.id)"
    )


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0031_by_laws")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DeductionConsent",
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
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                ("share_bp", fields.IntField()),
                ("kinds", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("given_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deduction_consent",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What share of his earnings a member lets his co-op keep, and for which dues; one that has not ended holds.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DeductionRun",
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
                ("day", fields.DateField()),
                ("through", fields.UUIDField(null=True)),
                ("payments", fields.IntField(default=0)),
                ("deducted", fields.BigIntField(default=0)),
                ("refused", fields.IntField(default=0)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "deduction_run",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "day"),),
                "pk_attr": "id",
                "table_description": "One day's deductions of one co-op, carried out in batches: `through` is the last member done.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Due",
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
                ("membership_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="PRINCIPAL_SAVINGS: PRINCIPAL_SAVINGS\nMANDATORY_SAVINGS: MANDATORY_SAVINGS\nVOLUNTARY_SAVINGS: VOLUNTARY_SAVINGS\nLOAN: LOAN\nPROTECTION: PROTECTION\nPURCHASE: PURCHASE\nOPERATING: OPERATING",
                        enum_type=cooperatives.dues.kinds.DueKind,
                        max_length=20,
                    ),
                ),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField()),
                ("about", fields.CharField(default="", max_length=120)),
                ("amount", fields.BigIntField()),
                ("paid", fields.BigIntField(default=0)),
                ("parts", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("opens_on", fields.DateField()),
                ("due_on", fields.DateField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.dues.kinds.DueState.OPEN,
                        description="OPEN: OPEN\nPAID: PAID\nLET_GO: LET_GO",
                        enum_type=cooperatives.dues.kinds.DueState,
                        max_length=10,
                    ),
                ),
                ("reminded_on", fields.DateField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "due",
                "app": "lumbung",
                "unique_together": (("cause_kind", "cause_id"),),
                "indexes": [
                    Index(fields=["membership_id", "state"]),
                    Index(fields=["cooperative_id", "state", "due_on"]),
                ],
                "pk_attr": "id",
                "table_description": "Something that a member owes by a day. What it pays is one of a kind: (cause_kind, cause_id).",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DuePayment",
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
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="DEDUCTION: DEDUCTION\nCASH: CASH\nTRANSFER: TRANSFER\nVIRTUAL_ACCOUNT: VIRTUAL_ACCOUNT\nQRIS: QRIS\nCREDIT: CREDIT\nSAVINGS: SAVINGS",
                        enum_type=cooperatives.dues.kinds.PaymentWay,
                        max_length=16,
                    ),
                ),
                ("source_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                ("credited", fields.BigIntField(default=0)),
                ("received_on", fields.DateField()),
                ("number", fields.CharField(null=True, max_length=20)),
                ("reference", fields.CharField(default="", max_length=80)),
                ("taken_by", fields.UUIDField(null=True)),
                ("earned", fields.BigIntField(null=True)),
            ],
            options={
                "table": "due_payment",
                "app": "lumbung",
                "unique_together": (("way", "source_id"), ("cooperative_id", "number")),
                "pk_attr": "id",
                "table_description": "Money that reached the co-op for a member's dues; `credited` of it no due took, it is held for him.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DuePaymentLine",
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
                    "payment",
                    fields.ForeignKeyField(
                        "lumbung.DuePayment",
                        source_field="payment_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "due",
                    fields.ForeignKeyField(
                        "lumbung.Due",
                        source_field="due_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="payments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("ordinal", fields.SmallIntField()),
                ("amount", fields.BigIntField()),
            ],
            options={
                "table": "due_payment_line",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What of a payment went to which due.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ReceiptSeries",
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
                ("year", fields.IntField()),
                ("issued", fields.IntField(default=0)),
            ],
            options={
                "table": "receipt_series",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "The last receipt number of a co-op in a year. `id` is the co-op's.",
            },
            bases=["Row"],
        ),
        *(ops.RunSQL(_name(number, purpose)) for number, purpose in NAMED.items()),
    ]
