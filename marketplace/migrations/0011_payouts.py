import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.payments.payouts.lifecycle


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0010_rails")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Payout",
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
                (
                    "payee",
                    fields.CharEnumField(
                        description="SELLER: SELLER\nDRIVER: DRIVER\nBUYER: BUYER",
                        enum_type=marketplace.payments.payouts.lifecycle.PayeeKind,
                        max_length=8,
                    ),
                ),
                ("payee_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.payments.payouts.lifecycle.PayoutState.REQUESTED,
                        description="REQUESTED: REQUESTED\nSENT: SENT\nCONFIRMED: CONFIRMED\nFAILED: FAILED\nCANCELLED: CANCELLED",
                        enum_type=marketplace.payments.payouts.lifecycle.PayoutState,
                        max_length=9,
                    ),
                ),
                ("institution", fields.CharField(max_length=20)),
                ("is_wallet", fields.BooleanField(default=False)),
                ("masked", fields.CharField(max_length=60)),
                ("sealed", fields.TextField(unique=False)),
                ("requested_by", fields.UUIDField()),
                ("approved_by", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("account_id", fields.UUIDField(null=True)),
                ("is_by_hand", fields.BooleanField(default=False)),
                ("reference", fields.CharField(default="", max_length=120)),
                ("failure", fields.CharField(default="", max_length=60)),
                ("fee", fields.BigIntField(null=True)),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("tried_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payout",
                "app": "lumbung",
                "indexes": [
                    Index(fields=["cooperative_id", "state"]),
                    Index(fields=["state", "tried_at"]),
                    Index(fields=["payee_id"]),
                    Index(fields=["reference"]),
                ],
                "pk_attr": "id",
                "table_description": "Money on its way from a co-op to one it owes.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PayoutDestination",
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
                (
                    "payee",
                    fields.CharEnumField(
                        description="SELLER: SELLER\nDRIVER: DRIVER\nBUYER: BUYER",
                        enum_type=marketplace.payments.payouts.lifecycle.PayeeKind,
                        max_length=8,
                    ),
                ),
                ("payee_id", fields.UUIDField()),
                ("institution", fields.CharField(max_length=20)),
                ("is_wallet", fields.BooleanField(default=False)),
                ("masked", fields.CharField(max_length=60)),
                ("sealed", fields.TextField(unique=False)),
                ("set_by", fields.UUIDField()),
                ("set_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payout_destination",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "payee", "payee_id"),),
                "pk_attr": "id",
                "table_description": "Where a seller or driver is paid. The number is sealed, and shown by its end alone.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PayoutPolicy",
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
                ("daily_limit", fields.BigIntField(default=0)),
                ("two_officers_from", fields.BigIntField(default=5000000)),
                ("decision", fields.CharField(default="", max_length=120)),
                ("set_by", fields.UUIDField()),
                ("set_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payout_policy",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a co-op's members have decided about payouts. `id` is the co-op's.",
            },
            bases=["Row"],
        ),
    ]
