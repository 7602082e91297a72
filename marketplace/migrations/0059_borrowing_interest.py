"""Interest on what a co-op borrowed, as it is posted day by day."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0058_benefits")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BorrowingAccrual",
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
                    "instalment",
                    fields.ForeignKeyField(
                        "lumbung.BorrowingInstalment",
                        source_field="instalment_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="accruals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("until", fields.DateField()),
                ("amount", fields.BigIntField()),
            ],
            options={
                "table": "borrowing_accrual",
                "app": "lumbung",
                "indexes": [Index(fields=["instalment_id"])],
                "pk_attr": "id",
                "table_description": "That so much of an instalment's interest, in rupiah, was posted as owed on this day.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Borrowing",
            name="next_on",
            field=fields.DateField(null=True),
        ),
    ]
