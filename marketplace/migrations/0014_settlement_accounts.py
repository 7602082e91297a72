from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.settlements.models
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0013_cash_care")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SettlementAccount",
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
                ("institution", fields.CharField(max_length=20)),
                ("number", fields.CharField(max_length=20)),
                ("holder", fields.CharField(max_length=60)),
                ("proposed_by", fields.UUIDField()),
                ("confirmed_by", fields.UUIDField(null=True)),
                ("confirmed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "settlement_account",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "confirmed_at"])],
                "pk_attr": "id",
                "table_description": "Where a co-op is paid in settlement. Kept as it was at each change: the last confirmed one holds.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SettlementCase",
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
                ("window_id", fields.UUIDField(db_index=True)),
                ("cooperative_id", fields.UUIDField()),
                ("counterparty_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="AMOUNT: AMOUNT\nFEE: FEE\nMISSING_HERE: MISSING_HERE\nMISSING_THERE: MISSING_THERE",
                        enum_type=cooperatives.settlements.models.CaseKind,
                        max_length=13,
                    ),
                ),
                ("line_kind", fields.CharField(max_length=60)),
                ("line_id", fields.UUIDField()),
                ("amount_here", fields.BigIntField(null=True)),
                ("amount_there", fields.BigIntField(null=True)),
                ("note", fields.CharField(default="", max_length=200)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.settlements.models.CaseState.OPEN,
                        description="OPEN: OPEN\nRESOLVED: RESOLVED",
                        enum_type=cooperatives.settlements.models.CaseState,
                        max_length=8,
                    ),
                ),
                ("opened_by", fields.UUIDField()),
                ("resolution", fields.CharField(null=True, max_length=300)),
                ("resolved_by", fields.UUIDField(null=True)),
                ("resolved_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "settlement_case",
                "app": "lumbung",
                "unique_together": (("window_id", "cooperative_id", "line_kind", "line_id"),),
                "pk_attr": "id",
                "table_description": "A difference between two co-ops in a window, until one says how it was settled.",
            },
            bases=["Row"],
        ),
    ]
