"""Rows of a courier's work: what devices sent, what proves a hand-over, what was said, and what went wrong."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from marketplace.database import Row
from marketplace.deliveries.courier.day import EventKind, EventOutcome
from marketplace.deliveries.models import Driver


class CourierDevice(Row):
    """A device of a driver that sends events, each with the next number; its row's lock puts them in a queue."""

    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="devices", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    name = fields.CharField(max_length=64)  # as the device names itself
    awaited = fields.IntField(default=1)  # the sequence that is carried out next
    skew_s = fields.IntField(default=0)  # by how much its clock was behind the node's when it sent last
    seen_at: datetime = fields.DatetimeField()

    class Meta:
        table = "courier_device"
        unique_together = (("driver_id", "name"),)


class CourierEvent(Row):
    """What a device says that its driver did: kept as it came, carried out once, in its sequence."""

    device: fields.ForeignKeyRelation[CourierDevice] = fields.ForeignKeyField(
        "lumbung.CourierDevice", related_name="events", on_delete=fields.RESTRICT
    )
    device_id: UUID
    sequence = fields.IntField()
    name = fields.CharField(max_length=64)  # the device's own id of it
    kind = fields.CharEnumField(EventKind, max_length=20)
    job_id = fields.UUIDField(null=True, db_index=True)
    content: dict[str, Any] = fields.JSONField(default=dict)
    digest = fields.CharField(max_length=64)
    device_at: datetime = fields.DatetimeField()  # by the device's clock; `created_at` is by the node's
    is_time_doubted = fields.BooleanField(default=False)
    outcome = fields.CharEnumField(EventOutcome, max_length=10, default=EventOutcome.WAITING)
    code = fields.CharField(max_length=40, null=True)
    reasons: Any = fields.JSONField(null=True)  # why it was not carried out, by language
    tries = fields.IntField(default=0)  # that ended in an error which is nobody's fault
    applied_at = fields.DatetimeField(null=True)

    class Meta:
        table = "courier_event"
        unique_together = (("device_id", "sequence"), ("device_id", "name"))


class ProofKind(StrEnum):
    """What shows that goods changed hands, or why they did not."""

    PHOTO = "PHOTO"
    SIGNATURE = "SIGNATURE"
    PARCEL_CODE = "PARCEL_CODE"


class ProofMoment(StrEnum):
    """At which moment of a job a proof was taken."""

    PICKUP = "PICKUP"
    DROP_OFF = "DROP_OFF"
    FAILURE = "FAILURE"
    RETURN = "RETURN"


class Proof(Row):
    """A photo, a signature, or a code read from a parcel. A photo's file stands in the node's folder by its hash."""

    job_id: UUID = fields.UUIDField()
    drop_id = fields.UUIDField(null=True)
    kind = fields.CharEnumField(ProofKind, max_length=12)
    moment = fields.CharEnumField(ProofMoment, max_length=10)
    by_id = fields.UUIDField()  # the account that took it
    name = fields.CharField(max_length=64)  # the device's own id of it
    hash = fields.CharField(max_length=64, default="")
    width = fields.IntField(default=0)
    height = fields.IntField(default=0)
    text = fields.TextField(default="")  # a signature's path, or the code
    taken_at = fields.DatetimeField(null=True)  # by the device's clock
    lat = fields.FloatField(null=True)
    lon = fields.FloatField(null=True)
    erased_at = fields.DatetimeField(null=True)

    class Meta:
        table = "delivery_proof"
        unique_together = (("job_id", "name"),)


class SufficientProof(StrEnum):
    """What a co-op lets stand in for a receiver's PIN."""

    NOTHING = "NOTHING"  # the PIN, always
    PHOTO = "PHOTO"
    SIGNATURE = "SIGNATURE"
    PHOTO_AND_SIGNATURE = "PHOTO_AND_SIGNATURE"
    PARCEL_CODE_AND_PHOTO = "PARCEL_CODE_AND_PHOTO"


class CarryingRules(Row):
    """How a co-op's own jobs are carried. `id` is the co-op's; one without a row has the defaults."""

    proof = fields.CharEnumField(SufficientProof, max_length=24)
    is_for_all = fields.BooleanField()  # also where the receiver has an account, and so a PIN of his own
    attempts = fields.IntField()  # at one drop, the first included
    retry_share_bp = fields.IntField()  # of the drop's price, to who comes again for a buyer who was not there
    calls = fields.IntField()  # tries to reach the receiver before he counts as not there
    set_by = fields.UUIDField()
    set_at: datetime = fields.DatetimeField()

    class Meta:
        table = "carrying_rules"


class MessageSide(StrEnum):
    """Who speaks in the talk about a job."""

    DRIVER = "DRIVER"
    RECEIVER = "RECEIVER"
    SHOP = "SHOP"
    DISPATCHER = "DISPATCHER"


class JobMessage(Row):
    """Something said about a job: with its shop (no drop), or with the receiver at one drop."""

    job_id: UUID = fields.UUIDField()
    drop_id = fields.UUIDField(null=True)
    by_id = fields.UUIDField()
    side = fields.CharEnumField(MessageSide, max_length=10)
    phrase = fields.CharField(max_length=40, null=True)
    text = fields.CharField(max_length=300, default="")
    said_at = fields.DatetimeField(null=True)  # by the device's clock, where it was said without a network

    class Meta:
        table = "job_message"
        indexes = (Index(fields=["job_id", "id"]),)


class AttemptWay(StrEnum):
    """How someone tried to reach another."""

    BRIDGED = "BRIDGED"  # by the node: it knows that the call was put through
    OWN_PHONE = "OWN_PHONE"  # by the driver's word


class ContactAttempt(Row):
    """A try to reach a party to a job by phone: evidence when nobody answers. The intent is committed first."""

    job_id: UUID = fields.UUIDField()
    drop_id = fields.UUIDField(null=True)  # None: between the driver and the shop
    by_id = fields.UUIDField()
    side = fields.CharEnumField(MessageSide, max_length=10)
    way = fields.CharEnumField(AttemptWay, max_length=10)
    number = fields.CharField(max_length=16, default="")  # to dial: never the other's own
    is_simulated = fields.BooleanField(default=False)
    failure = fields.CharField(max_length=120, null=True)
    bridged_at = fields.DatetimeField(null=True)
    tried_at = fields.DatetimeField(null=True)  # by the device's clock

    class Meta:
        table = "contact_attempt"
        indexes = (Index(fields=["job_id", "id"]),)


class IncidentKind(StrEnum):
    """What stops a driver on his way."""

    FLAT_TYRE = "FLAT_TYRE"
    BREAKDOWN = "BREAKDOWN"
    ACCIDENT = "ACCIDENT"
    SHOP_CLOSED = "SHOP_CLOSED"
    GOODS_NOT_READY = "GOODS_NOT_READY"
    GOODS_DAMAGED = "GOODS_DAMAGED"
    UNSAFE_PLACE = "UNSAFE_PLACE"
    ROAD_BLOCKED = "ROAD_BLOCKED"
    ILLNESS = "ILLNESS"
    OTHER = "OTHER"


class Remedy(StrEnum):
    """What is done about an incident."""

    WAIT = "WAIT"
    REASSIGN = "REASSIGN"
    HAND_OVER = "HAND_OVER"
    TURN_BACK = "TURN_BACK"
    CANCEL = "CANCEL"


class Incident(Row):
    """Something that went wrong on a job, and what was done about it."""

    job_id: UUID = fields.UUIDField(db_index=True)
    driver_id: UUID = fields.UUIDField()
    cooperative_id: UUID = fields.UUIDField()  # of the driver
    kind = fields.CharEnumField(IncidentKind, max_length=16)
    text = fields.CharField(max_length=300, default="")
    lat = fields.FloatField(null=True)
    lon = fields.FloatField(null=True)
    happened_at = fields.DatetimeField(null=True)  # by the device's clock
    remedy: Any = fields.CharEnumField(Remedy, max_length=10, null=True)  # a Remedy, once one was accepted
    decided_by = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "delivery_incident"
        indexes = (Index(fields=["cooperative_id", "id"]),)


class SosState(StrEnum):
    """Where a call for help stands."""

    RAISED = "RAISED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    CLOSED = "CLOSED"


class SosAlert(Row):
    """A driver calls for help. His place is kept fine while it lasts, and coarse afterwards."""

    driver_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField()
    cooperative_id: UUID = fields.UUIDField()
    job_id = fields.UUIDField(null=True)
    state = fields.CharEnumField(SosState, max_length=12, default=SosState.RAISED)
    text = fields.CharField(max_length=300, default="")
    lat = fields.FloatField()
    lon = fields.FloatField()
    placed_at: datetime = fields.DatetimeField()
    acknowledged_by = fields.UUIDField(null=True)
    acknowledged_at = fields.DatetimeField(null=True)
    closed_by = fields.UUIDField(null=True)
    closed_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "sos_alert"
        indexes = (Index(fields=["cooperative_id", "id"]), Index(fields=["driver_id", "state"]))


class TipState(StrEnum):
    """Where a tip stands."""

    WAITING = "WAITING"  # for its payment
    GIVEN = "GIVEN"
    FAILED = "FAILED"


class DriverTip(Row):
    """What a receiver gives his driver afterwards, all of it his."""

    job_id: UUID = fields.UUIDField(db_index=True)
    sub_order_id: UUID = fields.UUIDField()
    giver_id: UUID = fields.UUIDField()
    driver_id: UUID = fields.UUIDField()
    amount = fields.BigIntField()
    is_cash = fields.BooleanField()
    state = fields.CharEnumField(TipState, max_length=8)
    payment_id = fields.UUIDField(null=True, unique=True)
    given_at = fields.DatetimeField(null=True)

    class Meta:
        table = "driver_tip"
