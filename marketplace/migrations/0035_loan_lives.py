from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

import cooperatives.loans.kinds
import cooperatives.loans.lifecycle
import cooperatives.loans.schedules
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0034_loans")]

    initial = False

    operations = [
        ops.CreateModel(
            name="LoanApproval",
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
                        related_name="approvals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField()),
            ],
            options={
                "table": "loan_approval",
                "app": "lumbung",
                "unique_together": (("loan_id", "account_id"),),
                "pk_attr": "id",
                "table_description": "An officer's word for a loan.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="LoanGuarantee",
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
                        related_name="guarantees",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField(db_index=True)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.loans.kinds.GuaranteeState.ASKED,
                        description="ASKED: ASKED\nGIVEN: GIVEN\nREFUSED: REFUSED\nRELEASED: RELEASED",
                        enum_type=cooperatives.loans.kinds.GuaranteeState,
                        max_length=10,
                    ),
                ),
                ("answered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "loan_guarantee",
                "app": "lumbung",
                "unique_together": (("loan_id", "account_id"),),
                "pk_attr": "id",
                "table_description": "A member asked to stand behind another's loan, and what he answered.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="LoanInstalment",
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
                        related_name="instalments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("version", fields.SmallIntField()),
                ("ordinal", fields.SmallIntField()),
                ("began_on", fields.DateField()),
                ("due_on", fields.DateField()),
                ("principal", fields.BigIntField()),
                ("interest", fields.BigIntField()),
                ("paid", fields.BigIntField(default=0)),
                ("accrued", fields.BigIntField(default=0)),
                ("is_charged", fields.BooleanField(default=False)),
                ("superseded_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "loan_instalment",
                "app": "lumbung",
                "unique_together": (("loan_id", "version", "ordinal"),),
                "pk_attr": "id",
                "table_description": "One instalment. `paid` follows what its due was paid, interest before principal. Superseded, it keeps both.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="LoanPayment",
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
                        related_name="payments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("principal", fields.BigIntField()),
                ("interest", fields.BigIntField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="CASH: CASH\nTRANSFER: TRANSFER\nEARNINGS: EARNINGS",
                        enum_type=cooperatives.loans.kinds.MoneyWay,
                        max_length=10,
                    ),
                ),
                ("reference", fields.CharField(null=True, max_length=60)),
                ("paid_on", fields.DateField()),
                ("taken_by", fields.UUIDField()),
            ],
            options={
                "table": "loan_payment",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What was paid before it fell due: principal, and the interest of the month under way. Instalments are dues.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="LoanRestructuring",
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
                        related_name="restructurings",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("months", fields.SmallIntField()),
                ("rate_bp", fields.IntField()),
                ("reason", fields.CharField(max_length=300)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.loans.kinds.RestructuringState.PROPOSED,
                        description="PROPOSED: PROPOSED\nAGREED: AGREED\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.loans.kinds.RestructuringState,
                        max_length=10,
                    ),
                ),
                ("proposed_by", fields.UUIDField()),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "loan_restructuring",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "New terms for a running loan: proposed by an officer, agreed to by another.",
            },
            bases=["Row"],
        ),
    ]
