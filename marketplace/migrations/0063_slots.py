"""Times of services with several places; the orders that have one move to a table of their own."""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0062_shares")]

    initial = False

    operations = [
        # SQLite makes the table of slots anew without the column, which no row may refer to meanwhile.
        ops.RunSQL(
            "CREATE TABLE booked_slot AS "
            "SELECT id, created_at, sub_order_id FROM service_slot WHERE sub_order_id IS NOT NULL"
        ),
        ops.AlterModelOptions(
            name="ServiceSlot",
            options={
                "table": "service_slot",
                "app": "lumbung",
                "unique_together": (("listing_id", "starts_at"),),
                "pk_attr": "id",
                "table_description": "A time at which a service can be had, by as many orders at once as it has "
                "places.",
            },
        ),
        ops.RemoveField(model_name="ServiceSlot", name="sub_order_id"),
        ops.AddField(
            model_name="ServiceSlot",
            name="capacity",
            field=fields.IntField(null=True),
        ),
        ops.CreateModel(
            name="Appointment",
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
                    "slot",
                    fields.ForeignKeyField(
                        "lumbung.ServiceSlot",
                        source_field="slot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="appointments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sub_order_id", fields.UUIDField(unique=True)),
            ],
            options={
                "table": "appointment",
                "app": "lumbung",
                "indexes": [Index(fields=["slot_id"])],
                "pk_attr": "id",
                "table_description": "A sub-order's place in a slot.",
            },
            bases=["Row"],
        ),
        ops.RunSQL(
            "INSERT INTO appointment (id, created_at, slot_id, sub_order_id) "
            "SELECT id, created_at, id, sub_order_id FROM booked_slot"
        ),
        ops.RunSQL("DROP TABLE booked_slot"),
        # Which SQLite's new table has lost, and PostgreSQL's has by this name.
        ops.RunSQL(
            'CREATE UNIQUE INDEX IF NOT EXISTS "uid_service_slo_listing_55b8eb" '
            'ON service_slot ("listing_id", "starts_at")'
        ),
    ]
