import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.payments.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0009_hand_overs_and_schedules")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RailAccount",
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
                    "rail",
                    fields.CharEnumField(
                        description="STRIPE: STRIPE\nMIDTRANS: MIDTRANS",
                        enum_type=marketplace.payments.models.RailKind,
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.payments.models.RailState.PROPOSED,
                        description="PROPOSED: PROPOSED\nACTIVE: ACTIVE\nRETIRED: RETIRED",
                        enum_type=marketplace.payments.models.RailState,
                        max_length=8,
                    ),
                ),
                ("options", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("sealed", fields.TextField(default="", unique=False)),
                ("version", fields.IntField(default=1)),
                ("former_sealed", fields.TextField(null=True, unique=False)),
                ("former_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("proposed_sealed", fields.TextField(null=True, unique=False)),
                ("proposed_options", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("proposed_by", fields.UUIDField(null=True)),
                ("set_by", fields.UUIDField(null=True)),
                ("set_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "rail_account",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "rail", "state"])],
                "pk_attr": "id",
                "table_description": "One co-op's account with a payment provider. Its secrets are sealed, and never leave the node.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SellerQris",
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
                ("payload", fields.CharField(max_length=512)),
                ("merchant_name", fields.CharField(max_length=25)),
                ("city", fields.CharField(max_length=15)),
                ("nmid", fields.CharField(default="", max_length=20)),
                ("is_direct", fields.BooleanField(default=False)),
                ("set_by", fields.UUIDField()),
                ("set_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "seller_qris",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A seller's own static QRIS. `id` is the seller's.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="StrayMoney",
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
                ("account_id", fields.UUIDField()),
                ("reference", fields.CharField(max_length=120)),
                ("payment_id", fields.UUIDField(null=True)),
                ("amount", fields.BigIntField()),
                ("why", fields.CharField(max_length=20)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.payments.models.StrayState.OPEN,
                        description="OPEN: OPEN\nRETURNED: RETURNED\nKEPT: KEPT",
                        enum_type=marketplace.payments.models.StrayState,
                        max_length=8,
                    ),
                ),
                ("resolved_by", fields.UUIDField(null=True)),
                ("resolved_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("note", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "stray_money",
                "app": "lumbung",
                "unique_together": (("account_id", "reference"),),
                "pk_attr": "id",
                "table_description": "Money at the provider that no payment of ours explains, or of another amount: an officer must look.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Payment",
            name="account_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Payment",
            name="channel",
            field=fields.CharField(null=True, max_length=20),
        ),
        ops.AddField(
            model_name="Payment",
            name="expires_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Payment",
            name="fee",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="Payment",
            name="institution",
            field=fields.CharField(null=True, max_length=20),
        ),
        ops.AddField(
            model_name="Payment",
            name="instructions",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads),
        ),
        ops.AddField(
            model_name="ProviderCall",
            name="account_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="ProviderCall",
            name="is_whole",
            field=fields.BooleanField(null=True),
        ),
        ops.AddField(
            model_name="ProviderCall",
            name="subject",
            field=fields.CharField(null=True, max_length=10),
        ),
        ops.AddField(
            model_name="Refund",
            name="failure",
            field=fields.CharField(null=True, max_length=60),
        ),
        ops.AddField(
            model_name="Refund",
            name="tried_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Refund",
            name="way",
            field=fields.CharField(null=True, max_length=10),
        ),
    ]
