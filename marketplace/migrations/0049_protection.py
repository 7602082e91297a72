import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.protection.claim_states
import cooperatives.protection.kinds
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0048_takings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ProtectionBatch",
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
                ("programme_id", fields.UUIDField(db_index=True)),
                ("month", fields.DateField()),
                ("number", fields.CharField(max_length=30)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.protection.kinds.BatchState.DRAFT,
                        description="DRAFT: DRAFT\nSENT: SENT\nCONFIRMED: CONFIRMED",
                        enum_type=cooperatives.protection.kinds.BatchState,
                        max_length=10,
                    ),
                ),
                ("bills", fields.IntField()),
                ("amount", fields.BigIntField()),
                ("needs_two", fields.BooleanField()),
                ("approved_by", fields.UUIDField(null=True)),
                (
                    "way",
                    fields.CharEnumField(
                        null=True,
                        description="CASH: CASH\nTRANSFER: TRANSFER",
                        enum_type=cooperatives.protection.kinds.RemittanceWay,
                        max_length=10,
                    ),
                ),
                ("reference", fields.CharField(default="", max_length=80)),
                ("sent_by", fields.UUIDField(null=True)),
                ("sent_on", fields.DateField(null=True)),
                ("receipt_number", fields.CharField(default="", max_length=60)),
                ("confirmed", fields.BigIntField(default=0)),
                ("confirmed_by", fields.UUIDField(null=True)),
                ("confirmed_on", fields.DateField(null=True)),
                ("returned", fields.BigIntField(default=0)),
            ],
            options={
                "table": "protection_batch",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "number"),),
                "pk_attr": "id",
                "table_description": "A remittance: the covered bills of a programme's month, and what became of the money.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProtectionBill",
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
                ("programme_id", fields.UUIDField()),
                ("enrolment_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField(db_index=True)),
                ("month", fields.DateField()),
                ("persons", fields.SmallIntField()),
                ("full", fields.BigIntField()),
                ("amount", fields.BigIntField()),
                ("alone", fields.BigIntField(null=True)),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.protection.kinds.BillState.OPEN,
                        description="OPEN: OPEN\nPAID: PAID\nCARRIED: CARRIED\nLAPSED: LAPSED\nREFUSED: REFUSED",
                        enum_type=cooperatives.protection.kinds.BillState,
                        max_length=10,
                    ),
                ),
                ("carried", fields.BigIntField(default=0)),
                ("returned", fields.BigIntField(default=0)),
                ("batch_id", fields.UUIDField(null=True, db_index=True)),
                ("warned_on", fields.DateField(null=True)),
                ("reason", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "protection_bill",
                "app": "lumbung",
                "unique_together": (("enrolment_id", "month"),),
                "indexes": [
                    Index(fields=["programme_id", "month", "state"]),
                    Index(fields=["cooperative_id", "state"]),
                ],
                "pk_attr": "id",
                "table_description": "What one enrolment costs in one month. What is paid of it stands in its due.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProtectionDependant",
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
                ("enrolment_id", fields.UUIDField(db_index=True)),
                ("name", fields.CharField(max_length=80)),
                (
                    "relation",
                    fields.CharEnumField(
                        description="SPOUSE: SPOUSE\nCHILD: CHILD\nPARENT: PARENT\nOTHER: OTHER",
                        enum_type=cooperatives.protection.kinds.Relation,
                        max_length=10,
                    ),
                ),
                ("born_on", fields.DateField()),
                ("since", fields.DateField()),
                ("until", fields.DateField(null=True)),
                ("masked", fields.CharField(default="", max_length=12)),
                ("sealed", fields.TextField(default="", unique=False)),
            ],
            options={
                "table": "protection_dependant",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One of a member's family who is covered with him.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProtectionEnrolment",
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
                ("programme_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                ("since", fields.DateField()),
                ("until", fields.DateField(null=True)),
                (
                    "sector",
                    fields.CharEnumField(
                        description="TRANSPORT: TRANSPORT\nOTHER: OTHER",
                        enum_type=cooperatives.protection.kinds.Sector,
                        max_length=10,
                    ),
                ),
                ("income", fields.BigIntField(default=0)),
                ("has_old_age", fields.BooleanField(default=False)),
                ("health_class", fields.SmallIntField(default=3)),
                ("contribution", fields.BigIntField(default=0)),
                ("masked", fields.CharField(default="", max_length=12)),
                ("sealed", fields.TextField(default="", unique=False)),
                ("enrolled_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "protection_enrolment",
                "app": "lumbung",
                "unique_together": (("programme_id", "membership_id", "since"),),
                "indexes": [Index(fields=["cooperative_id", "programme_id"])],
                "pk_attr": "id",
                "table_description": "A member in a programme, from the month `since` through the month `until`. What is open has no end.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProtectionMonth",
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
                ("programme_id", fields.UUIDField()),
                ("month", fields.DateField()),
                ("billed_through", fields.UUIDField(null=True)),
                ("billed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "protection_month",
                "app": "lumbung",
                "unique_together": (("programme_id", "month"),),
                "pk_attr": "id",
                "table_description": "A month's work on a programme, in batches of enrolments: `billed_through` is the last one done.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProtectionProgramme",
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
                        description="EMPLOYMENT: EMPLOYMENT\nHEALTH: HEALTH\nACCIDENT: ACCIDENT\nVEHICLE: VEHICLE\nPENSION: PENSION",
                        enum_type=cooperatives.protection.kinds.ProgrammeKind,
                        max_length=12,
                    ),
                ),
                ("name", fields.CharField(max_length=60)),
                ("provider", fields.CharField(max_length=80)),
                ("number", fields.CharField(default="", max_length=40)),
                ("premium", fields.BigIntField(null=True)),
                ("alone_monthly", fields.BigIntField(null=True)),
                ("alone_source", fields.CharField(default="", max_length=120)),
                ("pay_by", fields.SmallIntField()),
                ("opened_by", fields.UUIDField(null=True)),
                ("retired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "protection_programme",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "name"),),
                "pk_attr": "id",
                "table_description": "What a co-op offers its members through one provider.",
            },
            bases=["Row"],
        ),
    ]
