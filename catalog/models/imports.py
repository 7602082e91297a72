"""Rows of imports: how far a file has come."""

from tortoise import fields

from marketplace.database import Row


class ImportRun(Row):
    """How far an import of a file has come, so that one that was cut off goes on where it stood."""

    cooperative_id = fields.UUIDField()
    what = fields.CharField(max_length=10)  # sellers | listings
    file_hash = fields.CharField(max_length=64)
    lines_done = fields.IntField(default=0)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "import_run"
        unique_together = (("cooperative_id", "what", "file_hash"),)
