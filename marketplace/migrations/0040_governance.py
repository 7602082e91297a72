import uuid

import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.governance.lifecycle
import marketplace.clock
import marketplace.database
import marketplace.identity.actor


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0039_search")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Attendance",
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
                ("membership_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="IN_PERSON: IN_PERSON\nONLINE: ONLINE",
                        enum_type=cooperatives.governance.lifecycle.AttendanceWay,
                        max_length=10,
                    ),
                ),
                ("weight", fields.IntField(default=1)),
                ("entered_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "meeting_attendance",
                "app": "lumbung",
                "unique_together": (("meeting_id", "membership_id"),),
                "pk_attr": "id",
                "table_description": "That a member attends. `weight` is 1 but in secondary co-ops whose by-laws weight votes.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BallotBox",
            fields=[
                ("motion_id", fields.UUIDField(primary_key=True, default=uuid.uuid4, unique=True, db_index=True)),
                ("public_key", fields.TextField(unique=False)),
                ("private_key", fields.TextField(null=True, unique=False)),
                ("ballots", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
            ],
            options={
                "table": "ballot_box",
                "app": "lumbung",
                "pk_attr": "motion_id",
                "table_description": "All secret ballots of a motion, in the order of their receipts; without times and without people.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Meeting",
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
                (
                    "kind",
                    fields.CharEnumField(
                        description="ANNUAL: ANNUAL\nEXTRAORDINARY: EXTRAORDINARY\nPLAN: PLAN\nGROUP: GROUP",
                        enum_type=cooperatives.governance.lifecycle.MeetingKind,
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.governance.lifecycle.MeetingState.CALLED,
                        description="CALLED: CALLED\nOPEN: OPEN\nCLOSED: CLOSED",
                        enum_type=cooperatives.governance.lifecycle.MeetingState,
                        max_length=10,
                    ),
                ),
                ("title", fields.CharField(max_length=160)),
                ("place", fields.CharField(max_length=200)),
                ("online_url", fields.CharField(null=True, max_length=300)),
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("agenda", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("report_ready_on", fields.DateField(null=True)),
                ("again_of", fields.UUIDField(null=True)),
                ("called_by", fields.UUIDField(null=True)),
                ("entitled", fields.IntField(null=True)),
                ("represented", fields.IntField(null=True)),
                ("needed", fields.IntField(null=True)),
                ("opened_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("opened_by", fields.UUIDField(null=True)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_by", fields.UUIDField(null=True)),
                ("minutes", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "meeting",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "state", "starts_at"])],
                "pk_attr": "id",
                "table_description": "A meeting of members. `entitled`, `represented` and `needed` (votes) are counted as it is opened.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Motion",
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
                ("meeting_id", fields.UUIDField(null=True, db_index=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="BY_LAWS: BY_LAWS\nELECTION: ELECTION\nACCOUNTS: ACCOUNTS\nBUDGET: BUDGET\nSURPLUS: SURPLUS\nLOAN_WRITE_OFF: LOAN_WRITE_OFF\nDISPATCH_POLICY: DISPATCH_POLICY\nOTHER: OTHER",
                        enum_type=cooperatives.governance.lifecycle.MotionKind,
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.governance.lifecycle.MotionState.DRAFT,
                        description="DRAFT: DRAFT\nTABLED: TABLED\nVOTING: VOTING\nADOPTED: ADOPTED\nREJECTED: REJECTED\nLAPSED: LAPSED",
                        enum_type=cooperatives.governance.lifecycle.MotionState,
                        max_length=10,
                    ),
                ),
                ("title", fields.CharField(max_length=160)),
                ("text", fields.TextField(unique=False)),
                ("details", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("proposed_by", fields.UUIDField(null=True)),
                (
                    "way",
                    fields.CharEnumField(
                        null=True,
                        description="CONSENSUS: CONSENSUS\nOPEN: OPEN\nSECRET: SECRET",
                        enum_type=cooperatives.governance.lifecycle.VotingWay,
                        max_length=10,
                    ),
                ),
                ("opened_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("decided_by", fields.UUIDField(null=True)),
                ("tally", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("result_digest", fields.CharField(null=True, max_length=64)),
                ("note", fields.CharField(null=True, max_length=2000)),
            ],
            options={
                "table": "motion",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "state"])],
                "pk_attr": "id",
                "table_description": "What a meeting is asked to decide. `details` are what its kind needs (`cooperatives.governance.details`).",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OfficeTerm",
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
                ("account_id", fields.UUIDField()),
                (
                    "role",
                    fields.CharEnumField(
                        description="CHAIR: CHAIR\nSECRETARY: SECRETARY\nTREASURER: TREASURER\nDISPATCHER: DISPATCHER\nUNIT_MANAGER: UNIT_MANAGER\nLOAN_OFFICER: LOAN_OFFICER\nSUPERVISOR: SUPERVISOR\nMEMBER: MEMBER\nDRIVER: DRIVER\nSELLER_OWNER: SELLER_OWNER\nSELLER_STAFF: SELLER_STAFF\nPLATFORM_REPRESENTATIVE: PLATFORM_REPRESENTATIVE\nGOVERNMENT_SUPERVISOR: GOVERNMENT_SUPERVISOR\nNODE_OPERATOR: NODE_OPERATOR",
                        enum_type=marketplace.identity.actor.Role,
                        max_length=30,
                    ),
                ),
                ("motion_id", fields.UUIDField()),
                ("since", fields.DateField()),
                ("until", fields.DateField()),
                ("ended_on", fields.DateField(null=True)),
            ],
            options={
                "table": "office_term",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "role"])],
                "pk_attr": "id",
                "table_description": "How long who was elected holds an office: from a day until the day before `until`.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PaperBallots",
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
                ("counted", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("number", fields.IntField()),
                ("entered_by", fields.UUIDField()),
                ("first_witness", fields.UUIDField(null=True)),
                ("second_witness", fields.UUIDField(null=True)),
            ],
            options={
                "table": "paper_ballots",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Paper ballots counted in the hall, entered by an officer; they count once two witnesses agreed.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Proxy",
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
                ("giver_id", fields.UUIDField()),
                ("holder_id", fields.UUIDField()),
            ],
            options={
                "table": "meeting_proxy",
                "app": "lumbung",
                "unique_together": (("meeting_id", "giver_id"),),
                "pk_attr": "id",
                "table_description": "That a member lets another vote for him in one meeting.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Vote",
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
                ("membership_id", fields.UUIDField()),
                ("choice", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("weight", fields.IntField(default=1)),
            ],
            options={
                "table": "vote",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A vote cast under one's name; `choice` is an option, or candidates in the order of preference.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="VotingRight",
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
                ("motion_id", fields.UUIDField()),
                ("membership_id", fields.UUIDField()),
                (
                    "way",
                    fields.CharEnumField(
                        description="NAMED: NAMED\nTOKEN: TOKEN\nPAPER: PAPER",
                        enum_type=cooperatives.governance.lifecycle.RightWay,
                        max_length=8,
                    ),
                ),
                ("used_by", fields.UUIDField(null=True)),
                ("blinded_hash", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "voting_right",
                "app": "lumbung",
                "unique_together": (("motion_id", "membership_id"),),
                "pk_attr": "id",
                "table_description": "That a member used his one vote on a motion, and in which way; of secret votes not how he voted.",
            },
            bases=["Row"],
        ),
    ]
