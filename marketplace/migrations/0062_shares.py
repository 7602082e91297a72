"""The share that a co-op kept of deliveries before the last vote on it."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0061_draws")]

    initial = False

    operations = [
        ops.AddField(
            model_name="Cooperative",
            name="carrier_share_before_bp",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="Cooperative",
            name="carrier_share_changed_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
