import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import cooperatives.units.kinds
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0046_budgets")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BookedStock",
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
            ],
            options={
                "table": "booked_stock",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A variant whose stock somebody's books keep: only what they book changes it. `id` is the variant's.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BusinessUnit",
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
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("seller_id", fields.UUIDField(unique=True)),
                ("kind", fields.CharField(max_length=20)),
                ("name", fields.CharField(max_length=120)),
                ("credit_limit", fields.BigIntField(default=0)),
                ("credit_days", fields.IntField(default=30)),
                ("bays", fields.IntField(default=1)),
                ("sales", fields.IntField(default=0)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "business_unit",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A business of the co-op. It sells through the catalogue as `seller_id`, a shop that nobody else owns.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="StockCount",
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
                    "unit",
                    fields.ForeignKeyField(
                        "lumbung.BusinessUnit",
                        source_field="unit_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="counts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("counted_on", fields.DateField()),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("short", fields.BigIntField()),
                ("over", fields.BigIntField()),
                ("explanation", fields.CharField(default="", max_length=300)),
                ("counted_by", fields.UUIDField()),
            ],
            options={
                "table": "unit_stock_count",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A count of some items. `lines`: item, expected, counted, value of the difference.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="UnitItem",
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
                    "unit",
                    fields.ForeignKeyField(
                        "lumbung.BusinessUnit",
                        source_field="unit_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="items",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("variant_id", fields.UUIDField(unique=True)),
                ("code", fields.CharField(max_length=40)),
                ("name", fields.CharField(max_length=160)),
                ("member_price", fields.BigIntField(null=True)),
                ("reorder_level", fields.IntField(null=True)),
                ("quantity", fields.IntField(default=0)),
                ("value", fields.BigIntField(default=0)),
                ("last_cost", fields.BigIntField(default=0)),
            ],
            options={
                "table": "unit_item",
                "app": "lumbung",
                "unique_together": (("unit_id", "code"),),
                "pk_attr": "id",
                "table_description": "Something that a unit keeps: one variant of the catalogue, how many there are, and what they cost.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="StockMove",
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
                    "item",
                    fields.ForeignKeyField(
                        "lumbung.UnitItem",
                        source_field="item_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="moves",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("unit_id", fields.UUIDField(db_index=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="OPENING: OPENING\nPURCHASE: PURCHASE\nSALE: SALE\nRETURN: RETURN\nCOUNT: COUNT",
                        enum_type=cooperatives.units.kinds.MoveKind,
                        max_length=10,
                    ),
                ),
                ("quantity", fields.IntField()),
                ("value", fields.BigIntField()),
                ("quantity_after", fields.IntField()),
                ("value_after", fields.BigIntField()),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField(db_index=True)),
                ("moved_on", fields.DateField()),
            ],
            options={
                "table": "unit_stock_move",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One line of an item's stock card (kartu persediaan). Never changed.",
            },
            bases=["Row"],
        ),
    ]
