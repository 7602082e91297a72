from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0036_taxpayers")]

    initial = False

    operations = [
        ops.AddField(
            model_name="DispatchPolicy",
            name="paper_grace_h",
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name="DispatchPolicy",
            name="past_shift_end_s",
            field=fields.IntField(null=True),
        ),
    ]
