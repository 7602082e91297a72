from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.roster.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0015_party_blocks")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ShiftSpan",
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
                    "shift",
                    fields.ForeignKeyField(
                        "lumbung.Shift",
                        source_field="shift_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="spans",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("driver_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="AVAILABLE: AVAILABLE\nBREAK: BREAK\nOTHER_PLATFORM: OTHER_PLATFORM",
                        enum_type=marketplace.deliveries.roster.models.SpanKind,
                        max_length=14,
                    ),
                ),
                ("began_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "shift_span",
                "app": "lumbung",
                "indexes": [Index(fields=["driver_id", "began_at"]), Index(fields=["shift_id"])],
                "pk_attr": "id",
                "table_description": "A stretch of a shift in which a driver did one thing; the last of a running shift has no end.",
            },
            bases=["Row"],
        ),
        # Shifts from before spans were kept: ready from beginning to end, but for a pause that still runs. How earlier
        # pauses lay within them nobody wrote down. Ids are those of shift and driver: new ones would take a function.
        ops.RunSQL(
            [
                'INSERT INTO "shift_span" ("id", "created_at", "shift_id", "driver_id", "kind", "began_at", "ended_at")'
                ' SELECT "id", "created_at", "id", "driver_id", \'AVAILABLE\', "created_at",'
                ' COALESCE("ended_at", "paused_at") FROM "shift"',
                'INSERT INTO "shift_span" ("id", "created_at", "shift_id", "driver_id", "kind", "began_at", "ended_at")'
                ' SELECT "driver_id", "created_at", "id", "driver_id", \'BREAK\', "paused_at", NULL FROM "shift"'
                ' WHERE "state" = \'PAUSED\' AND "paused_at" IS NOT NULL',
            ],
            reverse_sql=[],
        ),
    ]
