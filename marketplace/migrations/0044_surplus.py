import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import cooperatives.surplus.kinds
import cooperatives.surplus.sharing
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0043_leg_shares")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SurplusAllocation",
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
                ("number", fields.CharField(max_length=20)),
                ("begins_on", fields.DateField()),
                ("ends_on", fields.DateField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.surplus.kinds.SurplusState.PROPOSED,
                        description="PROPOSED: PROPOSED\nREPLACED: REPLACED\nPOSTED: POSTED\nPAID: PAID",
                        enum_type=cooperatives.surplus.kinds.SurplusState,
                        max_length=10,
                    ),
                ),
                ("from_members", fields.BigIntField()),
                ("from_others", fields.BigIntField()),
                ("reserve", fields.BigIntField()),
                ("patronage", fields.BigIntField()),
                ("capital", fields.BigIntField()),
                ("officers", fields.BigIntField()),
                ("education", fields.BigIntField()),
                ("social", fields.BigIntField()),
                ("development", fields.BigIntField()),
                ("non_member", fields.BigIntField()),
                ("unclaimed", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("weights", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("rules", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("motion_id", fields.UUIDField(null=True)),
                ("proposed_by", fields.UUIDField()),
                ("posted_by", fields.UUIDField(null=True)),
                ("posted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("paid_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "surplus_allocation",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "number"),),
                "pk_attr": "id",
                "table_description": "How a book year's surplus is shared out: proposed, then as the members' meeting adopted it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SurplusShare",
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
                ("allocation_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                ("capital_days", fields.BigIntField()),
                ("business", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("transactions", fields.IntField()),
                ("arrears_months", fields.IntField()),
                (
                    "excluded",
                    fields.CharEnumField(
                        null=True,
                        description="LEFT: LEFT\nFEW_TRANSACTIONS: FEW_TRANSACTIONS\nIN_ARREARS: IN_ARREARS",
                        enum_type=cooperatives.surplus.sharing.WhyNot,
                        max_length=20,
                    ),
                ),
                ("capital", fields.BigIntField()),
                ("patronage", fields.BigIntField()),
                ("savings_id", fields.UUIDField(null=True)),
                ("paid_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "surplus_share",
                "app": "lumbung",
                "unique_together": (("allocation_id", "membership_id"),),
                "pk_attr": "id",
                "table_description": "What one member has of a year's surplus, what he held, did and owed that year, or why he has nothing.",
            },
            bases=["Row"],
        ),
    ]
