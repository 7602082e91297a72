import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.units.kinds
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0052_annual_meetings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="MemberPurchase",
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
                ("cooperative_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField()),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                ("bought_on", fields.DateField()),
            ],
            options={
                "table": "member_purchase",
                "app": "lumbung",
                "unique_together": (("cause_kind", "cause_id"),),
                "indexes": [Index(fields=["cooperative_id", "bought_on"])],
                "pk_attr": "id",
                "table_description": "What a member bought at one of his co-op's units; below zero: it was taken back.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Supplier",
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
                ("cooperative_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=120)),
                ("phone", fields.CharField(null=True, max_length=16)),
                ("credit_days", fields.IntField(default=0)),
            ],
            options={
                "table": "unit_supplier",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "name"),),
                "pk_attr": "id",
                "table_description": "Whom a co-op's units buy from.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="UnitPurchase",
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
                        related_name="purchases",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                (
                    "supplier",
                    fields.ForeignKeyField(
                        "lumbung.Supplier",
                        source_field="supplier_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="purchases",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reference", fields.CharField(max_length=60)),
                ("received_on", fields.DateField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="CASH: CASH\nTRANSFER: TRANSFER\nCREDIT: CREDIT",
                        enum_type=cooperatives.units.kinds.SupplyWay,
                        max_length=10,
                    ),
                ),
                ("total", fields.BigIntField()),
                ("paid", fields.BigIntField(default=0)),
                ("due_on", fields.DateField(null=True)),
                ("recorded_by", fields.UUIDField()),
                ("paying", fields.BigIntField(default=0)),
                (
                    "paying_way",
                    fields.CharEnumField(
                        null=True,
                        description="CASH: CASH\nTRANSFER: TRANSFER\nCREDIT: CREDIT",
                        enum_type=cooperatives.units.kinds.SupplyWay,
                        max_length=10,
                    ),
                ),
                ("paying_asked_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "unit_purchase",
                "app": "lumbung",
                "unique_together": (("supplier_id", "reference"),),
                "pk_attr": "id",
                "table_description": "A supplier's invoice. What it brought are the stock's moves that name it as their cause.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="UnitSale",
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
                        related_name="sold",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("number", fields.CharField(max_length=20)),
                ("membership_id", fields.UUIDField(null=True, db_index=True)),
                (
                    "way",
                    fields.CharEnumField(
                        description="CASH: CASH\nTRANSFER: TRANSFER\nCREDIT: CREDIT\nORDER: ORDER",
                        enum_type=cooperatives.units.kinds.SaleWay,
                        max_length=10,
                    ),
                ),
                ("total", fields.BigIntField()),
                ("cost", fields.BigIntField()),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("sold_on", fields.DateField()),
                ("due_on", fields.DateField(null=True)),
                ("sold_by", fields.UUIDField(null=True)),
                ("returned_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("returned_by", fields.UUIDField(null=True)),
                ("return_reason", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "unit_sale",
                "app": "lumbung",
                "unique_together": (("unit_id", "number"),),
                "pk_attr": "id",
                "table_description": "What one buyer took at once. `lines`: name, quantity, price, total, and of goods the item and its cost.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="UnitVoucher",
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
                        related_name="vouchers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "unit_voucher",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A voucher whose income and expenses are one unit's: its rent, its wages. `id` is the voucher's.",
            },
            bases=["Row"],
        ),
    ]
