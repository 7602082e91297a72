import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import cooperatives.budgets.kinds
import marketplace.clock
import marketplace.database
import marketplace.identity.actor


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0045_membership")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Budget",
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
                        default=cooperatives.budgets.kinds.BudgetState.PROPOSED,
                        description="PROPOSED: PROPOSED\nREPLACED: REPLACED\nADOPTED: ADOPTED",
                        enum_type=cooperatives.budgets.kinds.BudgetState,
                        max_length=10,
                    ),
                ),
                ("plan", fields.TextField(unique=False)),
                ("income", fields.BigIntField()),
                ("expenses", fields.BigIntField()),
                ("investments", fields.BigIntField()),
                ("proposed_by", fields.UUIDField()),
                ("motion_id", fields.UUIDField(null=True)),
                ("adopted_by", fields.UUIDField(null=True)),
                ("adopted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "budget",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "number"),),
                "pk_attr": "id",
                "table_description": "The work plan and budget of a book year: proposed, then as the members' meeting adopted it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BudgetLine",
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
                ("budget_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("months", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("note", fields.CharField(max_length=200)),
            ],
            options={
                "table": "budget_line",
                "app": "lumbung",
                "unique_together": (("budget_id", "account_id"),),
                "pk_attr": "id",
                "table_description": "What an account shall bring or take, month by month of the book year, in whole rupiah.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OfficerPay",
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
                ("budget_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                (
                    "role",
                    fields.CharEnumField(
                        description="CHAIR: CHAIR\nSECRETARY: SECRETARY\nTREASURER: TREASURER\nDISPATCHER: DISPATCHER\nUNIT_MANAGER: UNIT_MANAGER\nLOAN_OFFICER: LOAN_OFFICER\nSUPERVISOR: SUPERVISOR\nMEMBER: MEMBER\nDRIVER: DRIVER\nSELLER_OWNER: SELLER_OWNER\nSELLER_STAFF: SELLER_STAFF\nPLATFORM_REPRESENTATIVE: PLATFORM_REPRESENTATIVE\nGOVERNMENT_SUPERVISOR: GOVERNMENT_SUPERVISOR\nNODE_OPERATOR: NODE_OPERATOR",
                        enum_type=marketplace.identity.actor.Role,
                        max_length=30,
                    ),
                ),
                ("monthly", fields.BigIntField()),
            ],
            options={
                "table": "officer_pay",
                "app": "lumbung",
                "unique_together": (("budget_id", "membership_id", "role"),),
                "pk_attr": "id",
                "table_description": "The honorarium of one officer or pengawas by a budget: whole rupiah a month, twelve months.",
            },
            bases=["Row"],
        ),
    ]
