"""That officers were reminded of a duty."""

from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class DutyReminder(Row):
    """One reminder of one duty, at one stage (`cooperatives.governance.duties.stage_of`)."""

    cooperative_id: UUID = fields.UUIDField()
    kind = fields.CharField(max_length=30)
    subject = fields.CharField(max_length=30)
    stage = fields.IntField()

    class Meta:
        table = "duty_reminder"
        unique_together = (("cooperative_id", "kind", "subject", "stage"),)
