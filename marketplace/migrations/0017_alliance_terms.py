import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.membership.models
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0016_shift_spans")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AllianceTerms",
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
                    "alliance",
                    fields.ForeignKeyField(
                        "lumbung.Alliance",
                        source_field="alliance_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="terms",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("version", fields.IntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.membership.models.TermsState.PROPOSED,
                        description="PROPOSED: PROPOSED\nAGREED: AGREED\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.membership.models.TermsState,
                        max_length=10,
                    ),
                ),
                ("carrier_share_bp", fields.IntField()),
                ("least", fields.BigIntField()),
                ("least_per_km", fields.BigIntField()),
                ("area", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("hours", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("zone", fields.CharField(max_length=40)),
                ("jobs_a_day", fields.IntField(null=True)),
                ("open_rupiah", fields.BigIntField(null=True)),
                ("notice_days", fields.IntField()),
                ("holds_from", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("holds_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("proposed_by_cooperative_id", fields.UUIDField()),
                ("proposed_by", fields.UUIDField(null=True)),
                ("agreed_by", fields.UUIDField(null=True)),
                ("agreed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "alliance_terms",
                "app": "lumbung",
                "unique_together": (("alliance_id", "version"),),
                "pk_attr": "id",
                "table_description": "One version of what an alliance allows; what `cooperatives.membership.terms.Terms` says, as a row.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="AllianceUse",
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
                ("alliance_id", fields.UUIDField()),
                ("carrier_cooperative_id", fields.UUIDField()),
                ("terms_version", fields.IntField(null=True)),
                ("carrier_share_bp", fields.IntField()),
                ("rupiah", fields.BigIntField()),
                ("taken_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "alliance_use",
                "app": "lumbung",
                "indexes": [Index(fields=["alliance_id", "taken_at"]), Index(fields=["alliance_id", "ended_at"])],
                "pk_attr": "id",
                "table_description": "Something that an ally carries or carried: counts against the limits, and keeps the share it was taken at.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="Alliance",
            name="ends_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Alliance",
            name="terms_version",
            field=fields.IntField(null=True),
        ),
    ]
