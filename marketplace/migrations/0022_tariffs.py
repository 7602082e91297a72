import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.models
import marketplace.payments.proofs
import marketplace.tariffs.rules


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0021_bookings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RainSpell",
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
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("by_id", fields.UUIDField()),
            ],
            options={
                "table": "rain_spell",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A dispatcher switched the rain surcharge on, or off again: only ever added.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ShareProof",
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
                    "kind",
                    fields.CharEnumField(
                        description="SUB_ORDER: SUB_ORDER\nJOB: JOB",
                        enum_type=marketplace.payments.proofs.ProvenKind,
                        max_length=10,
                    ),
                ),
                ("proven_on", fields.DateField()),
                ("fare", fields.BigIntField()),
                ("hosting", fields.BigIntField()),
                ("carrier_share", fields.BigIntField()),
                ("driver_share", fields.BigIntField()),
                ("caps", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("cap_bp", fields.IntField(null=True)),
                ("is_binding", fields.BooleanField()),
                ("held", fields.BooleanField(null=True)),
            ],
            options={
                "table": "delivery_share_proof",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What was kept of a delivery, and the caps as they stood on that day; bears the sub-order's or the job's id.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="DeliveryJob",
            name="vehicle",
            field=fields.CharEnumField(
                null=True,
                description="BICYCLE: BICYCLE\nMOTORCYCLE: MOTORCYCLE\nTRICYCLE: TRICYCLE\nCAR: CAR\nVAN: VAN\nTRUCK: TRUCK",
                enum_type=marketplace.deliveries.models.VehicleKind,
                max_length=12,
            ),
        ),
        ops.AddField(
            model_name="SubOrder",
            name="delivery_basis",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads),
        ),
        ops.AddField(
            model_name="Tariff",
            name="details",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads),
        ),
        ops.AddField(
            model_name="Tariff",
            name="is_current",
            field=fields.BooleanField(null=True, default=True),
        ),
        ops.AddField(
            model_name="Tariff",
            name="rain_until",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        # The latest version of each co-op prices; those before it were superseded.
        ops.RunSQL(
            "UPDATE tariff SET is_current = NOT EXISTS (SELECT 1 FROM tariff later"
            " WHERE later.cooperative_id = tariff.cooperative_id"
            " AND (later.since > tariff.since OR (later.since = tariff.since AND later.id > tariff.id)))",
            reverse_sql="SELECT 1",
        ),
    ]
