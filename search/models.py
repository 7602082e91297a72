"""Rows of search: what each engine's index was built from."""

from tortoise import fields

from marketplace.database import Row


class SearchIndexState(Row):
    """The last rebuild of an engine's index: one row an engine."""

    name = fields.CharField(max_length=40, unique=True)
    documents = fields.IntField()
    started_at = fields.DatetimeField()
    built_at = fields.DatetimeField()
    last_event_id = fields.BigIntField(default=0)

    class Meta:
        table = "search_index_state"
