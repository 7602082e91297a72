from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0037_ends_of_shifts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LoanPledge",
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
                    "loan",
                    fields.ForeignKeyField(
                        "lumbung.Loan",
                        source_field="loan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="pledges",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("savings_id", fields.UUIDField(db_index=True)),
                ("amount", fields.BigIntField()),
                ("released_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "loan_pledge",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Voluntary savings that stay where they are while the loan runs; the ledger's account keeps them.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="LoanProduct",
            name="pledged_bp",
            field=fields.IntField(null=True),
        ),
    ]
