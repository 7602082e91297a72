"""Rows of settlement: clearing groups, windows, obligations and the payments that clear them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from cooperatives.settlements.schedule import Rhythm
from marketplace.database import Row


class WindowState(StrEnum):
    """Where a window stands."""

    OPEN = "OPEN"
    CLOSING = "CLOSING"
    CLOSED = "CLOSED"
    PENDING_SETTLEMENT = "PENDING_SETTLEMENT"
    SETTLED = "SETTLED"
    ABORTED = "ABORTED"
    FAILED = "FAILED"


class PaymentState(StrEnum):
    """Where one payment of a plan stands."""

    PLANNED = "PLANNED"
    APPROVED = "APPROVED"
    PAID = "PAID"
    CONFIRMED = "CONFIRMED"
    VOID = "VOID"


class ClearingGroup(Row):
    """Co-ops that net their debts together. Its operator closes the windows; None: the node's operator."""

    code = fields.CharField(max_length=20, unique=True)
    name = fields.CharField(max_length=120)
    operator_id = fields.UUIDField(null=True)

    class Meta:
        table = "clearing_group"


class ClearingSchedule(Row):
    """When a group's windows close by themselves. Its operator may close one by hand at any time."""

    group: fields.OneToOneRelation[ClearingGroup] = fields.OneToOneField(
        "lumbung.ClearingGroup", related_name="schedule", on_delete=fields.RESTRICT
    )
    group_id: UUID
    rhythm = fields.CharEnumField(Rhythm, max_length=5)
    day = fields.IntField()  # WEEK: 0 Monday … 6; MONTH: 1 … 28; DAY: 0
    minute = fields.IntField()  # since midnight, where the group is
    time_zone = fields.CharField(max_length=40)
    next_at: datetime = fields.DatetimeField(db_index=True)
    set_by = fields.UUIDField()

    class Meta:
        table = "clearing_schedule"


class ClearingMembership(Row):
    """A co-op in a group. It may owe, net, at most `cap` and at most what its `cover` stands for."""

    group: fields.ForeignKeyRelation[ClearingGroup] = fields.ForeignKeyField(
        "lumbung.ClearingGroup", related_name="memberships", on_delete=fields.RESTRICT
    )
    group_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    cap = fields.BigIntField(null=True)
    cover = fields.BigIntField(null=True)

    class Meta:
        table = "clearing_membership"
        unique_together = (("group_id", "cooperative_id"),)


class SettlementWindow(Row):
    """A period in which a group's obligations gather, are netted and paid."""

    group: fields.ForeignKeyRelation[ClearingGroup] = fields.ForeignKeyField(
        "lumbung.ClearingGroup", related_name="windows", on_delete=fields.RESTRICT
    )
    group_id: UUID
    number = fields.IntField()
    state = fields.CharEnumField(WindowState, max_length=20, default=WindowState.OPEN)
    closed_at = fields.DatetimeField(null=True)
    closed_by = fields.UUIDField(null=True)
    settled_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)
    version = fields.IntField(default=0)

    class Meta:
        table = "settlement_window"
        unique_together = (("group_id", "number"),)
        indexes = (("group_id", "state"),)


class Obligation(Row):
    """One co-op owes another, because of something that happened."""

    window: fields.ForeignKeyRelation[SettlementWindow] = fields.ForeignKeyField(
        "lumbung.SettlementWindow", related_name="obligations", on_delete=fields.RESTRICT
    )
    window_id: UUID
    debtor_id = fields.UUIDField()
    creditor_id = fields.UUIDField()
    amount = fields.BigIntField()
    cause_kind = fields.CharField(max_length=60)
    cause_id = fields.UUIDField(db_index=True)
    note = fields.CharField(max_length=200, null=True)
    unwound_at = fields.DatetimeField(null=True)

    class Meta:
        table = "settlement_obligation"
        indexes = (("window_id", "debtor_id"), ("window_id", "creditor_id"))


class Reservation(Row):
    """What a co-op will owe another if all goes well; counts against its net debit cap until then."""

    group_id = fields.UUIDField()
    debtor_id = fields.UUIDField()
    creditor_id = fields.UUIDField()
    amount = fields.BigIntField()
    cause_kind = fields.CharField(max_length=60)
    cause_id = fields.UUIDField()

    class Meta:
        table = "settlement_reservation"
        indexes = (("group_id", "debtor_id"),)


class SettlementPayment(Row):
    """One payment of a window's plan, from approval by both treasurers to the receiver's word."""

    window: fields.ForeignKeyRelation[SettlementWindow] = fields.ForeignKeyField(
        "lumbung.SettlementWindow", related_name="payments", on_delete=fields.RESTRICT
    )
    window_id: UUID
    payer_id = fields.UUIDField(db_index=True)
    payee_id = fields.UUIDField(db_index=True)
    amount = fields.BigIntField()
    state = fields.CharEnumField(PaymentState, max_length=10, default=PaymentState.PLANNED)
    payer_approved_by = fields.UUIDField(null=True)
    payee_approved_by = fields.UUIDField(null=True)
    bank_reference = fields.CharField(max_length=60, null=True)
    paid_at = fields.DatetimeField(null=True)
    paid_by = fields.UUIDField(null=True)
    confirmed_at = fields.DatetimeField(null=True)
    confirmed_by = fields.UUIDField(null=True)

    class Meta:
        table = "settlement_payment"
