from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0041_dues_charges")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DutyReminder",
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
                ("kind", fields.CharField(max_length=30)),
                ("subject", fields.CharField(max_length=30)),
                ("stage", fields.IntField()),
            ],
            options={
                "table": "duty_reminder",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "kind", "subject", "stage"),),
                "pk_attr": "id",
                "table_description": "One reminder of one duty, at one stage (`cooperatives.governance.duties.stage_of`).",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="DispatchPolicy",
            name="motion_id",
            field=fields.UUIDField(null=True),
        ),
    ]
