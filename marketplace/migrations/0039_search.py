from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0038_loan_pledges")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RecentSearch",
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
                ("account_id", fields.UUIDField()),
                ("key", fields.CharField(max_length=200)),
                ("text", fields.CharField(max_length=100)),
                ("searched_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recent_search",
                "app": "lumbung",
                "unique_together": (("account_id", "key"),),
                "pk_attr": "id",
                "table_description": "Something that a person searched for, for that person alone to see and erase.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavedSearch",
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
                ("account_id", fields.UUIDField(db_index=True)),
                ("text", fields.CharField(default="", max_length=100)),
                ("kind", fields.CharField(null=True, max_length=10)),
                ("category", fields.CharField(null=True, max_length=60)),
                ("cooperative_id", fields.UUIDField(null=True)),
                ("region_code", fields.CharField(null=True, max_length=13)),
                ("price_min", fields.BigIntField(null=True)),
                ("price_max", fields.BigIntField(null=True)),
                ("lat", fields.FloatField(null=True)),
                ("lon", fields.FloatField(null=True)),
                ("radius_m", fields.IntField(null=True)),
                ("alerts", fields.BooleanField(default=True)),
            ],
            options={
                "table": "saved_search",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A search that a person wants to be told of when something new answers it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SavedSearchKey",
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
                (
                    "saved_search",
                    fields.ForeignKeyField(
                        "lumbung.SavedSearch",
                        source_field="saved_search_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("key", fields.CharField(max_length=80)),
            ],
            options={
                "table": "saved_search_key",
                "app": "lumbung",
                "unique_together": (("saved_search_id", "key"),),
                "indexes": [Index(fields=["key", "saved_search_id"])],
                "pk_attr": "id",
                "table_description": "A word, or a category, that a listing must bear to answer a saved search: by it the search is found.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SearchAlert",
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
                ("account_id", fields.UUIDField()),
                ("saved_search_id", fields.UUIDField()),
                ("listing_id", fields.UUIDField()),
                ("is_told", fields.BooleanField()),
            ],
            options={
                "table": "search_alert",
                "app": "lumbung",
                "unique_together": (("account_id", "listing_id"),),
                "indexes": [Index(fields=["saved_search_id", "id"]), Index(fields=["created_at"])],
                "pk_attr": "id",
                "table_description": "That a person was told, or would have been but for the day's bound, of a listing that answers his search.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SearchClickCount",
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
                ("day", fields.DateField()),
                ("position", fields.IntField()),
                ("clicks", fields.IntField(default=0)),
            ],
            options={
                "table": "search_click_count",
                "app": "lumbung",
                "unique_together": (("day", "position"),),
                "pk_attr": "id",
                "table_description": "How often what stood at a position was opened on a day.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SearchCount",
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
                ("day", fields.DateField()),
                ("text", fields.CharField(max_length=100)),
                ("searches", fields.IntField(default=0)),
                ("empty", fields.IntField(default=0)),
                ("widened", fields.IntField(default=0)),
                ("clicks", fields.IntField(default=0)),
            ],
            options={
                "table": "search_count",
                "app": "lumbung",
                "unique_together": (("day", "text"),),
                "pk_attr": "id",
                "table_description": 'How often a text was searched for on a day, by nobody in particular; the text "" counts all of them.',
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SellerReliability",
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
                ("kept", fields.IntField()),
                ("failed", fields.IntField()),
                ("permille", fields.IntField()),
                ("reckoned_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "seller_reliability",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "How a seller dealt with his orders lately. Its id is the seller's.",
            },
            bases=["Row"],
        ),
    ]
