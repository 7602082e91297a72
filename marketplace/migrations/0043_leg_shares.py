from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0042_duties")]

    initial = False

    operations = [
        ops.AddField(
            model_name="RelayLeg",
            name="carrier_share",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="RelayLeg",
            name="driver_share",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="RelayLeg",
            name="hosting",
            field=fields.BigIntField(null=True),
        ),
    ]
