"""Rows of search: what indexes were built from, how reliable sellers have been, what people keep, what was asked."""

from datetime import date
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

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


class SellerReliability(Row):
    """How a seller dealt with his orders lately. Its id is the seller's."""

    kept = fields.IntField()  # accepted in time and not cancelled by him
    failed = fields.IntField()  # declined, let run out, or cancelled by him
    permille = fields.IntField()
    reckoned_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "seller_reliability"


class RecentSearch(Row):
    """Something that a person searched for, for that person alone to see and erase."""

    account_id = fields.UUIDField()
    key = fields.CharField(max_length=200)  # its normal form: the same search is kept once
    text = fields.CharField(max_length=100)
    searched_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "recent_search"
        unique_together = (("account_id", "key"),)


class SavedSearch(Row):
    """A search that a person wants to be told of when something new answers it."""

    account_id = fields.UUIDField(db_index=True)
    text = fields.CharField(max_length=100, default="")
    kind = fields.CharField(max_length=10, null=True)
    category = fields.CharField(max_length=60, null=True)
    cooperative_id: UUID | None = fields.UUIDField(null=True)
    region_code = fields.CharField(max_length=13, null=True)
    price_min = fields.BigIntField(null=True)
    price_max = fields.BigIntField(null=True)
    lat = fields.FloatField(null=True)
    lon = fields.FloatField(null=True)
    radius_m = fields.IntField(null=True)
    alerts = fields.BooleanField(default=True)

    class Meta:
        table = "saved_search"


class SavedSearchKey(Row):
    """A word, or a category, that a listing must bear to answer a saved search: by it the search is found."""

    saved_search: fields.ForeignKeyRelation[SavedSearch] = fields.ForeignKeyField(
        "lumbung.SavedSearch", related_name="keys", on_delete=fields.RESTRICT
    )
    saved_search_id: UUID
    key = fields.CharField(max_length=80)

    class Meta:
        table = "saved_search_key"
        unique_together = (("saved_search_id", "key"),)
        indexes = (Index(fields=["key", "saved_search_id"]),)


class SearchAlert(Row):
    """That a person was told, or would have been but for the day's bound, of a listing that answers his search."""

    account_id = fields.UUIDField()
    saved_search_id = fields.UUIDField()
    listing_id = fields.UUIDField()
    is_told = fields.BooleanField()

    class Meta:
        table = "search_alert"
        unique_together = (("account_id", "listing_id"),)  # of two searches that it answers, one tells of it
        indexes = (Index(fields=["saved_search_id", "id"]), Index(fields=["created_at"]))


class SearchCount(Row):
    """How often a text was searched for on a day, by nobody in particular; the text "" counts all of them."""

    day: date = fields.DateField()
    text = fields.CharField(max_length=100)
    searches = fields.IntField(default=0)
    empty = fields.IntField(default=0)  # of them, without any result
    widened = fields.IntField(default=0)  # of them, with results that lack a word
    clicks = fields.IntField(default=0)

    class Meta:
        table = "search_count"
        unique_together = (("day", "text"),)


class SearchClickCount(Row):
    """How often what stood at a position was opened on a day."""

    day: date = fields.DateField()
    position = fields.IntField()  # from 1
    clicks = fields.IntField(default=0)

    class Meta:
        table = "search_click_count"
        unique_together = (("day", "position"),)
