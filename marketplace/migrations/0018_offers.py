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
    dependencies = [("lumbung", "0017_alliance_terms")]

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
            name="DispatchReplay",
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
                    "cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="dispatch_replays",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("title", fields.CharField(max_length=160)),
                ("result", fields.TextField(unique=False)),
                ("digest", fields.CharField(max_length=64)),
                ("recorded_by", fields.UUIDField()),
            ],
            options={
                "table": "dispatch_replay",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "digest"),),
                "pk_attr": "id",
                "table_description": "What policies would have done to a day that was: shown to members before they adopt one. Never changed.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DispatchPolicy",
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
                    "cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="dispatch_policies",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("version", fields.IntField()),
                (
                    "mode",
                    fields.CharEnumField(
                        description="BOARD: BOARD\nOFFERS: OFFERS\nOFFERS_THEN_BOARD: OFFERS_THEN_BOARD",
                        enum_type=marketplace.deliveries.dispatch.models.DispatchMode,
                        max_length=20,
                    ),
                ),
                ("nearness_bp", fields.IntField()),
                ("since_last_job_bp", fields.IntField()),
                ("equity_bp", fields.IntField()),
                ("home_bp", fields.IntField()),
                ("acceptance_bp", fields.IntField()),
                ("offers_at_once", fields.IntField()),
                ("offers_a_driver", fields.IntField()),
                ("expires_s", fields.IntField()),
                ("radius_m", fields.IntField()),
                ("radius_growth_m", fields.IntField()),
                ("most_rounds", fields.IntField()),
                ("allies_from_round", fields.IntField()),
                ("batch_from", fields.IntField(null=True)),
                (
                    "replay",
                    fields.ForeignKeyField(
                        "lumbung.DispatchReplay",
                        source_field="replay_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="policies",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("decision", fields.CharField(max_length=300)),
                ("acceptance_decision", fields.CharField(null=True, max_length=300)),
                ("adopted_by", fields.UUIDField()),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "dispatch_policy",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "version"),),
                "pk_attr": "id",
                "table_description": "How a co-op puts jobs before drivers, as its members adopted it. A version is never changed, only followed.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DriverStanding",
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
                ("earned", fields.BigIntField()),
                ("available_s", fields.IntField()),
                ("last_job_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("offers_answered", fields.IntField()),
                ("offers_accepted", fields.IntField()),
                ("reckoned_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "driver_standing",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a driver earned and how long he stood ready lately; its id is the driver's. Reckoned anew by time.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="EquityFigure",
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
                ("day", fields.DateField()),
                ("drivers", fields.IntField()),
                ("reference_an_hour", fields.BigIntField()),
                ("gini_bp", fields.IntField()),
                ("reckoned_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "equity_figure",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "day"),),
                "pk_attr": "id",
                "table_description": "How equal a co-op's drivers earned an hour, published day by day.",
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
