"""Hints between processes that share no more than a SQLite file."""

from tortoise import fields
from tortoise.models import Model

from marketplace import clock


class LiveMessage(Model):
    """Some hints, as JSON; kept for seconds. Its id is the change counter that the others watch."""

    id = fields.BigIntField(primary_key=True, generated=True)
    body = fields.TextField()
    created_at = fields.DatetimeField(default=clock.machine)

    class Meta:
        table = "live_message"
