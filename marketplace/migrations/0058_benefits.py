"""Benefits that pass through a co-op to members and heirs, and who was told of rounds of joint purchasing."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import cooperatives.protection.benefit_models
import cooperatives.protection.kinds
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0057_reasons")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ProtectionBenefit",
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
                ("membership_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="CASH: CASH\nTRANSFER: TRANSFER",
                        enum_type=cooperatives.protection.kinds.RemittanceWay,
                        max_length=10,
                    ),
                ),
                ("reference", fields.CharField(max_length=60)),
                ("received_on", fields.DateField()),
                ("received_by", fields.UUIDField()),
            ],
            options={
                "table": "protection_benefit",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a provider paid the co-op for a claim. `id` is the claim's.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProtectionBenefitPayment",
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
                ("benefit_id", fields.UUIDField(db_index=True)),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("payee", fields.TextField(unique=False)),
                ("is_named", fields.BooleanField()),
                ("amount", fields.BigIntField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="CASH: CASH\nTRANSFER: TRANSFER",
                        enum_type=cooperatives.protection.kinds.RemittanceWay,
                        max_length=10,
                    ),
                ),
                ("reference", fields.CharField(max_length=60)),
                (
                    "state",
                    fields.CharEnumField(
                        description="ASKED: ASKED\nPAID: PAID\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.protection.benefit_models.BenefitState,
                        max_length=10,
                    ),
                ),
                ("asked_by", fields.UUIDField()),
                ("ended_by", fields.UUIDField(null=True)),
                ("ended_on", fields.DateField(null=True)),
            ],
            options={
                "table": "protection_benefit_payment",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a member or one of his heirs is paid of it.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Commitment",
            name="reminded_on",
            field=fields.DateField(null=True),
        ),
        ops.AlterModelOptions(
            name="ProtectionClaim",
            options={
                "table": "protection_claim",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A claim on a programme for the member or a dependant. The provider pays him or his heirs, or the co-op for",
            },
        ),
        ops.AddField(
            model_name="PurchaseRound",
            name="closing_told_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
