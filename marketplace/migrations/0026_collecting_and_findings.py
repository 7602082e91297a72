from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.payments.payouts.lifecycle


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0025_custody_signed")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CollectingConsent",
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
                ("is_given", fields.BooleanField(default=False)),
                ("proposed_by", fields.UUIDField(null=True)),
                ("set_by", fields.UUIDField(null=True)),
                ("set_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "collecting_consent",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Whether a co-op lets others collect its part of a payment. `id` is the co-op's; no row: it does not.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PayoutFinding",
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
                    "outcome",
                    fields.CharEnumField(
                        description="REQUESTED: REQUESTED\nSENT: SENT\nCONFIRMED: CONFIRMED\nFAILED: FAILED\nCANCELLED: CANCELLED",
                        enum_type=marketplace.payments.payouts.lifecycle.PayoutState,
                        max_length=9,
                    ),
                ),
                ("evidence", fields.CharField(max_length=120)),
                ("found_by", fields.UUIDField()),
                ("found_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("agreed_by", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("contradicted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payout_finding",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What officers found out about a payout whose outcome its provider never told. `id` is the payout's.",
            },
            bases=["Row"],
        ),
    ]
