from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0006_vouchers")]

    initial = False

    operations = [
        ops.AddField(
            model_name="ListingReport",
            name="answer",
            field=fields.CharField(null=True, max_length=500),
        ),
        ops.AddField(
            model_name="ListingReport",
            name="decided_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="ListingReport",
            name="decided_by",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="ListingReport",
            name="is_upheld",
            field=fields.BooleanField(null=True),
        ),
    ]
