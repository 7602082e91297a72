from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import cooperatives.protection.claim_states
import cooperatives.protection.kinds
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0053_unit_trade")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ClaimFile",
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
                ("claim_id", fields.UUIDField(db_index=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="IDENTITY: IDENTITY\nFAMILY_CARD: FAMILY_CARD\nPARTICIPANT_CARD: PARTICIPANT_CARD\nACCOUNT_OF_EVENTS: ACCOUNT_OF_EVENTS\nPOLICE_REPORT: POLICE_REPORT\nMEDICAL_REPORT: MEDICAL_REPORT\nRECEIPTS: RECEIPTS\nDEATH_CERTIFICATE: DEATH_CERTIFICATE\nHEIRS_STATEMENT: HEIRS_STATEMENT\nVEHICLE_PAPERS: VEHICLE_PAPERS\nPHOTO: PHOTO\nOTHER: OTHER",
                        enum_type=cooperatives.protection.kinds.ClaimDocument,
                        max_length=20,
                    ),
                ),
                ("name", fields.CharField(max_length=120)),
                ("media_type", fields.CharField(max_length=40)),
                ("size", fields.IntField()),
                ("hash", fields.CharField(max_length=64)),
                ("added_by", fields.UUIDField()),
            ],
            options={
                "table": "protection_claim_file",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A document behind a claim, kept in the node's folder under its hash.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProtectionClaim",
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
                ("programme_id", fields.UUIDField()),
                ("enrolment_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                ("dependant_id", fields.UUIDField(null=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="ACCIDENT: ACCIDENT\nILLNESS: ILLNESS\nDEATH: DEATH\nOLD_AGE: OLD_AGE\nVEHICLE: VEHICLE",
                        enum_type=cooperatives.protection.kinds.ClaimKind,
                        max_length=10,
                    ),
                ),
                ("happened_on", fields.DateField()),
                ("story", fields.CharField(max_length=1000)),
                ("was_covered", fields.BooleanField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.protection.claim_states.ClaimState.REPORTED,
                        description="REPORTED: REPORTED\nSUBMITTED: SUBMITTED\nPAID: PAID\nREFUSED: REFUSED\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.protection.claim_states.ClaimState,
                        max_length=10,
                    ),
                ),
                ("reported_by", fields.UUIDField()),
                ("provider_number", fields.CharField(default="", max_length=60)),
                ("submitted_on", fields.DateField(null=True)),
                ("paid", fields.BigIntField(default=0)),
                ("ended_on", fields.DateField(null=True)),
                ("ended_by", fields.UUIDField(null=True)),
                ("reason", fields.CharField(default="", max_length=300)),
            ],
            options={
                "table": "protection_claim",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A claim on a programme for the member or a dependant. The provider pays him or his heirs, not the co-op.",
            },
            bases=["Row"],
        ),
    ]
