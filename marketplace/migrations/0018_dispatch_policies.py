from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.dispatch.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0017_alliance_terms")]

    initial = False

    operations = [
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
    ]
