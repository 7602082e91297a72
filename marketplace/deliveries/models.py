"""Rows of deliveries: drivers, shifts, jobs with their drops, what happened to them, and custody."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from cooperatives.membership.models import Cooperative
from marketplace.database import Row
from marketplace.deliveries.lifecycle import DropState, FailureCode, JobEvent, JobState
from marketplace.identity.models import Account


class VehicleKind(StrEnum):
    """What a driver rides."""

    BICYCLE = "BICYCLE"
    MOTORCYCLE = "MOTORCYCLE"
    TRICYCLE = "TRICYCLE"  # becak motor, roda tiga
    CAR = "CAR"
    VAN = "VAN"
    TRUCK = "TRUCK"


class DriverState(StrEnum):
    """Whether a driver may carry."""

    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    SUSPENDED = "SUSPENDED"


class Driver(Row):
    """A person who carries for one co-op, with his vehicle and his limits."""

    account: fields.OneToOneRelation[Account] = fields.OneToOneField(
        "lumbung.Account", related_name="driver", on_delete=fields.RESTRICT
    )
    account_id: UUID
    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="drivers", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    state = fields.CharEnumField(DriverState, max_length=10, default=DriverState.APPLIED)
    name = fields.CharField(max_length=120)
    vehicle = fields.CharEnumField(VehicleKind, max_length=12)
    plate = fields.CharField(max_length=16, default="")
    capacity_g = fields.IntField()
    licence_expires_on: date | None = fields.DateField(null=True)  # SIM; none for a bicycle
    insurance_expires_on: date | None = fields.DateField(null=True)
    cash_limit = fields.BigIntField()
    job_limit = fields.IntField(default=1)
    decided_by = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "driver"


class ShiftState(StrEnum):
    """Whether a driver on shift takes jobs now."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    ENDED = "ENDED"


class Shift(Row):
    """A stretch of time in which a driver stands ready. His place is coarse: about a hundred metres."""

    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="shifts", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    state = fields.CharEnumField(ShiftState, max_length=8, default=ShiftState.ACTIVE)
    lat = fields.FloatField()
    lon = fields.FloatField()
    placed_at: datetime = fields.DatetimeField()
    paused_at = fields.DatetimeField(null=True)
    paused_s = fields.IntField(default=0)  # hours that count for nothing in his earnings an hour
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "shift"
        indexes = (("driver_id", "state"),)


class FarePayer(StrEnum):
    """How a delivery that was booked alone is paid by its seller."""

    ORDER = "ORDER"  # within the order it carries
    CASH_AT_PICKUP = "CASH_AT_PICKUP"
    SELLER_PAYABLE = "SELLER_PAYABLE"  # set off against what the co-op owes the seller


class DeliveryJob(Row):
    """Goods carried from one pickup to one or several drops, at one price, by at most one driver at a time.

    `cooperative_id` is the seller's co-op, whose tariff priced it; `carrier_id` the holder's.
    """

    sub_order_id = fields.UUIDField(null=True, unique=True)
    seller_id: UUID = fields.UUIDField(db_index=True)
    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="jobs", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    booked_by = fields.UUIDField(null=True)
    fare_payer = fields.CharEnumField(FarePayer, max_length=14, default=FarePayer.ORDER)
    carrier_id = fields.UUIDField(null=True, db_index=True)
    driver: fields.ForeignKeyNullableRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="jobs", on_delete=fields.RESTRICT, null=True
    )
    driver_id: UUID | None
    driver_account_id = fields.UUIDField(null=True)
    state = fields.CharEnumField(JobState, max_length=10, default=JobState.OPEN)
    price = fields.BigIntField()
    cash_to_collect = fields.BigIntField(default=0)
    distance_m = fields.IntField()
    weight_g = fields.IntField(default=0)
    vehicle = fields.CharEnumField(VehicleKind, max_length=12, null=True)  # that was asked for; none: any
    legs_left: int | None = fields.IntField(null=True)  # of a relay, after the present leg; none: no relay
    hub_id: UUID | None = fields.UUIDField(null=True)  # where the goods stand
    pickup_name = fields.CharField(max_length=160)
    pickup_address = fields.CharField(max_length=700)
    pickup_lat = fields.FloatField()
    pickup_lon = fields.FloatField()
    pickup_pin = fields.CharField(max_length=6)
    return_pin = fields.CharField(max_length=6)
    wrong_pins = fields.IntField(default=0)
    ready_at = fields.DatetimeField(null=True)
    open_until: datetime = fields.DatetimeField()
    assigned_at = fields.DatetimeField(null=True)
    picked_up_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "delivery_job"
        indexes = (
            ("state", "cooperative_id"),
            ("driver_id", "state"),
            ("state", "open_until"),
            ("carrier_id", "assigned_at"),
            ("hub_id",),
        )


class Drop(Row):
    """One place where a job's goods are handed over."""

    job: fields.ForeignKeyRelation[DeliveryJob] = fields.ForeignKeyField(
        "lumbung.DeliveryJob", related_name="drops", on_delete=fields.RESTRICT
    )
    job_id: UUID
    position = fields.IntField()  # 0, 1, … in the order of the route
    state = fields.CharEnumField(DropState, max_length=10, default=DropState.WAITING)
    receiver_id = fields.UUIDField(null=True)  # the buyer's account, where there is one
    receiver_name = fields.CharField(max_length=120)
    receiver_phone = fields.CharField(max_length=16, default="")
    address = fields.CharField(max_length=700)
    note = fields.CharField(max_length=300, default="")
    lat = fields.FloatField()
    lon = fields.FloatField()
    price = fields.BigIntField()
    cash_to_collect = fields.BigIntField(default=0)
    distance_m = fields.IntField()
    pin = fields.CharField(max_length=6)
    wrong_pins = fields.IntField(default=0)
    failure = fields.CharEnumField(FailureCode, max_length=14, null=True)
    failure_text = fields.CharField(max_length=300, null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "delivery_drop"
        unique_together = (("job_id", "position"),)


class JobStateChange(Row):
    """What happened to a job: only ever added."""

    job: fields.ForeignKeyRelation[DeliveryJob] = fields.ForeignKeyField(
        "lumbung.DeliveryJob", related_name="history", on_delete=fields.RESTRICT
    )
    job_id: UUID
    version = fields.IntField()
    event = fields.CharEnumField(JobEvent, max_length=20)
    state = fields.CharEnumField(JobState, max_length=10)
    drop_id = fields.UUIDField(null=True)
    by_id = fields.UUIDField(null=True)  # the account; none when the system did it
    holder_id = fields.UUIDField(null=True)  # the driver who holds the job from now on
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "job_state_change"
        unique_together = (("job_id", "version"),)


class HandOver(StrEnum):
    """Which hand-over of goods a receipt attests."""

    PICKUP = "PICKUP"
    DROP_OFF = "DROP_OFF"
    RETURN = "RETURN"
    PASSED = "PASSED"  # from one driver to another, on the road
    HUB_IN = "HUB_IN"  # from a driver to a hub
    HUB_OUT = "HUB_OUT"  # from a hub to a driver


class CustodyReceipt(Row):
    """The signed fact that a drop's goods passed from one hand to another. Each names the one before it."""

    job: fields.ForeignKeyRelation[DeliveryJob] = fields.ForeignKeyField(
        "lumbung.DeliveryJob", related_name="receipts", on_delete=fields.RESTRICT
    )
    job_id: UUID
    drop_id: UUID = fields.UUIDField()
    position = fields.IntField()  # 0, 1, … within the drop's chain
    hand_over = fields.CharEnumField(HandOver, max_length=8)
    giver_id = fields.UUIDField()  # the seller's id, the driver's id, or the drop's id for its receiver
    taker_id = fields.UUIDField()
    cooperative_id = fields.UUIDField()  # of the driver: the co-op that answers for the goods he carries
    at: datetime = fields.DatetimeField()
    lat = fields.FloatField(null=True)
    lon = fields.FloatField(null=True)
    previous_hash = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)  # SHA-256 of what it says
    node_signature = fields.CharField(max_length=128, null=True)  # none: the hash is the node's HMAC

    class Meta:
        table = "custody_receipt"
        unique_together = (("drop_id", "position"),)


class HandOverState(StrEnum):
    """Where a hand-over from driver to driver stands."""

    OFFERED = "OFFERED"
    DONE = "DONE"
    WITHDRAWN = "WITHDRAWN"


class DriverHandOver(Row):
    """Goods on the road are to pass from one driver to another: a fact once the taker has told the giver's PIN."""

    job: fields.ForeignKeyRelation[DeliveryJob] = fields.ForeignKeyField(
        "lumbung.DeliveryJob", related_name="hand_overs", on_delete=fields.RESTRICT
    )
    job_id: UUID
    giver_id: UUID = fields.UUIDField()  # the driver who holds the goods
    taker_id: UUID = fields.UUIDField()  # the driver who is to take them
    taker_account_id = fields.UUIDField(db_index=True)
    giver_part = fields.BigIntField()  # rupiah of the ride that the taker owes the giver for his part of the way
    reason = fields.CharField(max_length=300)
    pin = fields.CharField(max_length=6)
    wrong_pins = fields.IntField(default=0)
    state = fields.CharEnumField(HandOverState, max_length=10, default=HandOverState.OFFERED)
    offered_by = fields.UUIDField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "driver_hand_over"
        indexes = (("job_id", "state"),)


class CashClearing(StrEnum):
    """How cash left a driver's hands."""

    HANDED_IN = "HANDED_IN"
    SET_OFF = "SET_OFF"  # against what the co-op owes him


class CashReceipt(Row):
    """Cash that a driver no longer owes his co-op, and who says so."""

    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="cash_receipts", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    clearing = fields.CharEnumField(CashClearing, max_length=10)
    amount = fields.BigIntField()
    by_id = fields.UUIDField()

    class Meta:
        table = "cash_receipt"


class CounterTries(Row):
    """Wrong PINs at the counter for one sub-order, whose id it bears."""

    wrong_pins = fields.IntField(default=0)

    class Meta:
        table = "counter_tries"
