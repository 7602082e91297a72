import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.models
import marketplace.payments.proofs
import marketplace.tariffs.rules


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0020_delivery_times")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DeliveryQuote",
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
                ("account_id", fields.UUIDField()),
                ("seller_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                ("tariff_id", fields.UUIDField(null=True)),
                ("tariff_since", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("pickup_lat", fields.FloatField()),
                ("pickup_lon", fields.FloatField()),
                ("places", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("weight_g", fields.IntField()),
                ("litres", fields.IntField()),
                (
                    "vehicle",
                    fields.CharEnumField(
                        null=True,
                        description="BICYCLE: BICYCLE\nMOTORCYCLE: MOTORCYCLE\nTRICYCLE: TRICYCLE\nCAR: CAR\nVAN: VAN\nTRUCK: TRUCK",
                        enum_type=marketplace.deliveries.models.VehicleKind,
                        max_length=12,
                    ),
                ),
                ("window_starts_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("window_ends_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("priced_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "distance_is",
                    fields.CharEnumField(
                        description="ESTIMATED: ESTIMATED\nROUTED: ROUTED",
                        enum_type=marketplace.tariffs.rules.DistanceSource,
                        max_length=10,
                    ),
                ),
                ("legs_m", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("zones", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("total", fields.BigIntField()),
                ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("job_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "delivery_quote",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a delivery would cost, binding for its asker until it expires.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="JobPrice",
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
                ("quote_id", fields.UUIDField(null=True)),
                ("tariff_id", fields.UUIDField(null=True)),
                ("priced_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "distance_is",
                    fields.CharEnumField(
                        description="ESTIMATED: ESTIMATED\nROUTED: ROUTED",
                        enum_type=marketplace.tariffs.rules.DistanceSource,
                        max_length=10,
                    ),
                ),
                ("zones", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("litres", fields.IntField()),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
            ],
            options={
                "table": "job_price",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "How the price of a job booked alone came about; it bears the job's id. The job's lock guards it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PickupWindow",
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
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("publish_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "pickup_window",
                "app": "lumbung",
                "indexes": [Index(fields=["settled_at", "publish_at"])],
                "pk_attr": "id",
                "table_description": "When a job's goods are to be picked up; it bears the job's id.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RecurringDelivery",
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
                ("seller_id", fields.UUIDField(db_index=True)),
                ("cooperative_id", fields.UUIDField()),
                ("set_by", fields.UUIDField()),
                ("weekdays", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("at_minute", fields.IntField()),
                ("window_minutes", fields.IntField()),
                ("time_zone", fields.CharField(max_length=40)),
                ("until", fields.DateField(null=True)),
                ("skips_holidays", fields.BooleanField()),
                ("drops", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("weight_g", fields.IntField()),
                ("litres", fields.IntField()),
                (
                    "vehicle",
                    fields.CharEnumField(
                        null=True,
                        description="BICYCLE: BICYCLE\nMOTORCYCLE: MOTORCYCLE\nTRICYCLE: TRICYCLE\nCAR: CAR\nVAN: VAN\nTRUCK: TRUCK",
                        enum_type=marketplace.deliveries.models.VehicleKind,
                        max_length=12,
                    ),
                ),
                (
                    "fare_payer",
                    fields.CharEnumField(
                        description="ORDER: ORDER\nCASH_AT_PICKUP: CASH_AT_PICKUP\nSELLER_PAYABLE: SELLER_PAYABLE",
                        enum_type=marketplace.deliveries.models.FarePayer,
                        max_length=14,
                    ),
                ),
                ("next_on", fields.DateField()),
                ("next_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("stopped_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("stopped_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "recurring_delivery",
                "app": "lumbung",
                "indexes": [Index(fields=["stopped_at", "next_at"])],
                "pk_attr": "id",
                "table_description": "A delivery that a shop books again every week, on some days, until it is stopped.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Occurrence",
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
                    "recurring",
                    fields.ForeignKeyField(
                        "lumbung.RecurringDelivery",
                        source_field="recurring_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="occurrences",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("on", fields.DateField()),
                ("job_id", fields.UUIDField(null=True)),
                ("why_id", fields.CharField(null=True, max_length=300)),
                ("why_en", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "recurring_delivery_occurrence",
                "app": "lumbung",
                "unique_together": (("recurring_id", "on"),),
                "pk_attr": "id",
                "table_description": "One day of a recurring delivery: the job made of it, or why none was.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Supplement",
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
                ("job_id", fields.UUIDField(db_index=True)),
                ("name", fields.CharField(max_length=60)),
                ("amount", fields.BigIntField()),
                ("reason", fields.CharField(max_length=300)),
                ("by_id", fields.UUIDField()),
                ("removed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("removed_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "delivery_supplement",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a dispatcher added to a job's price, or took off it, with his reason. Taken away, it is still seen.",
            },
            bases=["Row"],
        ),
    ]
