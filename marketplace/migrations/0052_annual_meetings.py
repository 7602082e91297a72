import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import cooperatives.surplus.sharing
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0051_workshops_and_rounds")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AnnualReportFile",
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
                ("meeting_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                ("form", fields.CharField(max_length=4)),
                ("language", fields.CharField(max_length=2)),
                ("digest", fields.CharField(max_length=64)),
                ("content", fields.BinaryField()),
            ],
            options={
                "table": "annual_report_file",
                "app": "lumbung",
                "unique_together": (("meeting_id", "form", "language"),),
                "pk_attr": "id",
                "table_description": "The report as a file, kept whole once its meeting has closed: it is what the members were given.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Delegate",
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
                ("meeting_id", fields.UUIDField()),
                ("group_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField()),
                ("motion_id", fields.UUIDField()),
                ("stands_for", fields.IntField()),
            ],
            options={
                "table": "meeting_delegate",
                "app": "lumbung",
                "unique_together": (("meeting_id", "membership_id"),),
                "pk_attr": "id",
                "table_description": "A member whom his group sent to a meeting; for whom he votes there are his `Proxy` rows.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="GroupMeeting",
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
                ("meeting_id", fields.UUIDField(unique=True)),
                ("group_id", fields.UUIDField()),
                ("for_meeting_id", fields.UUIDField(db_index=True)),
            ],
            options={
                "table": "group_meeting",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Of a group's own meeting: which group's, and before which meeting its delegates go.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="GroupMember",
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
                ("group_id", fields.UUIDField(db_index=True)),
                ("membership_id", fields.UUIDField(unique=True)),
            ],
            options={
                "table": "group_member",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "That a member belongs to a group; to one at most.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MemberGroup",
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
                ("name", fields.CharField(max_length=80)),
            ],
            options={
                "table": "member_group",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "name"),),
                "pk_attr": "id",
                "table_description": "A group (kelompok) of a co-op's members: those of a quarter, a base, a market.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ReplayedMember",
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
                ("replay_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("parts", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("gained", fields.BigIntField()),
                (
                    "excluded_before",
                    fields.CharEnumField(
                        null=True,
                        description="LEFT: LEFT\nFEW_TRANSACTIONS: FEW_TRANSACTIONS\nIN_ARREARS: IN_ARREARS",
                        enum_type=cooperatives.surplus.sharing.WhyNot,
                        max_length=20,
                    ),
                ),
                (
                    "excluded_after",
                    fields.CharEnumField(
                        null=True,
                        description="LEFT: LEFT\nFEW_TRANSACTIONS: FEW_TRANSACTIONS\nIN_ARREARS: IN_ARREARS",
                        enum_type=cooperatives.surplus.sharing.WhyNot,
                        max_length=20,
                    ),
                ),
            ],
            options={
                "table": "replayed_member",
                "app": "lumbung",
                "unique_together": (("replay_id", "membership_id"),),
                "pk_attr": "id",
                "table_description": "One member's amounts as they were and as they would have been, in whole rupiah.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RuleReplay",
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
                ("motion_id", fields.UUIDField(db_index=True)),
                ("cooperative_id", fields.UUIDField()),
                ("begins_on", fields.DateField()),
                ("ends_on", fields.DateField()),
                ("carrier_share_bp", fields.IntField(null=True)),
                ("pools", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("parts", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("better", fields.IntField()),
                ("worse", fields.IntField()),
                ("same", fields.IntField()),
                ("rules", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("asked_by", fields.UUIDField()),
            ],
            options={
                "table": "rule_replay",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a motion proposes, tried on days that are over. Of several of a motion the latest counts.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SupervisorReport",
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
                ("begins_on", fields.DateField()),
                ("ends_on", fields.DateField()),
                ("findings", fields.TextField(unique=False)),
                ("advice", fields.TextField(unique=False)),
                ("filed_by", fields.UUIDField()),
            ],
            options={
                "table": "supervisor_report",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What the pengawas found in a book year, and what they advise. Filed again, the latest counts.",
            },
            bases=["Row"],
        ),
    ]
