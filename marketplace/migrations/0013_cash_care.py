from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.payments.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0012_seller_tax")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CashShortage",
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
                ("driver_account_id", fields.UUIDField(db_index=True)),
                ("amount", fields.BigIntField()),
                ("note", fields.CharField(max_length=300)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.payments.models.ShortageState.OPEN,
                        description="OPEN: OPEN\nDEDUCTED: DEDUCTED\nPAID: PAID\nBORNE: BORNE",
                        enum_type=marketplace.payments.models.ShortageState,
                        max_length=8,
                    ),
                ),
                ("opened_by", fields.UUIDField()),
                ("ended_by", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "cash_shortage",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A case: an officer counted less than the books say that a driver holds.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CashStanding",
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
                ("no_shows", fields.IntField(default=0)),
                ("must_prepay", fields.BooleanField(default=False)),
                ("last_no_show_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "cash_standing",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "How a buyer stands with cash. `id` is his account's; who never failed to take an order has no row.",
            },
            bases=["Row"],
        ),
    ]
