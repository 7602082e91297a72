import uuid

import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import catalog.models
import cooperatives.ledger.accounts
import cooperatives.membership.models
import cooperatives.settlements.models
import marketplace.clock
import marketplace.database
import marketplace.deliveries.lifecycle
import marketplace.deliveries.models
import marketplace.identity.actor
import marketplace.identity.models
import marketplace.notices.models
import marketplace.orders.lifecycle
import marketplace.orders.models
import marketplace.orders.refunds
import marketplace.payments.gateway
import marketplace.payments.models
import marketplace.webhooks.models
from marketplace.outbox import UnfinishedIndex


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Account",
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
                ("phone", fields.CharField(unique=True, max_length=16)),
                ("name", fields.CharField(default="", max_length=120)),
                ("language", fields.CharField(default="id", max_length=2)),
                ("password_hash", fields.CharField(null=True, max_length=200)),
                ("suspended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("suspension_reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "account",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A person (or an app's owner), known by a phone number.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Address",
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
                ("label", fields.CharField(default="", max_length=40)),
                ("recipient", fields.CharField(max_length=120)),
                ("phone", fields.CharField(max_length=16)),
                ("street", fields.CharField(max_length=200)),
                ("rt", fields.CharField(default="", max_length=3)),
                ("rw", fields.CharField(default="", max_length=3)),
                ("kelurahan", fields.CharField(default="", max_length=80)),
                ("patokan", fields.CharField(default="", max_length=160)),
                ("note", fields.CharField(default="", max_length=200)),
                ("lat", fields.FloatField()),
                ("lon", fields.FloatField()),
                ("removed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "buyer_address",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Where a buyer receives things: a pin first, then what a courier needs to find the door.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ApiKey",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="api_keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("hint", fields.CharField(max_length=16)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("scopes", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("origins", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "api_key",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What an app shows instead of a person's token. Only its hash is kept; `hint` is its beginning.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="AuditEntry",
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
                ("action", fields.CharField(max_length=40)),
                ("actor_id", fields.UUIDField(null=True)),
                ("account_id", fields.UUIDField(db_index=True)),
                ("cooperative_id", fields.UUIDField(null=True, db_index=True)),
                ("detail", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
            ],
            options={
                "table": "audit_entry",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Who did what to whose rights. Written once, never changed; `actor_id` is null for the system.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Basket",
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
                ("account_id", fields.UUIDField(null=True, unique=True)),
                ("token_hash", fields.CharField(null=True, unique=True, max_length=64)),
                ("touched_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "basket",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What someone means to buy. Without an account it is held by a token, until log-in attaches it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BasketLine",
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
                    "basket",
                    fields.ForeignKeyField(
                        "lumbung.Basket",
                        source_field="basket_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("variant_id", fields.UUIDField(db_index=True)),
                ("quantity", fields.IntField()),
                ("options", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("note", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "basket_line",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One thing in a basket; the same thing with other options is another line.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ChainLink",
            fields=[
                ("transfer_id", fields.UUIDField(primary_key=True, default=uuid.uuid4, unique=True, db_index=True)),
                ("cooperative_id", fields.UUIDField()),
                ("seq", fields.BigIntField()),
                ("hash", fields.CharField(max_length=64)),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "ledger_chain",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "seq"),),
                "pk_attr": "transfer_id",
                "table_description": "A transfer's place in its book's chain: a hash over it and over the link before.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ClearingGroup",
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
                ("code", fields.CharField(unique=True, max_length=20)),
                ("name", fields.CharField(max_length=120)),
                ("operator_id", fields.UUIDField(null=True)),
            ],
            options={
                "table": "clearing_group",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Co-ops that net their debts together. Its operator closes the windows; None: the node's operator.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ClearingMembership",
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
                    "group",
                    fields.ForeignKeyField(
                        "lumbung.ClearingGroup",
                        source_field="group_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("cap", fields.BigIntField(null=True)),
                ("cover", fields.BigIntField(null=True)),
            ],
            options={
                "table": "clearing_membership",
                "app": "lumbung",
                "unique_together": (("group_id", "cooperative_id"),),
                "pk_attr": "id",
                "table_description": "A co-op in a group. It may owe, net, at most `cap` and at most what its `cover` stands for.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Cooperative",
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
                ("slug", fields.CharField(unique=True, max_length=60)),
                ("code", fields.CharField(unique=True, max_length=12)),
                ("name", fields.CharField(max_length=160)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="DRIVER: DRIVER\nTRADER: TRADER\nFOOD: FOOD\nLOGISTICS: LOGISTICS\nMULTI: MULTI",
                        enum_type=cooperatives.membership.models.CooperativeKind,
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    fields.CharEnumField(
                        default=cooperatives.membership.models.CooperativeLevel.PRIMARY,
                        description="PRIMARY: PRIMARY\nSECONDARY: SECONDARY",
                        enum_type=cooperatives.membership.models.CooperativeLevel,
                        max_length=12,
                    ),
                ),
                ("region_code", fields.CharField(max_length=13)),
                ("registration_number", fields.CharField(null=True, max_length=40)),
                ("commission_bp", fields.IntField(default=500)),
                ("carrier_share_bp", fields.IntField(default=800)),
                ("suspended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("suspension_reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "cooperative",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A koperasi. Shares are its own policy, in basis points.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Alliance",
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
                    "seller_cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="seller_cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="carried_by",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "carrier_cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="carrier_cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="carries_for",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("carrier_share_bp", fields.IntField(default=10000)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.membership.models.AllianceState.PROPOSED,
                        description="PROPOSED: PROPOSED\nAGREED: AGREED\nENDED: ENDED",
                        enum_type=cooperatives.membership.models.AllianceState,
                        max_length=10,
                    ),
                ),
                ("proposed_by_cooperative_id", fields.UUIDField()),
                ("proposed_by", fields.UUIDField(null=True)),
                ("agreed_by", fields.UUIDField(null=True)),
                ("ended_by", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("agreed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "alliance",
                "app": "lumbung",
                "unique_together": (("seller_cooperative_id", "carrier_cooperative_id"),),
                "pk_attr": "id",
                "table_description": "Two co-ops agree that `carrier`'s drivers carry for `seller`'s sellers.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CounterTries",
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
                ("wrong_pins", fields.IntField(default=0)),
            ],
            options={
                "table": "counter_tries",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Wrong PINs at the counter for one sub-order, whose id it bears.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Driver",
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
                    "account",
                    fields.OneToOneField(
                        "lumbung.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="driver",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="drivers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.models.DriverState.APPLIED,
                        description="APPLIED: APPLIED\nAPPROVED: APPROVED\nREFUSED: REFUSED\nSUSPENDED: SUSPENDED",
                        enum_type=marketplace.deliveries.models.DriverState,
                        max_length=10,
                    ),
                ),
                ("name", fields.CharField(max_length=120)),
                (
                    "vehicle",
                    fields.CharEnumField(
                        description="BICYCLE: BICYCLE\nMOTORCYCLE: MOTORCYCLE\nTRICYCLE: TRICYCLE\nCAR: CAR\nVAN: VAN\nTRUCK: TRUCK",
                        enum_type=marketplace.deliveries.models.VehicleKind,
                        max_length=12,
                    ),
                ),
                ("plate", fields.CharField(default="", max_length=16)),
                ("capacity_g", fields.IntField()),
                ("licence_expires_on", fields.DateField(null=True)),
                ("insurance_expires_on", fields.DateField(null=True)),
                ("cash_limit", fields.BigIntField()),
                ("job_limit", fields.IntField(default=1)),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "driver",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A person who carries for one co-op, with his vehicle and his limits.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CashReceipt",
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
                    "driver",
                    fields.ForeignKeyField(
                        "lumbung.Driver",
                        source_field="driver_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="cash_receipts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "clearing",
                    fields.CharEnumField(
                        description="HANDED_IN: HANDED_IN\nSET_OFF: SET_OFF",
                        enum_type=marketplace.deliveries.models.CashClearing,
                        max_length=10,
                    ),
                ),
                ("amount", fields.BigIntField()),
                ("by_id", fields.UUIDField()),
            ],
            options={
                "table": "cash_receipt",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Cash that a driver no longer owes his co-op, and who says so.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DeliveryJob",
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
                ("sub_order_id", fields.UUIDField(null=True, unique=True)),
                ("seller_id", fields.UUIDField(db_index=True)),
                (
                    "cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="jobs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("booked_by", fields.UUIDField(null=True)),
                (
                    "fare_payer",
                    fields.CharEnumField(
                        default=marketplace.deliveries.models.FarePayer.ORDER,
                        description="ORDER: ORDER\nCASH_AT_PICKUP: CASH_AT_PICKUP\nSELLER_PAYABLE: SELLER_PAYABLE",
                        enum_type=marketplace.deliveries.models.FarePayer,
                        max_length=14,
                    ),
                ),
                ("carrier_id", fields.UUIDField(null=True, db_index=True)),
                (
                    "driver",
                    fields.ForeignKeyField(
                        "lumbung.Driver",
                        source_field="driver_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="jobs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("driver_account_id", fields.UUIDField(null=True)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.lifecycle.JobState.OPEN,
                        description="DRAFT: DRAFT\nOPEN: OPEN\nOFFERED: OFFERED\nASSIGNED: ASSIGNED\nAT_PICKUP: AT_PICKUP\nCARRYING: CARRYING\nAT_DROPOFF: AT_DROPOFF\nDELIVERED: DELIVERED\nFAILED: FAILED\nRETURNING: RETURNING\nRETURNED: RETURNED\nUNSERVED: UNSERVED\nCANCELLED: CANCELLED",
                        enum_type=marketplace.deliveries.lifecycle.JobState,
                        max_length=10,
                    ),
                ),
                ("price", fields.BigIntField()),
                ("cash_to_collect", fields.BigIntField(default=0)),
                ("distance_m", fields.IntField()),
                ("weight_g", fields.IntField(default=0)),
                ("pickup_name", fields.CharField(max_length=160)),
                ("pickup_address", fields.CharField(max_length=700)),
                ("pickup_lat", fields.FloatField()),
                ("pickup_lon", fields.FloatField()),
                ("pickup_pin", fields.CharField(max_length=6)),
                ("return_pin", fields.CharField(max_length=6)),
                ("wrong_pins", fields.IntField(default=0)),
                ("ready_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("open_until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("assigned_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("picked_up_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "delivery_job",
                "app": "lumbung",
                "indexes": [
                    Index(fields=["state", "cooperative_id"]),
                    Index(fields=["driver_id", "state"]),
                    Index(fields=["state", "open_until"]),
                ],
                "pk_attr": "id",
                "table_description": "Goods carried from one pickup to one or several drops, at one price, by at most one driver at a time.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CustodyReceipt",
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
                    "job",
                    fields.ForeignKeyField(
                        "lumbung.DeliveryJob",
                        source_field="job_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="receipts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("drop_id", fields.UUIDField()),
                ("position", fields.IntField()),
                (
                    "hand_over",
                    fields.CharEnumField(
                        description="PICKUP: PICKUP\nDROP_OFF: DROP_OFF\nRETURN: RETURN",
                        enum_type=marketplace.deliveries.models.HandOver,
                        max_length=8,
                    ),
                ),
                ("giver_id", fields.UUIDField()),
                ("taker_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("lat", fields.FloatField(null=True)),
                ("lon", fields.FloatField(null=True)),
                ("previous_hash", fields.CharField(max_length=64)),
                ("hash", fields.CharField(max_length=64)),
            ],
            options={
                "table": "custody_receipt",
                "app": "lumbung",
                "unique_together": (("drop_id", "position"),),
                "pk_attr": "id",
                "table_description": "The signed fact that a drop's goods passed from one hand to another. Each names the one before it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Drop",
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
                    "job",
                    fields.ForeignKeyField(
                        "lumbung.DeliveryJob",
                        source_field="job_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="drops",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.IntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.lifecycle.DropState.WAITING,
                        description="WAITING: WAITING\nCARRIED: CARRIED\nAT_DOOR: AT_DOOR\nDELIVERED: DELIVERED\nFAILED: FAILED\nRETURNED: RETURNED\nCANCELLED: CANCELLED",
                        enum_type=marketplace.deliveries.lifecycle.DropState,
                        max_length=10,
                    ),
                ),
                ("receiver_id", fields.UUIDField(null=True)),
                ("receiver_name", fields.CharField(max_length=120)),
                ("receiver_phone", fields.CharField(default="", max_length=16)),
                ("address", fields.CharField(max_length=700)),
                ("note", fields.CharField(default="", max_length=300)),
                ("lat", fields.FloatField()),
                ("lon", fields.FloatField()),
                ("price", fields.BigIntField()),
                ("cash_to_collect", fields.BigIntField(default=0)),
                ("distance_m", fields.IntField()),
                ("pin", fields.CharField(max_length=6)),
                ("wrong_pins", fields.IntField(default=0)),
                (
                    "failure",
                    fields.CharEnumField(
                        null=True,
                        description="NOBODY_HOME: NOBODY_HOME\nWRONG_ADDRESS: WRONG_ADDRESS\nREFUSED: REFUSED\nDAMAGED: DAMAGED\nCLOSED: CLOSED\nUNREACHABLE: UNREACHABLE\nWEATHER: WEATHER\nACCIDENT: ACCIDENT\nUNSAFE: UNSAFE\nVEHICLE: VEHICLE\nCASH_DISPUTE: CASH_DISPUTE\nOTHER: OTHER",
                        enum_type=marketplace.deliveries.lifecycle.FailureCode,
                        max_length=14,
                    ),
                ),
                ("failure_text", fields.CharField(null=True, max_length=300)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "delivery_drop",
                "app": "lumbung",
                "unique_together": (("job_id", "position"),),
                "pk_attr": "id",
                "table_description": "One place where a job's goods are handed over.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                ("actor_id", fields.UUIDField()),
                ("mutation", fields.CharField(max_length=60)),
                ("key", fields.CharField(max_length=100)),
                ("input_hash", fields.CharField(max_length=64)),
                ("result_id", fields.UUIDField()),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "idempotency_key",
                "app": "lumbung",
                "unique_together": (("actor_id", "mutation", "key"),),
                "pk_attr": "id",
                "table_description": "An intent already carried out, and the id of what came of it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ImportRun",
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
                ("what", fields.CharField(max_length=10)),
                ("file_hash", fields.CharField(max_length=64)),
                ("lines_done", fields.IntField(default=0)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "import_run",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "what", "file_hash"),),
                "pk_attr": "id",
                "table_description": "How far an import of a file has come, so that one that was cut off goes on where it stood.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="JobStateChange",
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
                    "job",
                    fields.ForeignKeyField(
                        "lumbung.DeliveryJob",
                        source_field="job_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="history",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("version", fields.IntField()),
                (
                    "event",
                    fields.CharEnumField(
                        description="PUBLISH: PUBLISH\nOFFER: OFFER\nWITHDRAW_OFFERS: WITHDRAW_OFFERS\nCLAIM: CLAIM\nGIVE_UP: GIVE_UP\nREASSIGN: REASSIGN\nARRIVE_AT_PICKUP: ARRIVE_AT_PICKUP\nPICK_UP: PICK_UP\nARRIVE_AT_DROP_OFF: ARRIVE_AT_DROP_OFF\nDROP_OFF: DROP_OFF\nFAIL: FAIL\nTURN_BACK: TURN_BACK\nRETURN: RETURN\nEXPIRE: EXPIRE\nREOPEN: REOPEN\nCANCEL: CANCEL\nCANCEL_DROP: CANCEL_DROP",
                        enum_type=marketplace.deliveries.lifecycle.JobEvent,
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="DRAFT: DRAFT\nOPEN: OPEN\nOFFERED: OFFERED\nASSIGNED: ASSIGNED\nAT_PICKUP: AT_PICKUP\nCARRYING: CARRYING\nAT_DROPOFF: AT_DROPOFF\nDELIVERED: DELIVERED\nFAILED: FAILED\nRETURNING: RETURNING\nRETURNED: RETURNED\nUNSERVED: UNSERVED\nCANCELLED: CANCELLED",
                        enum_type=marketplace.deliveries.lifecycle.JobState,
                        max_length=10,
                    ),
                ),
                ("drop_id", fields.UUIDField(null=True)),
                ("by_id", fields.UUIDField(null=True)),
                ("holder_id", fields.UUIDField(null=True)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "job_state_change",
                "app": "lumbung",
                "unique_together": (("job_id", "version"),),
                "pk_attr": "id",
                "table_description": "What happened to a job: only ever added.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="LedgerAccount",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid.uuid4, unique=True, db_index=True)),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField()),
                (
                    "purpose",
                    fields.CharEnumField(
                        description="BANK: BANK\nCASH: CASH\nGATEWAY_CLEARING: GATEWAY_CLEARING\nCASH_WITH_DRIVER: CASH_WITH_DRIVER\nDUE_FROM: DUE_FROM\nDUE_TO: DUE_TO\nSETTLEMENT_CLEARING: SETTLEMENT_CLEARING\nORDER_ESCROW: ORDER_ESCROW\nSELLER_PAYABLE: SELLER_PAYABLE\nDRIVER_PAYABLE: DRIVER_PAYABLE\nBUYER_REFUND_PAYABLE: BUYER_REFUND_PAYABLE\nNETWORK_FEE_PAYABLE: NETWORK_FEE_PAYABLE\nCOMMISSION_INCOME: COMMISSION_INCOME\nDELIVERY_INCOME: DELIVERY_INCOME\nINTER_COOPERATIVE_INCOME: INTER_COOPERATIVE_INCOME\nOTHER_INCOME: OTHER_INCOME\nGATEWAY_FEE_EXPENSE: GATEWAY_FEE_EXPENSE\nREFUND_EXPENSE: REFUND_EXPENSE\nDELIVERY_EXPENSE: DELIVERY_EXPENSE\nINTER_COOPERATIVE_EXPENSE: INTER_COOPERATIVE_EXPENSE\nOTHER_EXPENSE: OTHER_EXPENSE\nMEMBER_CAPITAL: MEMBER_CAPITAL\nOPENING_BALANCE: OPENING_BALANCE",
                        enum_type=cooperatives.ledger.accounts.Purpose,
                        max_length=30,
                    ),
                ),
                (
                    "type",
                    fields.CharEnumField(
                        description="ASSET: ASSET\nLIABILITY: LIABILITY\nEQUITY: EQUITY\nINCOME: INCOME\nEXPENSE: EXPENSE",
                        enum_type=cooperatives.ledger.accounts.AccountType,
                        max_length=10,
                    ),
                ),
                ("subject_id", fields.UUIDField(null=True)),
                ("shard", fields.SmallIntField(default=0)),
                ("floor", fields.BigIntField(null=True)),
                ("debits_posted", fields.BigIntField(default=0)),
                ("credits_posted", fields.BigIntField(default=0)),
                ("debits_pending", fields.BigIntField(default=0)),
                ("credits_pending", fields.BigIntField(default=0)),
            ],
            options={
                "table": "ledger_account",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "purpose", "subject_id"])],
                "pk_attr": "id",
                "table_description": "An account (or one sub-account of a hub) with its four accumulators, kept by a trigger.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LiveMessage",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("body", fields.TextField(unique=False)),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.machine, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "live_message",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Some hints, as JSON; kept for seconds. Its id is the change counter that the others watch.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LoginCode",
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
                ("phone", fields.CharField(db_index=True, max_length=16)),
                ("code_hash", fields.CharField(max_length=64)),
                ("address", fields.CharField(default="", db_index=True, max_length=45)),
                ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("tries", fields.IntField(default=0)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "login_code",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A one-time code sent to a phone. Only its keyed hash is kept.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MailAddress",
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
                ("account_id", fields.UUIDField(unique=True)),
                ("address", fields.CharField(max_length=254)),
                ("confirmed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "notice_mail_address",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Where a person takes notices by e-mail; used once its owner has followed the link sent to it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Membership",
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
                    "cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField(db_index=True)),
                ("number", fields.IntField(null=True)),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.membership.models.MembershipState.APPLIED,
                        description="APPLIED: APPLIED\nACTIVE: ACTIVE\nREFUSED: REFUSED\nENDED: ENDED",
                        enum_type=cooperatives.membership.models.MembershipState,
                        max_length=10,
                    ),
                ),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "membership",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "account_id"), ("cooperative_id", "number")),
                "pk_attr": "id",
                "table_description": "A person's membership of a co-op: one, not transferable, with a number once approved.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Notice",
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
                (
                    "kind",
                    fields.CharEnumField(
                        description="ORDER_TO_ANSWER: ORDER_TO_ANSWER\nORDER_RECEIVED: ORDER_RECEIVED\nORDER_ACCEPTED: ORDER_ACCEPTED\nORDER_DECLINED: ORDER_DECLINED\nORDER_CANCELLED: ORDER_CANCELLED\nORDER_EXPIRED: ORDER_EXPIRED\nORDER_READY: ORDER_READY\nORDER_COLLECTED: ORDER_COLLECTED\nORDER_DELIVERED: ORDER_DELIVERED\nORDER_RETURNED: ORDER_RETURNED\nDRIVER_ASSIGNED: DRIVER_ASSIGNED\nJOB_ASSIGNED: JOB_ASSIGNED\nJOB_UNSERVED: JOB_UNSERVED\nJOB_CANCELLED: JOB_CANCELLED\nMEMBERSHIP_APPLIED: MEMBERSHIP_APPLIED\nMEMBERSHIP_APPROVED: MEMBERSHIP_APPROVED\nMEMBERSHIP_REFUSED: MEMBERSHIP_REFUSED\nMEMBERSHIP_ENDED: MEMBERSHIP_ENDED\nSHOP_APPLIED: SHOP_APPLIED\nSHOP_APPROVED: SHOP_APPROVED\nSHOP_REFUSED: SHOP_REFUSED\nSHOP_SUSPENDED: SHOP_SUSPENDED\nLISTING_SUSPENDED: LISTING_SUSPENDED",
                        enum_type=marketplace.notices.models.NoticeKind,
                        max_length=30,
                    ),
                ),
                (
                    "subject_type",
                    fields.CharEnumField(
                        description="SUB_ORDER: SUB_ORDER\nJOB: JOB\nMEMBERSHIP: MEMBERSHIP\nSELLER: SELLER\nLISTING: LISTING",
                        enum_type=marketplace.notices.models.SubjectType,
                        max_length=20,
                    ),
                ),
                ("subject_id", fields.UUIDField()),
                ("values", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("source", fields.CharField(max_length=80)),
                ("rings_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("read_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "changed_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
            ],
            options={
                "table": "notice",
                "app": "lumbung",
                "unique_together": (("account_id", "source"),),
                "indexes": [
                    Index(fields=["account_id", "id"]),
                    Index(fields=["account_id", "changed_at"]),
                    Index(fields=["subject_id"]),
                ],
                "pk_attr": "id",
                "table_description": "One thing told to one person.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="NumberChange",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="number_changes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("old_phone", fields.CharField(max_length=16)),
                ("new_phone", fields.CharField(max_length=16)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.identity.models.NumberChangeState.REQUESTED,
                        db_index=True,
                        description="REQUESTED: REQUESTED\nCOOLING_OFF: COOLING_OFF\nDONE: DONE\nCANCELLED: CANCELLED",
                        enum_type=marketplace.identity.models.NumberChangeState,
                        max_length=12,
                    ),
                ),
                ("first_approved_by", fields.UUIDField(null=True)),
                ("second_approved_by", fields.UUIDField(null=True)),
                ("effective_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "number_change",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Someone who lost a phone asks for the account under a new number, which he has proved to hold.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OfficeChange",
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
                    "cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="office_changes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField(db_index=True)),
                (
                    "role",
                    fields.CharEnumField(
                        description="CHAIR: CHAIR\nSECRETARY: SECRETARY\nTREASURER: TREASURER\nDISPATCHER: DISPATCHER\nUNIT_MANAGER: UNIT_MANAGER\nLOAN_OFFICER: LOAN_OFFICER\nSUPERVISOR: SUPERVISOR\nMEMBER: MEMBER\nDRIVER: DRIVER\nSELLER_OWNER: SELLER_OWNER\nSELLER_STAFF: SELLER_STAFF\nPLATFORM_REPRESENTATIVE: PLATFORM_REPRESENTATIVE\nGOVERNMENT_SUPERVISOR: GOVERNMENT_SUPERVISOR\nNODE_OPERATOR: NODE_OPERATOR",
                        enum_type=marketplace.identity.actor.Role,
                        max_length=30,
                    ),
                ),
                ("is_grant", fields.BooleanField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.membership.models.OfficeChangeState.PROPOSED,
                        description="PROPOSED: PROPOSED\nDONE: DONE\nWITHDRAWN: WITHDRAWN",
                        enum_type=cooperatives.membership.models.OfficeChangeState,
                        max_length=10,
                    ),
                ),
                ("proposed_by", fields.UUIDField(null=True)),
                ("confirmed_by", fields.UUIDField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "office_change",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "An office given or ended. Power over money needs a second officer; the row records both.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Order",
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
                ("number", fields.CharField(unique=True, max_length=20)),
                ("buyer_id", fields.UUIDField(db_index=True)),
                ("placed_by", fields.UUIDField()),
                (
                    "channel",
                    fields.CharEnumField(
                        default=marketplace.orders.models.Channel.APP,
                        description="APP: APP\nPHONE: PHONE",
                        enum_type=marketplace.orders.models.Channel,
                        max_length=8,
                    ),
                ),
                (
                    "payment_method",
                    fields.CharEnumField(
                        null=True,
                        description="CASH: CASH\nONLINE: ONLINE",
                        enum_type=marketplace.orders.models.PaymentMethod,
                        max_length=8,
                    ),
                ),
                ("total", fields.BigIntField()),
            ],
            options={
                "table": "customer_order",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a buyer placed: one payment, one sub-order a seller.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OutboxEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("event", fields.CharField(max_length=60)),
                ("handler", fields.CharField(max_length=80)),
                ("aggregate_id", fields.UUIDField()),
                ("payload", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                (
                    "available_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("claimed_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("claim_number", fields.IntField(default=0)),
                ("attempts", fields.IntField(default=0)),
                ("error", fields.TextField(null=True, unique=False)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("dead_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "outbox_event",
                "app": "lumbung",
                "indexes": [
                    UnfinishedIndex(fields=["id"], name="outbox_event_unfinished"),
                    UnfinishedIndex(fields=["handler", "aggregate_id", "id"], name="outbox_event_order"),
                ],
                "pk_attr": "id",
                "table_description": "One event for one handler.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Payment",
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
                ("order_id", fields.UUIDField(db_index=True)),
                ("payer_id", fields.UUIDField()),
                (
                    "method",
                    fields.CharEnumField(
                        description="CASH: CASH\nONLINE: ONLINE",
                        enum_type=marketplace.orders.models.PaymentMethod,
                        max_length=8,
                    ),
                ),
                ("amount", fields.BigIntField()),
                (
                    "state",
                    fields.CharEnumField(
                        description="AGREED: AGREED\nPROCESSING: PROCESSING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED",
                        enum_type=marketplace.payments.models.PaymentState,
                        max_length=10,
                    ),
                ),
                ("covers", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("gateway", fields.CharField(default="", max_length=30)),
                ("gateway_reference", fields.CharField(default="", max_length=120)),
                ("failure", fields.CharField(default="", max_length=60)),
                ("attempts", fields.IntField(default=0)),
                ("tried_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "payment",
                "app": "lumbung",
                "indexes": [Index(fields=["state", "created_at"])],
                "pk_attr": "id",
                "table_description": "One attempt to pay an order. The intent is committed before a gateway is asked.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ProviderCall",
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
                ("provider", fields.CharField(max_length=30)),
                ("event_id", fields.CharField(max_length=120)),
                ("kind", fields.CharField(max_length=60)),
                ("payment_id", fields.UUIDField(db_index=True)),
                (
                    "outcome",
                    fields.CharEnumField(
                        description="SUCCEEDED: SUCCEEDED\nFAILED: FAILED\nPENDING: PENDING",
                        enum_type=marketplace.payments.gateway.ChargeOutcome,
                        max_length=10,
                    ),
                ),
                ("reference", fields.CharField(default="", max_length=120)),
                ("failure", fields.CharField(default="", max_length=60)),
                ("amount", fields.BigIntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.webhooks.models.CallState.RECEIVED,
                        description="RECEIVED: RECEIVED\nDONE: DONE\nUNMATCHED: UNMATCHED\nWRONG_AMOUNT: WRONG_AMOUNT",
                        enum_type=marketplace.webhooks.models.CallState,
                        max_length=14,
                    ),
                ),
            ],
            options={
                "table": "provider_call",
                "app": "lumbung",
                "unique_together": (("provider", "event_id"),),
                "pk_attr": "id",
                "table_description": "One event of a provider, told to us at least once and kept once.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PushSubscription",
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
                ("endpoint", fields.TextField(unique=False)),
                ("endpoint_hash", fields.CharField(unique=True, max_length=64)),
                ("p256dh", fields.CharField(max_length=100)),
                ("auth", fields.CharField(max_length=40)),
            ],
            options={
                "table": "push_subscription",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A browser that takes web push (RFC 8030), as its owner subscribed it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Quote",
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
                ("basket_id", fields.UUIDField(null=True)),
                (
                    "fulfilment",
                    fields.CharEnumField(
                        description="DELIVERY: DELIVERY\nPICKUP: PICKUP\nSERVICE: SERVICE",
                        enum_type=marketplace.orders.lifecycle.Fulfilment,
                        max_length=10,
                    ),
                ),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("parts", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("drop", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("total", fields.BigIntField()),
                ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "order_quote",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What an order would cost, binding for its asker until it expires.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Refund",
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
                    "payment",
                    fields.ForeignKeyField(
                        "lumbung.Payment",
                        source_field="payment_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="refunds",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("order_id", fields.UUIDField(db_index=True)),
                ("sub_order_id", fields.UUIDField(db_index=True)),
                ("cooperative_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                ("reason", fields.CharField(max_length=40)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.payments.models.RefundState.PROCESSING,
                        description="PROCESSING: PROCESSING\nSUCCEEDED: SUCCEEDED",
                        enum_type=marketplace.payments.models.RefundState,
                        max_length=10,
                    ),
                ),
                ("gateway_reference", fields.CharField(default="", max_length=120)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "refund",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Money that goes back to a buyer for one sub-order.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Ring",
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
                ("sub_order_id", fields.UUIDField(unique=True)),
                ("seller_id", fields.UUIDField()),
                ("step", fields.IntField(default=0)),
                ("next_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "ring",
                "app": "lumbung",
                "indexes": [Index(fields=["ended_at", "next_at"])],
                "pk_attr": "id",
                "table_description": "A new order that rings at the seller's until someone answers.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RoleGrant",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="grants",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "role",
                    fields.CharEnumField(
                        description="CHAIR: CHAIR\nSECRETARY: SECRETARY\nTREASURER: TREASURER\nDISPATCHER: DISPATCHER\nUNIT_MANAGER: UNIT_MANAGER\nLOAN_OFFICER: LOAN_OFFICER\nSUPERVISOR: SUPERVISOR\nMEMBER: MEMBER\nDRIVER: DRIVER\nSELLER_OWNER: SELLER_OWNER\nSELLER_STAFF: SELLER_STAFF\nPLATFORM_REPRESENTATIVE: PLATFORM_REPRESENTATIVE\nGOVERNMENT_SUPERVISOR: GOVERNMENT_SUPERVISOR\nNODE_OPERATOR: NODE_OPERATOR",
                        enum_type=marketplace.identity.actor.Role,
                        max_length=30,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(null=True, db_index=True)),
                ("seller_id", fields.UUIDField(null=True, db_index=True)),
                ("granted_by", fields.UUIDField(null=True)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "role_grant",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A role held by an account, in a co-op, in a shop or on the node, from its making until `until`.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SearchIndexState",
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
                ("name", fields.CharField(unique=True, max_length=40)),
                ("documents", fields.IntField()),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("built_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_event_id", fields.BigIntField(default=0)),
            ],
            options={
                "table": "search_index_state",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "The last rebuild of an engine's index: one row an engine.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Seller",
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
                    "cooperative",
                    fields.ForeignKeyField(
                        "lumbung.Cooperative",
                        source_field="cooperative_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sellers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("owner_id", fields.UUIDField(null=True, db_index=True)),
                ("is_member", fields.BooleanField(default=False)),
                ("external_id", fields.CharField(null=True, max_length=80)),
                ("slug", fields.CharField(unique=True, max_length=60)),
                ("name", fields.CharField(max_length=160)),
                ("description", fields.CharField(default="", max_length=2000)),
                ("phone", fields.CharField(null=True, max_length=16)),
                ("nib", fields.CharField(null=True, max_length=13)),
                ("npwp_sealed", fields.CharField(null=True, max_length=200)),
                ("npwp_tail", fields.CharField(null=True, max_length=4)),
                (
                    "state",
                    fields.CharEnumField(
                        default=catalog.models.SellerState.APPLIED,
                        description="APPLIED: APPLIED\nAPPROVED: APPROVED\nREFUSED: REFUSED\nSUSPENDED: SUSPENDED\nBLOCKED: BLOCKED",
                        enum_type=catalog.models.SellerState,
                        max_length=10,
                    ),
                ),
                ("state_reason", fields.CharField(null=True, max_length=300)),
                ("address", fields.CharField(default="", max_length=300)),
                ("region_code", fields.CharField(db_index=True, max_length=13)),
                ("lat", fields.FloatField()),
                ("lon", fields.FloatField()),
                ("time_zone", fields.CharField(default="Asia/Jakarta", max_length=40)),
                ("service_radius_m", fields.IntField(default=7000)),
                ("opening_hours", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("holidays", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("paused_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("takes_cash", fields.BooleanField(default=True)),
                ("takes_online", fields.BooleanField(default=True)),
                ("allows_pickup", fields.BooleanField(default=True)),
                ("auto_accept", fields.BooleanField(default=False)),
                ("packing_fee", fields.BigIntField(default=0)),
                ("minimum_order", fields.BigIntField(default=0)),
            ],
            options={
                "table": "seller",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "external_id"),),
                "pk_attr": "id",
                "table_description": "An UMKM that sells, in the book of its host co-op.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Listing",
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
                    "seller",
                    fields.ForeignKeyField(
                        "lumbung.Seller",
                        source_field="seller_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="listings",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("external_id", fields.CharField(null=True, max_length=80)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="GOODS: GOODS\nFOOD: FOOD\nSERVICE: SERVICE\nLOGISTICS: LOGISTICS",
                        enum_type=catalog.models.ListingKind,
                        max_length=10,
                    ),
                ),
                ("category_code", fields.CharField(db_index=True, max_length=40)),
                ("section", fields.CharField(default="", max_length=80)),
                ("title", fields.CharField(max_length=160)),
                ("description", fields.CharField(default="", max_length=4000)),
                (
                    "state",
                    fields.CharEnumField(
                        default=catalog.models.ListingState.DRAFT,
                        description="DRAFT: DRAFT\nPUBLISHED: PUBLISHED\nUNPUBLISHED: UNPUBLISHED\nSUSPENDED: SUSPENDED",
                        enum_type=catalog.models.ListingState,
                        max_length=12,
                    ),
                ),
                ("price_from", fields.BigIntField(default=0)),
                ("price_to", fields.BigIntField(default=0)),
                ("cover_hash", fields.CharField(null=True, max_length=64)),
                ("sold_out_on", fields.DateField(null=True)),
                ("preparation_minutes", fields.IntField(null=True)),
                ("halal_number", fields.CharField(null=True, max_length=40)),
                ("halal_until", fields.DateField(null=True)),
                ("pirt_number", fields.CharField(null=True, max_length=30)),
                ("allergens", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("by_quote", fields.BooleanField(default=False)),
                ("session_minutes", fields.IntField(null=True)),
                ("per_km", fields.BigIntField(null=True)),
                ("capacity_g", fields.IntField(null=True)),
                ("area_codes", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
            ],
            options={
                "table": "listing",
                "app": "lumbung",
                "unique_together": (("seller_id", "external_id"),),
                "pk_attr": "id",
                "table_description": "What a seller offers. Prices' range and the cover are kept here so that a page of listings is one read.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Image",
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
                    "listing",
                    fields.ForeignKeyField(
                        "lumbung.Listing",
                        source_field="listing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="images",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("hash", fields.CharField(max_length=64)),
                ("width", fields.IntField()),
                ("height", fields.IntField()),
                ("description", fields.CharField(default="", max_length=200)),
                ("position", fields.IntField(default=0)),
            ],
            options={
                "table": "image",
                "app": "lumbung",
                "unique_together": (("listing_id", "hash"),),
                "pk_attr": "id",
                "table_description": "A picture of a listing. The files stand in the node's folder under the hash of what was kept.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ListingReport",
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
                    "listing",
                    fields.ForeignKeyField(
                        "lumbung.Listing",
                        source_field="listing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="reports",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reporter_id", fields.UUIDField()),
                (
                    "reason",
                    fields.CharEnumField(
                        description="FORBIDDEN_GOODS: FORBIDDEN_GOODS\nCOUNTERFEIT: COUNTERFEIT\nUNSAFE_FOOD: UNSAFE_FOOD\nFALSE_HALAL: FALSE_HALAL\nWRONG_PRICE: WRONG_PRICE\nMISLEADING: MISLEADING\nOFFENSIVE: OFFENSIVE\nOTHER: OTHER",
                        enum_type=catalog.models.ReportReason,
                        max_length=20,
                    ),
                ),
                ("text", fields.CharField(default="", max_length=1000)),
            ],
            options={
                "table": "listing_report",
                "app": "lumbung",
                "unique_together": (("listing_id", "reporter_id"),),
                "pk_attr": "id",
                "table_description": "A person says that a listing should not stand as it does. One a person and listing.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ListingSuspension",
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
                    "listing",
                    fields.ForeignKeyField(
                        "lumbung.Listing",
                        source_field="listing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="suspensions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("reason", fields.CharField(max_length=500)),
                ("suspended_by", fields.UUIDField(null=True)),
                ("appeal", fields.CharField(null=True, max_length=1000)),
                ("appealed_by", fields.UUIDField(null=True)),
                ("appealed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("answer", fields.CharField(null=True, max_length=500)),
                ("answered_by", fields.UUIDField(null=True)),
                ("answered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("lifted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "listing_suspension",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "The operator took a listing off, with the reason; the seller may appeal once; the operator answers.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OptionGroup",
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
                    "listing",
                    fields.ForeignKeyField(
                        "lumbung.Listing",
                        source_field="listing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="option_groups",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("least", fields.IntField(default=0)),
                ("most", fields.IntField(default=1)),
                ("position", fields.IntField(default=0)),
                ("is_offered", fields.BooleanField(default=True)),
            ],
            options={
                "table": "option_group",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A choice that comes with a listing: `least` to `most` of its options.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Option",
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
                    "group",
                    fields.ForeignKeyField(
                        "lumbung.OptionGroup",
                        source_field="group_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="options",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
                ("price_delta", fields.BigIntField(default=0)),
                ("is_available", fields.BooleanField(default=True)),
                ("position", fields.IntField(default=0)),
            ],
            options={
                "table": "option",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One of a group's options; its price is added to the variant's.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ServiceSlot",
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
                    "listing",
                    fields.ForeignKeyField(
                        "lumbung.Listing",
                        source_field="listing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="slots",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sub_order_id", fields.UUIDField(null=True, unique=True)),
            ],
            options={
                "table": "service_slot",
                "app": "lumbung",
                "unique_together": (("listing_id", "starts_at"),),
                "pk_attr": "id",
                "table_description": "A time at which a service can be had. One sub-order at most can stand in it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Session",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "method",
                    fields.CharEnumField(
                        description="CODE: CODE\nPASSWORD: PASSWORD",
                        enum_type=marketplace.identity.models.SignInMethod,
                        max_length=10,
                    ),
                ),
                ("user_agent", fields.CharField(default="", max_length=200)),
                ("address", fields.CharField(default="", max_length=45)),
                ("expires_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("end_reason", fields.CharField(null=True, max_length=30)),
            ],
            options={
                "table": "session",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One sign-in on one device: a family of refresh tokens that lives and dies as one.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RefreshToken",
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
                    "session",
                    fields.ForeignKeyField(
                        "lumbung.Session",
                        source_field="session_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="refresh_tokens",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "refresh_token",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One refresh token of a session; it is good once. Only its hash is kept.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SettlementWindow",
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
                    "group",
                    fields.ForeignKeyField(
                        "lumbung.ClearingGroup",
                        source_field="group_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="windows",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.IntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.settlements.models.WindowState.OPEN,
                        description="OPEN: OPEN\nCLOSING: CLOSING\nCLOSED: CLOSED\nPENDING_SETTLEMENT: PENDING_SETTLEMENT\nSETTLED: SETTLED\nABORTED: ABORTED\nFAILED: FAILED",
                        enum_type=cooperatives.settlements.models.WindowState,
                        max_length=20,
                    ),
                ),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_by", fields.UUIDField(null=True)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
                ("version", fields.IntField(default=0)),
            ],
            options={
                "table": "settlement_window",
                "app": "lumbung",
                "unique_together": (("group_id", "number"),),
                "indexes": [Index(fields=["group_id", "state"])],
                "pk_attr": "id",
                "table_description": "A period in which a group's obligations gather, are netted and paid.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Obligation",
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
                    "window",
                    fields.ForeignKeyField(
                        "lumbung.SettlementWindow",
                        source_field="window_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="obligations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("debtor_id", fields.UUIDField()),
                ("creditor_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField(db_index=True)),
                ("note", fields.CharField(null=True, max_length=200)),
                ("unwound_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "settlement_obligation",
                "app": "lumbung",
                "indexes": [Index(fields=["window_id", "debtor_id"]), Index(fields=["window_id", "creditor_id"])],
                "pk_attr": "id",
                "table_description": "One co-op owes another, because of something that happened.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SettlementPayment",
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
                    "window",
                    fields.ForeignKeyField(
                        "lumbung.SettlementWindow",
                        source_field="window_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="payments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("payer_id", fields.UUIDField(db_index=True)),
                ("payee_id", fields.UUIDField(db_index=True)),
                ("amount", fields.BigIntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.settlements.models.PaymentState.PLANNED,
                        description="PLANNED: PLANNED\nAPPROVED: APPROVED\nPAID: PAID\nCONFIRMED: CONFIRMED\nVOID: VOID",
                        enum_type=cooperatives.settlements.models.PaymentState,
                        max_length=10,
                    ),
                ),
                ("payer_approved_by", fields.UUIDField(null=True)),
                ("payee_approved_by", fields.UUIDField(null=True)),
                ("bank_reference", fields.CharField(null=True, max_length=60)),
                ("paid_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("paid_by", fields.UUIDField(null=True)),
                ("confirmed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("confirmed_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "settlement_payment",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One payment of a window's plan, from approval by both treasurers to the receiver's word.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Shift",
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
                    "driver",
                    fields.ForeignKeyField(
                        "lumbung.Driver",
                        source_field="driver_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="shifts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.models.ShiftState.ACTIVE,
                        description="ACTIVE: ACTIVE\nPAUSED: PAUSED\nENDED: ENDED",
                        enum_type=marketplace.deliveries.models.ShiftState,
                        max_length=8,
                    ),
                ),
                ("lat", fields.FloatField()),
                ("lon", fields.FloatField()),
                ("placed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("paused_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("paused_s", fields.IntField(default=0)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "shift",
                "app": "lumbung",
                "indexes": [Index(fields=["driver_id", "state"])],
                "pk_attr": "id",
                "table_description": "A stretch of time in which a driver stands ready. His place is coarse: about a hundred metres.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SignInAttempt",
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
                ("phone", fields.CharField(db_index=True, max_length=16)),
                ("address", fields.CharField(default="", db_index=True, max_length=45)),
            ],
            options={
                "table": "sign_in_attempt",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A try to sign in that has not succeeded: too many of them close the door for a while.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SubOrder",
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
                    "order",
                    fields.ForeignKeyField(
                        "lumbung.Order",
                        source_field="order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sub_orders",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.CharField(unique=True, max_length=24)),
                ("buyer_id", fields.UUIDField(db_index=True)),
                ("seller_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.orders.lifecycle.SubOrderState.PLACED,
                        description="PLACED: PLACED\nPAID: PAID\nCASH_AGREED: CASH_AGREED\nACCEPTED: ACCEPTED\nPREPARING: PREPARING\nREADY: READY\nIN_SERVICE: IN_SERVICE\nCOLLECTED: COLLECTED\nDELIVERED: DELIVERED\nCLOSED: CLOSED\nRETURNED: RETURNED\nCANCELLED: CANCELLED\nDECLINED: DECLINED\nEXPIRED: EXPIRED\nDISPUTED: DISPUTED\nRESOLVED: RESOLVED",
                        enum_type=marketplace.orders.lifecycle.SubOrderState,
                        max_length=12,
                    ),
                ),
                (
                    "fulfilment",
                    fields.CharEnumField(
                        description="DELIVERY: DELIVERY\nPICKUP: PICKUP\nSERVICE: SERVICE",
                        enum_type=marketplace.orders.lifecycle.Fulfilment,
                        max_length=10,
                    ),
                ),
                (
                    "payment_method",
                    fields.CharEnumField(
                        null=True,
                        description="CASH: CASH\nONLINE: ONLINE",
                        enum_type=marketplace.orders.models.PaymentMethod,
                        max_length=8,
                    ),
                ),
                ("goods", fields.BigIntField()),
                ("packing", fields.BigIntField(default=0)),
                ("delivery", fields.BigIntField(default=0)),
                ("tip", fields.BigIntField(default=0)),
                ("total", fields.BigIntField()),
                ("weight_g", fields.IntField(default=0)),
                ("delivery_distance_m", fields.IntField(default=0)),
                ("delivery_lines", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("commission_bp", fields.IntField()),
                ("carrier_id", fields.UUIDField(null=True, db_index=True)),
                ("driver_account_id", fields.UUIDField(null=True)),
                ("carrier_share_bp", fields.IntField(null=True)),
                ("carrier_cut_bp", fields.IntField(null=True)),
                ("pickup_lat", fields.FloatField()),
                ("pickup_lon", fields.FloatField()),
                ("drop_lat", fields.FloatField(null=True)),
                ("drop_lon", fields.FloatField(null=True)),
                ("drop_name", fields.CharField(default="", max_length=120)),
                ("drop_phone", fields.CharField(default="", max_length=16)),
                ("drop_text", fields.CharField(default="", max_length=700)),
                ("pickup_pin", fields.CharField(max_length=6)),
                ("dropoff_pin", fields.CharField(max_length=6)),
                ("note", fields.CharField(default="", max_length=300)),
                ("preparation_minutes", fields.IntField(default=0)),
                ("ready_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("promised_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("delivered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("due_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("unserved_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("booking_id", fields.UUIDField(null=True)),
                ("proposal", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("auto_accepts", fields.BooleanField(default=False)),
                ("is_perishable", fields.BooleanField(default=False)),
                (
                    "liable",
                    fields.CharEnumField(
                        null=True,
                        description="NOBODY: NOBODY\nBUYER: BUYER\nSELLER: SELLER\nCARRIER: CARRIER\nNETWORK: NETWORK",
                        enum_type=marketplace.orders.refunds.LiableParty,
                        max_length=8,
                    ),
                ),
                ("keeps_goods", fields.BooleanField(default=False)),
                ("keeps_delivery", fields.BooleanField(default=False)),
                ("refunded", fields.BigIntField(default=0)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "sub_order",
                "app": "lumbung",
                "indexes": [Index(fields=["seller_id", "state"]), Index(fields=["state", "due_at"])],
                "pk_attr": "id",
                "table_description": "One seller's part of an order, with its own life, escrow and split.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="OrderLine",
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
                    "sub_order",
                    fields.ForeignKeyField(
                        "lumbung.SubOrder",
                        source_field="sub_order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("listing_id", fields.UUIDField(db_index=True)),
                ("variant_id", fields.UUIDField()),
                ("title", fields.CharField(max_length=200)),
                ("quantity", fields.IntField()),
                ("unit_price", fields.BigIntField()),
                ("total", fields.BigIntField()),
                ("options", fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("note", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "order_line",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A line as it was sold: names and prices as they stood.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="StateChange",
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
                    "sub_order",
                    fields.ForeignKeyField(
                        "lumbung.SubOrder",
                        source_field="sub_order_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="changes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "event",
                    fields.CharEnumField(
                        null=True,
                        description="PAY_ONLINE: PAY_ONLINE\nAGREE_CASH: AGREE_CASH\nACCEPT: ACCEPT\nDECLINE: DECLINE\nSTART_PREPARING: START_PREPARING\nMARK_READY: MARK_READY\nSTART_SERVICE: START_SERVICE\nCOLLECT: COLLECT\nDELIVER: DELIVER\nHAND_OVER: HAND_OVER\nFINISH_SERVICE: FINISH_SERVICE\nRETURN: RETURN\nCANCEL: CANCEL\nEXPIRE: EXPIRE\nDISPUTE: DISPUTE\nRESOLVE: RESOLVE\nCLOSE: CLOSE",
                        enum_type=marketplace.orders.lifecycle.SubOrderEvent,
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="PLACED: PLACED\nPAID: PAID\nCASH_AGREED: CASH_AGREED\nACCEPTED: ACCEPTED\nPREPARING: PREPARING\nREADY: READY\nIN_SERVICE: IN_SERVICE\nCOLLECTED: COLLECTED\nDELIVERED: DELIVERED\nCLOSED: CLOSED\nRETURNED: RETURNED\nCANCELLED: CANCELLED\nDECLINED: DECLINED\nEXPIRED: EXPIRED\nDISPUTED: DISPUTED\nRESOLVED: RESOLVED",
                        enum_type=marketplace.orders.lifecycle.SubOrderState,
                        max_length=12,
                    ),
                ),
                ("version", fields.IntField()),
                ("by", fields.UUIDField(null=True)),
                (
                    "side",
                    fields.CharEnumField(
                        description="BUYER: BUYER\nSELLER: SELLER\nOFFICER: OFFICER\nDRIVER: DRIVER\nSYSTEM: SYSTEM",
                        enum_type=marketplace.orders.lifecycle.Side,
                        max_length=8,
                    ),
                ),
                ("reason", fields.CharField(default="", max_length=300)),
            ],
            options={
                "table": "state_change",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One step of a sub-order's life: never changed.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Tariff",
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
                ("since", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("base_fare", fields.BigIntField()),
                ("base_distance_m", fields.IntField()),
                ("per_km", fields.BigIntField()),
                ("included_weight_g", fields.IntField()),
                ("per_kg", fields.BigIntField()),
                ("max_distance_m", fields.IntField()),
                ("detour_bp", fields.IntField()),
                ("set_by", fields.UUIDField()),
            ],
            options={
                "table": "tariff",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A co-op's price of carrying, from `since` until the next version.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="TimetableEntry",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=80)),
                ("next_at", fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False)),
                ("claimed_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("claim_number", fields.IntField(default=0)),
                ("last_run_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("error", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "timetable_entry",
                "app": "lumbung",
                "pk_attr": "name",
                "table_description": "When a sweep of the timetable runs next, and which process runs it now.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Transfer",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid.uuid4, unique=True, db_index=True)),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField()),
                (
                    "debit_account",
                    fields.ForeignKeyField(
                        "lumbung.LedgerAccount",
                        source_field="debit_account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="debits",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "credit_account",
                    fields.ForeignKeyField(
                        "lumbung.LedgerAccount",
                        source_field="credit_account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="credits",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("amount", fields.BigIntField()),
                ("kind", fields.CharField(max_length=40)),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField(db_index=True)),
                ("ordinal", fields.SmallIntField()),
                (
                    "phase",
                    fields.CharEnumField(
                        default=cooperatives.ledger.accounts.Phase.SINGLE,
                        description="SINGLE: SINGLE\nPENDING: PENDING\nPOST: POST\nVOID: VOID\nEXPIRE: EXPIRE",
                        enum_type=cooperatives.ledger.accounts.Phase,
                        max_length=8,
                    ),
                ),
                ("pending_id", fields.UUIDField(null=True, unique=True)),
                ("expires_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "ledger_transfer",
                "app": "lumbung",
                "indexes": [
                    Index(fields=["cooperative_id", "created_at"]),
                    Index(fields=["debit_account_id", "created_at"]),
                    Index(fields=["credit_account_id", "created_at"]),
                ],
                "pk_attr": "id",
                "table_description": "One debit and one credit. Never changed, never removed; mended by further transfers.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Unsealed",
            fields=[
                ("transfer_id", fields.UUIDField(primary_key=True, default=uuid.uuid4, unique=True, db_index=True)),
                ("cooperative_id", fields.UUIDField()),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "ledger_unsealed",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "created_at"])],
                "pk_attr": "transfer_id",
                "table_description": "A transfer that the chain does not hold yet; written by a trigger, taken away by the sealer.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Variant",
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
                    "listing",
                    fields.ForeignKeyField(
                        "lumbung.Listing",
                        source_field="listing_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="variants",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(default="", max_length=80)),
                (
                    "unit",
                    fields.CharEnumField(
                        default=catalog.models.Unit.PIECE,
                        description="PIECE: PIECE\nPORTION: PORTION\nPACK: PACK\nBOX: BOX\nBUNCH: BUNCH\nSACK: SACK\nBOTTLE: BOTTLE\nTRAY: TRAY\nGRAM: GRAM\nHUNDRED_GRAMS: HUNDRED_GRAMS\nKILOGRAM: KILOGRAM\nLITRE: LITRE\nMETRE: METRE\nHOUR: HOUR\nDAY: DAY\nSESSION: SESSION\nTRIP: TRIP",
                        enum_type=catalog.models.Unit,
                        max_length=16,
                    ),
                ),
                ("price", fields.BigIntField()),
                ("weight_g", fields.IntField(null=True)),
                ("on_hand", fields.IntField(null=True)),
                ("reserved", fields.IntField(default=0)),
                ("position", fields.IntField(default=0)),
                ("is_offered", fields.BooleanField(default=True)),
            ],
            options={
                "table": "variant",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "One thing that can be bought. `on_hand` None: stock isn't counted; else reserved ≤ on hand, always.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PriceChange",
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
                    "variant",
                    fields.ForeignKeyField(
                        "lumbung.Variant",
                        source_field="variant_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="price_changes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("old_price", fields.BigIntField()),
                ("new_price", fields.BigIntField()),
                ("changed_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "price_change",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A variant's price before and after, and who changed it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="StockReservation",
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
                ("sub_order_id", fields.UUIDField()),
                (
                    "variant",
                    fields.ForeignKeyField(
                        "lumbung.Variant",
                        source_field="variant_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="reservations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("quantity", fields.IntField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=catalog.models.ReservationState.HELD,
                        description="HELD: HELD\nCOMMITTED: COMMITTED\nRELEASED: RELEASED",
                        enum_type=catalog.models.ReservationState,
                        max_length=10,
                    ),
                ),
            ],
            options={
                "table": "stock_reservation",
                "app": "lumbung",
                "unique_together": (("sub_order_id", "variant_id"),),
                "pk_attr": "id",
                "table_description": "What a sub-order holds of a variant whose stock is counted.",
            },
            bases=["Row"],
        ),
    ]
