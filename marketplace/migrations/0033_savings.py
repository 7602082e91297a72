import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.savings.kinds
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0032_dues")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DepositTerm",
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
                ("savings_id", fields.UUIDField()),
                ("since", fields.DateField()),
                ("rate_bp", fields.IntField()),
            ],
            options={
                "table": "savings_deposit_term",
                "app": "lumbung",
                "unique_together": (("savings_id", "since"),),
                "pk_attr": "id",
                "table_description": "One term of a deposit: what it earns a year from its first day on.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="InterestCredit",
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
                ("membership_id", fields.UUIDField()),
                ("savings_id", fields.UUIDField()),
                ("paid_into_id", fields.UUIDField(db_index=True)),
                ("month", fields.DateField()),
                ("cause_id", fields.UUIDField(db_index=True)),
                ("gross", fields.BigIntField()),
                ("tax", fields.BigIntField()),
                ("rules", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
            ],
            options={
                "table": "savings_interest",
                "app": "lumbung",
                "unique_together": (("savings_id", "month"),),
                "pk_attr": "id",
                "table_description": "What one account earned in a month, the tax on it, the account it was credited to, and the rules used.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProductRate",
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
                ("product_id", fields.UUIDField()),
                ("since", fields.DateField()),
                ("rate_bp", fields.IntField()),
                ("set_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "savings_product_rate",
                "app": "lumbung",
                "unique_together": (("product_id", "since"),),
                "pk_attr": "id",
                "table_description": "What a product earns a year from a day on.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavingsAccount",
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
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="PRINCIPAL: PRINCIPAL\nMANDATORY: MANDATORY\nVOLUNTARY: VOLUNTARY\nTERM: TERM",
                        enum_type=cooperatives.savings.kinds.SavingsKind,
                        max_length=10,
                    ),
                ),
                ("product_id", fields.UUIDField(null=True)),
                ("number", fields.CharField(max_length=30)),
                ("monthly_promise", fields.BigIntField(default=0)),
                ("opened_on", fields.DateField()),
                ("matures_on", fields.DateField(null=True)),
                (
                    "rollover",
                    fields.CharEnumField(
                        null=True,
                        description="TO_SAVINGS: TO_SAVINGS\nAGAIN: AGAIN",
                        enum_type=cooperatives.savings.kinds.Rollover,
                        max_length=10,
                    ),
                ),
                ("pays_into_id", fields.UUIDField(null=True)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "savings_account",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "number"),),
                "indexes": [Index(fields=["cooperative_id", "kind", "matures_on"])],
                "pk_attr": "id",
                "table_description": "One member's account of one kind; of voluntary savings with what he promised himself, of a deposit its end.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavingsMonth",
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
                ("charged_through", fields.UUIDField(null=True)),
                ("charged_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("credited_through", fields.UUIDField(null=True)),
                ("credited_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "savings_month",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "month"),),
                "pk_attr": "id",
                "table_description": "A month's work on a co-op's savings, in batches of members: `…_through` is the last one done.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavingsProduct",
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
                (
                    "kind",
                    fields.CharEnumField(
                        description="PRINCIPAL: PRINCIPAL\nMANDATORY: MANDATORY\nVOLUNTARY: VOLUNTARY\nTERM: TERM",
                        enum_type=cooperatives.savings.kinds.SavingsKind,
                        max_length=10,
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("months", fields.IntField(null=True)),
                ("least", fields.BigIntField(default=0)),
                ("opened_by", fields.UUIDField(null=True)),
                ("retired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "savings_product",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "name"),),
                "pk_attr": "id",
                "table_description": "A kind of voluntary savings or deposit that a co-op offers.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavingsStart",
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
                ("first_month", fields.DateField()),
                ("started_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "savings_start",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "That a co-op keeps its members' savings here. `id` is the co-op's.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavingsWithdrawal",
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
                ("savings_id", fields.UUIDField(db_index=True)),
                ("membership_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="CASH: CASH\nEARNINGS: EARNINGS",
                        enum_type=cooperatives.savings.kinds.WithdrawalWay,
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.savings.kinds.WithdrawalState.REQUESTED,
                        description="REQUESTED: REQUESTED\nPAID: PAID\nCANCELLED: CANCELLED\nREFUSED: REFUSED",
                        enum_type=cooperatives.savings.kinds.WithdrawalState,
                        max_length=10,
                    ),
                ),
                ("payable_from", fields.DateField()),
                ("needs_two", fields.BooleanField(default=False)),
                ("requested_by", fields.UUIDField()),
                ("approved_by", fields.UUIDField(null=True)),
                ("ended_by", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(default="", max_length=300)),
            ],
            options={
                "table": "savings_withdrawal",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A member wants some of his voluntary savings; from a threshold on two officers agree.",
            },
            bases=["Row"],
        ),
    ]
