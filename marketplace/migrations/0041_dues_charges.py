import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.payments.lifecycle


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0040_governance")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DuesCharge",
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
                ("payer_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.payments.lifecycle.PaymentState.PROCESSING,
                        description="AGREED: AGREED\nPROCESSING: PROCESSING\nAUTHORISED: AUTHORISED\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED\nSURPLUS: SURPLUS",
                        enum_type=marketplace.payments.lifecycle.PaymentState,
                        max_length=10,
                    ),
                ),
                ("gateway", fields.CharField(max_length=30)),
                ("rail_id", fields.UUIDField(null=True)),
                ("channel", fields.CharField(max_length=20)),
                ("institution", fields.CharField(default="", max_length=20)),
                ("gateway_reference", fields.CharField(default="", max_length=120)),
                ("instructions", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("failure", fields.CharField(default="", max_length=60)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("tried_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("fee", fields.BigIntField(null=True)),
                ("payment_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "dues_charge",
                "app": "lumbung",
                "indexes": [Index(fields=["state", "tried_at"])],
                "pk_attr": "id",
                "table_description": "What a member was asked to pay of his dues through a provider. The intent is committed before it is asked.",
            },
            bases=["Row"],
        ),
    ]
