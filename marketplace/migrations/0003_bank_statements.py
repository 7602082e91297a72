from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0002_books")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BankMatch",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.ChartAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="matches",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("amount", fields.BigIntField()),
                ("is_automatic", fields.BooleanField()),
                ("matched_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "bank_match",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Lines of the bank and entries of the book that are the same money.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BankStatement",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.ChartAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="statements",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("form", fields.CharField(max_length=40)),
                ("starts_on", fields.DateField()),
                ("ends_on", fields.DateField()),
                ("opening", fields.BigIntField(null=True)),
                ("closing", fields.BigIntField(null=True)),
                ("file_hash", fields.CharField(max_length=64)),
                ("imported_by", fields.UUIDField()),
            ],
            options={
                "table": "bank_statement",
                "app": "lumbung",
                "unique_together": (("account_id", "file_hash"),),
                "pk_attr": "id",
                "table_description": "A bank's list of what moved one account, as imported.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BankLine",
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
                    "statement",
                    fields.ForeignKeyField(
                        "lumbung.BankStatement",
                        source_field="statement_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField()),
                ("ordinal", fields.IntField()),
                ("booked_on", fields.DateField()),
                ("amount", fields.BigIntField()),
                ("description", fields.CharField(max_length=300)),
                ("reference", fields.CharField(default="", max_length=80)),
                ("balance", fields.BigIntField(null=True)),
                ("fingerprint", fields.CharField(max_length=64)),
                (
                    "match",
                    fields.ForeignKeyField(
                        "lumbung.BankMatch",
                        source_field="match_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "bank_line",
                "app": "lumbung",
                "unique_together": (("account_id", "fingerprint"),),
                "indexes": [Index(fields=["account_id", "booked_on"])],
                "pk_attr": "id",
                "table_description": "One movement on a bank statement: more than zero came in, less went out.",
            },
            bases=["Row"],
        ),
    ]
