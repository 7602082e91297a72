import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.dispatch.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0018_dispatch_policies")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Consideration",
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
                ("job_id", fields.UUIDField()),
                ("driver_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                ("round", fields.IntField()),
                (
                    "outcome",
                    fields.CharEnumField(
                        description="OFFERED: OFFERED\nSKIPPED: SKIPPED",
                        enum_type=marketplace.deliveries.dispatch.models.Outcome,
                        max_length=7,
                    ),
                ),
                ("explanation", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "consideration",
                "app": "lumbung",
                "unique_together": (("job_id", "driver_id"),),
                "indexes": [Index(fields=["driver_id", "id"])],
                "pk_attr": "id",
                "table_description": "That a driver was considered for a job, and what came of it last: never more than one row for the two.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DispatchAppeal",
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
                    "job",
                    fields.ForeignKeyField(
                        "lumbung.DeliveryJob",
                        source_field="job_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="dispatch_appeals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "driver",
                    fields.ForeignKeyField(
                        "lumbung.Driver",
                        source_field="driver_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="dispatch_appeals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("driver_account_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("round", fields.IntField()),
                (
                    "outcome",
                    fields.CharEnumField(
                        description="OFFERED: OFFERED\nSKIPPED: SKIPPED",
                        enum_type=marketplace.deliveries.dispatch.models.Outcome,
                        max_length=7,
                    ),
                ),
                ("explanation", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("considered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("text", fields.CharField(max_length=1000)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.dispatch.models.AppealState.OPEN,
                        description="OPEN: OPEN\nUPHELD: UPHELD\nDISMISSED: DISMISSED",
                        enum_type=marketplace.deliveries.dispatch.models.AppealState,
                        max_length=9,
                    ),
                ),
                ("answer", fields.CharField(null=True, max_length=1000)),
                ("answered_by", fields.UUIDField(null=True)),
                ("answered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "dispatch_appeal",
                "app": "lumbung",
                "unique_together": (("job_id", "driver_id"),),
                "pk_attr": "id",
                "table_description": "A driver holds that he was wrongly passed over, or chosen: a case that an officer answers.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="JobOffer",
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
                    "job",
                    fields.ForeignKeyField(
                        "lumbung.DeliveryJob",
                        source_field="job_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="offers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "driver",
                    fields.ForeignKeyField(
                        "lumbung.Driver",
                        source_field="driver_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="offers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("driver_account_id", fields.UUIDField()),
                ("carrier_id", fields.UUIDField()),
                ("policy_id", fields.UUIDField()),
                ("round", fields.IntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.dispatch.models.OfferState.OPEN,
                        description="OPEN: OPEN\nACCEPTED: ACCEPTED\nDECLINED: DECLINED\nEXPIRED: EXPIRED\nWITHDRAWN: WITHDRAWN",
                        enum_type=marketplace.deliveries.dispatch.models.OfferState,
                        max_length=9,
                    ),
                ),
                ("rank", fields.IntField()),
                ("price", fields.BigIntField()),
                ("own_share", fields.BigIntField()),
                ("distance_m", fields.IntField()),
                ("wait_s", fields.IntField()),
                ("cash", fields.BigIntField()),
                ("explanation", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
                ("job_version", fields.IntField(null=True)),
            ],
            options={
                "table": "job_offer",
                "app": "lumbung",
                "unique_together": (("job_id", "driver_id", "round"),),
                "indexes": [
                    Index(fields=["driver_id", "state"]),
                    Index(fields=["job_id", "state"]),
                    Index(fields=["carrier_id", "created_at"]),
                    Index(fields=["state", "created_at"]),
                ],
                "pk_attr": "id",
                "table_description": "A job put before one driver, with what he should know of it and why him. The job's lock guards it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="JobSearch",
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
                ("policy_id", fields.UUIDField()),
                ("round", fields.IntField(default=0)),
                ("first_round", fields.IntField(default=0)),
                (
                    "reach",
                    fields.CharEnumField(
                        default=marketplace.deliveries.dispatch.models.SearchReach.OWN,
                        description="OWN: OWN\nALLIES: ALLIES",
                        enum_type=marketplace.deliveries.dispatch.models.SearchReach,
                        max_length=6,
                    ),
                ),
                ("is_on_board", fields.BooleanField(default=False)),
                ("round_ends_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("next_at", fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "job_search",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "The search for a job's driver by offers; its id is the job's, whose lock guards it.",
            },
            bases=["Row"],
        ),
        ops.AddIndex(
            model_name="DeliveryJob",
            index=Index(fields=["carrier_id", "assigned_at"]),
        ),
    ]
