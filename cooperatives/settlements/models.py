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


class CaseState(StrEnum):
    """Where a difference between two co-ops stands."""

    OPEN = "OPEN"
    RESOLVED = "RESOLVED"


class CaseKind(StrEnum):
    """How two co-ops' lines differ, seen from the one that opened the case."""

    AMOUNT = "AMOUNT"
    FEE = "FEE"
    MISSING_HERE = "MISSING_HERE"
    MISSING_THERE = "MISSING_THERE"


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
    receipt_id: UUID | None = fields.UUIDField(null=True)  # of custody: the hand-over that it rests on
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


class SettlementAccount(Row):
    """Where a co-op is paid in settlement. Kept as it was at each change: the last confirmed one holds."""

    cooperative_id = fields.UUIDField()
    institution = fields.CharField(max_length=20)
    number = fields.CharField(max_length=20)
    holder = fields.CharField(max_length=60)
    proposed_by = fields.UUIDField()
    confirmed_by = fields.UUIDField(null=True)
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "settlement_account"
        indexes = (("cooperative_id", "confirmed_at"),)


class SettlementCase(Row):
    """A difference between two co-ops in a window, until one says how it was settled."""

    window_id = fields.UUIDField(db_index=True)
    cooperative_id = fields.UUIDField()  # which opened it, and sees `here`
    counterparty_id = fields.UUIDField()
    kind = fields.CharEnumField(CaseKind, max_length=13)
    line_kind = fields.CharField(max_length=60)  # the cause of the line, or `settlement_payment`
    line_id = fields.UUIDField()
    amount_here = fields.BigIntField(null=True)
    amount_there = fields.BigIntField(null=True)
    note = fields.CharField(max_length=200, default="")
    state = fields.CharEnumField(CaseState, max_length=8, default=CaseState.OPEN)
    opened_by = fields.UUIDField()
    resolution = fields.CharField(max_length=300, null=True)
    resolved_by = fields.UUIDField(null=True)
    resolved_at = fields.DatetimeField(null=True)

    class Meta:
        table = "settlement_case"
        unique_together = (("window_id", "cooperative_id", "line_kind", "line_id"),)
