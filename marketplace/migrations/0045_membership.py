import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.departures.lifecycle
import cooperatives.membership.categories
import cooperatives.moving.models
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0044_surplus")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Departure",
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
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                (
                    "cause",
                    fields.CharEnumField(
                        description="RESIGNED: RESIGNED\nENDED_BY_OFFICER: ENDED_BY_OFFICER\nDIED: DIED\nEXPELLED: EXPELLED",
                        enum_type=cooperatives.membership.categories.EndCause,
                        max_length=20,
                    ),
                ),
                ("reason", fields.CharField(max_length=300)),
                ("ended_on", fields.DateField()),
                ("died_on", fields.DateField(null=True)),
                ("document", fields.CharField(null=True, max_length=120)),
                ("savings_id", fields.UUIDField(null=True)),
                ("saved", fields.BigIntField(default=0)),
                ("dues_paid", fields.BigIntField(default=0)),
                ("set_off", fields.BigIntField(default=0)),
                ("left_owing", fields.BigIntField(default=0)),
                ("recorded_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "departure",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A membership that ended, settled in that moment: his savings in one account, his loans set off against them.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Expulsion",
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
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.departures.lifecycle.ExpulsionState.CALLED,
                        description="CALLED: CALLED\nHEARD: HEARD\nPROPOSED: PROPOSED\nDECIDED: DECIDED\nAPPEALED: APPEALED\nFINAL: FINAL\nDROPPED: DROPPED",
                        enum_type=cooperatives.departures.lifecycle.ExpulsionState,
                        max_length=10,
                    ),
                ),
                ("grounds", fields.CharField(max_length=2000)),
                ("hearing_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("place", fields.CharField(max_length=200)),
                ("called_by", fields.UUIDField()),
                ("defence", fields.CharField(null=True, max_length=4000)),
                ("defended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("was_present", fields.BooleanField(null=True)),
                ("minutes", fields.CharField(null=True, max_length=4000)),
                ("heard_by", fields.UUIDField(null=True)),
                ("decision", fields.CharField(null=True, max_length=2000)),
                ("proposed_by", fields.UUIDField(null=True)),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("motion_id", fields.UUIDField(null=True)),
                ("appeal_until", fields.DateField(null=True)),
                ("appeal", fields.CharField(null=True, max_length=4000)),
                ("appealed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("appeal_motion_id", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "expulsion",
                "app": "lumbung",
                "indexes": [Index(fields=["state", "appeal_until"])],
                "pk_attr": "id",
                "table_description": "A member whom officers want to leave: told why, heard, decided on by whom the by-laws say, with an appeal.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="HeirClaim",
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
                ("departure_id", fields.UUIDField(db_index=True)),
                ("membership_id", fields.UUIDField()),
                ("heir", fields.TextField(unique=False)),
                ("is_named", fields.BooleanField()),
                ("amount", fields.BigIntField()),
                ("recorded_by", fields.UUIDField()),
            ],
            options={
                "table": "heir_claim",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What an heir is paid of a member's savings. `id` is the withdrawal's, which says whether it was paid.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MemberEntry",
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
                (
                    "category",
                    fields.CharEnumField(
                        default=cooperatives.membership.categories.MemberCategory.FULL,
                        description="FULL: FULL\nASSOCIATE: ASSOCIATE\nCANDIDATE: CANDIDATE",
                        enum_type=cooperatives.membership.categories.MemberCategory,
                        max_length=10,
                    ),
                ),
                ("joined_on", fields.DateField(null=True)),
                ("ended_on", fields.DateField(null=True)),
                (
                    "end_cause",
                    fields.CharEnumField(
                        null=True,
                        description="RESIGNED: RESIGNED\nENDED_BY_OFFICER: ENDED_BY_OFFICER\nDIED: DIED\nEXPELLED: EXPELLED",
                        enum_type=cooperatives.membership.categories.EndCause,
                        max_length=20,
                    ),
                ),
                ("details", fields.TextField(null=True, unique=False)),
                ("heirs", fields.TextField(null=True, unique=False)),
                ("national_id_mark", fields.CharField(null=True, max_length=64)),
                ("erased_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "member_entry",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "national_id_mark"),),
                "pk_attr": "id",
                "table_description": "A membership's line in the register of members (buku daftar anggota). `id` is the membership's.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MovingSet",
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
                ("fingerprint", fields.CharField(max_length=64)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.moving.models.MovingState.PROPOSED,
                        description="PROPOSED: PROPOSED\nDONE: DONE\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.moving.models.MovingState,
                        max_length=10,
                    ),
                ),
                ("sheets", fields.TextField(null=True, unique=False)),
                ("totals", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("proposed_by", fields.UUIDField(null=True)),
                ("ended_by", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("voucher_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "moving_set",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "fingerprint"),),
                "pk_attr": "id",
                "table_description": "Members, savings, loans and opening balances from sheets. While it waits, the sheets stand here sealed.",
            },
            bases=["Row"],
        ),
    ]
