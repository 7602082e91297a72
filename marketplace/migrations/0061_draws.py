"""What a co-op borrowed may come in by parts."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.loans.kinds
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0060_financing")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BorrowingDraw",
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
                    "borrowing",
                    fields.ForeignKeyField(
                        "lumbung.Borrowing",
                        source_field="borrowing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="draws",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("amount", fields.BigIntField()),
                ("received_on", fields.DateField()),
                ("bank_reference", fields.CharField(max_length=60)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.loans.kinds.BorrowingState.PROPOSED,
                        description="PROPOSED: PROPOSED\nRUNNING: RUNNING\nREPAID: REPAID\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.loans.kinds.BorrowingState,
                        max_length=10,
                    ),
                ),
                ("first_ordinal", fields.SmallIntField(null=True)),
                ("proposed_by", fields.UUIDField()),
                ("agreed_by", fields.UUIDField(null=True)),
                ("agreed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "borrowing_draw",
                "app": "lumbung",
                "indexes": [Index(fields=["borrowing_id"])],
                "pk_attr": "id",
                "table_description": "A later part of it: PROPOSED by one officer, RUNNING once another agreed and it was booked, or WITHDRAWN.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Borrowing",
            name="first_drawn",
            field=fields.BigIntField(null=True),
        ),
    ]
