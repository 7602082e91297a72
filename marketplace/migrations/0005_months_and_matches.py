from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0004_cash_counts_and_assets")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LockedMonth",
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
                ("month", fields.DateField()),
                ("locked_by", fields.UUIDField()),
                ("chain_seq", fields.BigIntField(null=True)),
                ("chain_hash", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "locked_month",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "month"),),
                "pk_attr": "id",
                "table_description": "A month in which nothing is booked any more.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MatchedEntry",
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
                    "match",
                    fields.ForeignKeyField(
                        "lumbung.BankMatch",
                        source_field="match_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="entries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField()),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
            ],
            options={
                "table": "matched_entry",
                "app": "lumbung",
                "unique_together": (("account_id", "cause_kind", "cause_id"),),
                "pk_attr": "id",
                "table_description": "What of the book is matched: all that one cause moved on the account.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MonthTotal",
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
                ("month", fields.DateField()),
                ("account_id", fields.UUIDField()),
                ("debits", fields.BigIntField()),
                ("credits", fields.BigIntField()),
            ],
            options={
                "table": "month_total",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "month", "account_id"),),
                "pk_attr": "id",
                "table_description": "What an account moved in a locked month: kept, so that it is seen should it ever change.",
            },
            bases=["Row"],
        ),
    ]
