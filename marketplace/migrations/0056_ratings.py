from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.ratings.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0055_income")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Rating",
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
                ("sub_order_id", fields.UUIDField()),
                ("giver_id", fields.UUIDField(db_index=True)),
                (
                    "about",
                    fields.CharEnumField(
                        description="SELLER: SELLER\nDRIVER: DRIVER",
                        enum_type=marketplace.ratings.models.RatingAbout,
                        max_length=8,
                    ),
                ),
                ("subject_id", fields.UUIDField()),
                ("stars", fields.SmallIntField(null=True)),
                ("text", fields.CharField(default="", max_length=500)),
                ("edited_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("withdrawn_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("hidden_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reported_at", fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
                ("reported_by", fields.UUIDField(null=True)),
                ("report", fields.CharField(default="", max_length=500)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decision", fields.CharField(default="", max_length=500)),
            ],
            options={
                "table": "rating",
                "app": "lumbung",
                "unique_together": (("sub_order_id", "about"),),
                "indexes": [Index(fields=["about", "subject_id"])],
                "pk_attr": "id",
                "table_description": "What a buyer thinks of one party to a delivered sub-order. Withdrawn, the row stays without stars and words.",
            },
            bases=["Row"],
        ),
    ]
