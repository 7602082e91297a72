from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.signing.attesting


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0024_messages_and_incidents")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CustodyKey",
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
                ("account_id", fields.UUIDField(db_index=True)),
                ("name", fields.CharField(max_length=60)),
                ("public_key", fields.CharField(unique=True, max_length=64)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(default="", max_length=300)),
            ],
            options={
                "table": "custody_key",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "The public half of a key that a person's device made and keeps. Revoked, it stays for what it has signed.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CustodySignature",
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
                ("receipt_id", fields.UUIDField()),
                (
                    "side",
                    fields.CharEnumField(
                        description="GIVER: GIVER\nTAKER: TAKER",
                        enum_type=marketplace.deliveries.signing.attesting.Side,
                        max_length=5,
                    ),
                ),
                ("account_id", fields.UUIDField()),
                ("key_id", fields.UUIDField()),
                ("signed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("signature", fields.CharField(max_length=128)),
            ],
            options={
                "table": "custody_signature",
                "app": "lumbung",
                "unique_together": (("receipt_id", "side"),),
                "indexes": [Index(fields=["key_id"])],
                "pk_attr": "id",
                "table_description": "One side of a hand-over, signed on a device; `created_at` is when the node had it.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="CustodyReceipt",
            name="node_signature",
            field=fields.CharField(null=True, max_length=128),
        ),
        ops.AddField(
            model_name="Obligation",
            name="receipt_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="SubOrder",
            name="receipt_id",
            field=fields.UUIDField(null=True),
        ),
        # Each debt for something carried gets the receipt of the hand-over that it rests on: the last of its goods.
        ops.RunSQL(
            [
                'UPDATE "sub_order" SET "receipt_id" = (SELECT r."id" FROM "custody_receipt" r'
                ' JOIN "delivery_job" j ON j."id" = r."job_id" WHERE j."sub_order_id" = "sub_order"."id"'
                ' ORDER BY r."position" DESC, r."id" DESC LIMIT 1) WHERE "carrier_id" IS NOT NULL',
                'UPDATE "settlement_obligation" SET "receipt_id" = (SELECT s."receipt_id" FROM "sub_order" s'
                ' WHERE s."id" = "settlement_obligation"."cause_id") WHERE "cause_kind" LIKE \'sub_order.%\'',
                'UPDATE "settlement_obligation" SET "receipt_id" = (SELECT r."id" FROM "custody_receipt" r'
                ' WHERE r."job_id" = "settlement_obligation"."cause_id" ORDER BY r."position" DESC, r."id" DESC LIMIT 1)'
                " WHERE \"cause_kind\" IN ('delivery.ended', 'delivery.cash_at_pickup')",
                'UPDATE "settlement_obligation" SET "receipt_id" = (SELECT r."id" FROM "custody_receipt" r'
                ' WHERE r."drop_id" = "settlement_obligation"."cause_id" ORDER BY r."position" DESC LIMIT 1)'
                " WHERE \"cause_kind\" = 'delivery.cash'",
                'UPDATE "settlement_obligation" SET "receipt_id" = (SELECT r."id" FROM "custody_receipt" r'
                ' JOIN "driver_hand_over" h ON h."job_id" = r."job_id" AND h."giver_id" = r."giver_id"'
                ' AND h."taker_id" = r."taker_id" WHERE h."id" = "settlement_obligation"."cause_id"'
                ' AND r."hand_over" = \'PASSED\' ORDER BY r."id" DESC LIMIT 1)'
                " WHERE \"cause_kind\" = 'delivery.passed_on'",
            ],
        ),
    ]
