import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.purchasing.lifecycle
import cooperatives.units.kinds
import cooperatives.units.workshop.lifecycle
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0050_waiting")]

    initial = False

    operations = [
        ops.CreateModel(
            name="JobCard",
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
                        related_name="jobs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("number", fields.CharField(max_length=20)),
                ("membership_id", fields.UUIDField(null=True, db_index=True)),
                ("customer", fields.CharField(max_length=120)),
                ("vehicle", fields.CharField(max_length=120)),
                ("complaint", fields.CharField(max_length=500)),
                ("booked_for", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.units.workshop.lifecycle.JobState.BOOKED,
                        description="BOOKED: BOOKED\nRECEIVED: RECEIVED\nESTIMATED: ESTIMATED\nWORKING: WORKING\nBILLED: BILLED\nCANCELLED: CANCELLED",
                        enum_type=cooperatives.units.workshop.lifecycle.JobState,
                        max_length=10,
                    ),
                ),
                ("lines", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("agreed_lines", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("agreed", fields.BigIntField(null=True)),
                ("agreed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("agreed_by", fields.UUIDField(null=True)),
                ("held", fields.IntField(default=0)),
                ("sale_id", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "job_card",
                "app": "lumbung",
                "unique_together": (("unit_id", "number"),),
                "indexes": [Index(fields=["unit_id", "booked_for"])],
                "pk_attr": "id",
                "table_description": "One visit of a vehicle. `lines`: name, quantity, price, total, and of a part its item; `agreed_lines`: those",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PurchaseRound",
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
                ("number", fields.CharField(unique=True, max_length=30)),
                ("title", fields.CharField(max_length=160)),
                ("measure", fields.CharField(max_length=40)),
                ("supplier", fields.CharField(max_length=120)),
                ("tiers", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("closes_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("credit_days", fields.IntField()),
                ("supplier_days", fields.IntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.purchasing.lifecycle.RoundState.OPEN,
                        description="OPEN: OPEN\nORDERED: ORDERED\nRECEIVED: RECEIVED\nCANCELLED: CANCELLED",
                        enum_type=cooperatives.purchasing.lifecycle.RoundState,
                        max_length=10,
                    ),
                ),
                ("ordered", fields.IntField(default=0)),
                ("price", fields.BigIntField(default=0)),
                ("received", fields.IntField(default=0)),
                ("carriage", fields.BigIntField(default=0)),
                ("total", fields.BigIntField(default=0)),
                ("reference", fields.CharField(default="", max_length=60)),
                ("received_on", fields.DateField(null=True)),
                ("due_on", fields.DateField(null=True)),
                ("paid", fields.BigIntField(default=0)),
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
                ("opened_by", fields.UUIDField()),
            ],
            options={
                "table": "purchase_round",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One purchase of several together, run by `cooperative_id`, in whose book it stands.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Commitment",
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
                    "round",
                    fields.ForeignKeyField(
                        "lumbung.PurchaseRound",
                        source_field="round_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="commitments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("item_id", fields.UUIDField(null=True)),
                ("seller_id", fields.UUIDField(null=True)),
                ("party_id", fields.UUIDField()),
                ("committed_by", fields.UUIDField()),
                ("quantity", fields.IntField()),
                ("is_refused", fields.BooleanField(default=False)),
                ("received", fields.IntField(default=0)),
                ("goods", fields.BigIntField(default=0)),
                ("carriage", fields.BigIntField(default=0)),
                ("paid", fields.BigIntField(default=0)),
                ("due_on", fields.DateField(null=True)),
                ("purchase_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "purchase_commitment",
                "app": "lumbung",
                "unique_together": (("round_id", "party_id"),),
                "pk_attr": "id",
                "table_description": "What one takes of a round: a unit's item (`item_id`, into its stock) or a seller (`seller_id`), of a co-op.",
            },
            bases=["Row"],
        ),
    ]
