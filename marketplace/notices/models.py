"""Rows of notices: what each person was told, where they can be reached, and orders that ring."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index

from marketplace import clock
from marketplace.database import Row


class NoticeKind(StrEnum):
    """What a notice tells of; each has its words in `templates.py`."""

    ORDER_TO_ANSWER = "ORDER_TO_ANSWER"  # to the seller; rings until answered
    ORDER_RECEIVED = "ORDER_RECEIVED"  # to the seller: accepted by the shop's own rule
    ORDER_ACCEPTED = "ORDER_ACCEPTED"
    ORDER_DECLINED = "ORDER_DECLINED"
    ORDER_CANCELLED = "ORDER_CANCELLED"  # to buyer and seller
    ORDER_EXPIRED = "ORDER_EXPIRED"  # to buyer and seller
    ORDER_READY = "ORDER_READY"
    ORDER_COLLECTED = "ORDER_COLLECTED"
    ORDER_DELIVERED = "ORDER_DELIVERED"
    ORDER_RETURNED = "ORDER_RETURNED"
    DRIVER_ASSIGNED = "DRIVER_ASSIGNED"  # to buyer and seller
    JOB_ASSIGNED = "JOB_ASSIGNED"  # to the driver
    JOB_UNSERVED = "JOB_UNSERVED"  # to the buyer: wait, fetch, or cancel
    JOB_CANCELLED = "JOB_CANCELLED"  # to the driver
    MEMBERSHIP_APPLIED = "MEMBERSHIP_APPLIED"  # to the co-op's officers
    MEMBERSHIP_APPROVED = "MEMBERSHIP_APPROVED"  # these to the applicant or member
    MEMBERSHIP_REFUSED = "MEMBERSHIP_REFUSED"
    MEMBERSHIP_ENDED = "MEMBERSHIP_ENDED"
    HEARING_CALLED = "HEARING_CALLED"  # these to the member who is to leave
    EXPULSION_DECIDED = "EXPULSION_DECIDED"
    EXPULSION_DROPPED = "EXPULSION_DROPPED"
    EXPULSION_APPEALED = "EXPULSION_APPEALED"  # these to the officers
    MOVING_PROPOSED = "MOVING_PROPOSED"
    SHOP_APPLIED = "SHOP_APPLIED"  # to the host co-op's officers
    SHOP_APPROVED = "SHOP_APPROVED"  # these to the shop's people
    SHOP_REFUSED = "SHOP_REFUSED"
    SHOP_SUSPENDED = "SHOP_SUSPENDED"
    SHOP_BLOCKED = "SHOP_BLOCKED"
    SHOP_HANDED_OVER = "SHOP_HANDED_OVER"  # to the former owner and the new one
    LISTING_SUSPENDED = "LISTING_SUSPENDED"
    LISTING_APPEALED = "LISTING_APPEALED"  # to the node's operators
    APPEAL_ALLOWED = "APPEAL_ALLOWED"  # these to the shop's people
    APPEAL_REFUSED = "APPEAL_REFUSED"
    LISTING_REPORTED = "LISTING_REPORTED"  # to the node's operators
    REPORT_UPHELD = "REPORT_UPHELD"  # these to who reported
    REPORT_DISMISSED = "REPORT_DISMISSED"
    OFFICE_PROPOSED = "OFFICE_PROPOSED"  # to the officers: a second one must confirm
    OFFICE_GIVEN = "OFFICE_GIVEN"  # these to the one whom it concerns
    OFFICE_ENDED = "OFFICE_ENDED"
    OFFICE_WITHDRAWN = "OFFICE_WITHDRAWN"  # to the officers
    DRIVER_APPLIED = "DRIVER_APPLIED"  # to the officers
    DRIVER_APPROVED = "DRIVER_APPROVED"  # these to the driver
    DRIVER_REFUSED = "DRIVER_REFUSED"
    DRIVER_SUSPENDED = "DRIVER_SUSPENDED"
    ORDER_DISPUTED = "ORDER_DISPUTED"  # to the shop's people and its co-op's officers
    DISPUTE_RESOLVED = "DISPUTE_RESOLVED"  # to buyer and shop
    REFUND_BEGUN = "REFUND_BEGUN"  # these to the buyer
    REFUND_TO_FETCH = "REFUND_TO_FETCH"
    REFUND_PAID = "REFUND_PAID"
    REFUND_AWAITING = "REFUND_AWAITING"
    PAYOUT_CONFIRMED = "PAYOUT_CONFIRMED"  # these to the shop's owner, or the driver
    PAYOUT_FAILED = "PAYOUT_FAILED"
    STRAY_MONEY_FOUND = "STRAY_MONEY_FOUND"  # to the co-op's officers
    VOUCHER_TO_APPROVE = "VOUCHER_TO_APPROVE"  # these to the co-op's other officers: a second one must agree
    PAYOUT_TO_APPROVE = "PAYOUT_TO_APPROVE"
    PAYOUT_OUTCOME_TO_APPROVE = "PAYOUT_OUTCOME_TO_APPROVE"
    MONEY_SETTING_TO_APPROVE = "MONEY_SETTING_TO_APPROVE"
    PAYOUT_CONTRADICTED = "PAYOUT_CONTRADICTED"  # to the chairs and treasurers
    BOOKED_ASSIGNED = "BOOKED_ASSIGNED"  # these of a delivery booked alone, to the shop's people
    BOOKED_UNSERVED = "BOOKED_UNSERVED"
    BOOKED_REPRICED = "BOOKED_REPRICED"
    WEEKLY_NOT_MADE = "WEEKLY_NOT_MADE"
    BOOKED_DELIVERED = "BOOKED_DELIVERED"
    BOOKED_RETURNING = "BOOKED_RETURNING"
    BOOKED_RETURNED = "BOOKED_RETURNED"
    BOOKED_JOB_ASSIGNED = "BOOKED_JOB_ASSIGNED"  # these to the driver
    BOOKED_JOB_CANCELLED = "BOOKED_JOB_CANCELLED"
    HAND_OVER_OFFERED = "HAND_OVER_OFFERED"  # to the driver who is to take goods over on the road
    HUB_STORED = "HUB_STORED"  # these of goods at a hub, to the shop's people
    HUB_TO_FETCH = "HUB_TO_FETCH"
    HUB_WINDOW_CLOSED = "HUB_WINDOW_CLOSED"  # to the dispatchers of the shop's co-op
    ALLIANCE_PROPOSED = "ALLIANCE_PROPOSED"  # these to the officers of the side that is asked
    ALLIANCE_TERMS_PROPOSED = "ALLIANCE_TERMS_PROPOSED"
    SHIFT_CANCELLED = "SHIFT_CANCELLED"  # to the drivers who had booked it
    SHIFT_TAKEN = "SHIFT_TAKEN"  # to the driver who offered it
    PAPER_TO_CHECK = "PAPER_TO_CHECK"  # to the officers
    PAPER_APPROVED = "PAPER_APPROVED"  # these to the driver
    PAPER_REFUSED = "PAPER_REFUSED"
    PAPER_EXPIRING = "PAPER_EXPIRING"
    PAPER_EXPIRED = "PAPER_EXPIRED"  # to the driver and the officers
    DISPATCH_APPEALED = "DISPATCH_APPEALED"  # to the officers of the co-op whose policy it was
    DISPATCH_ANSWERED = "DISPATCH_ANSWERED"  # to the driver who appealed
    LATE_READY = "LATE_READY"  # these to buyer, shop and the carrier's dispatchers
    LATE_RIDER = "LATE_RIDER"
    JOB_MESSAGE = "JOB_MESSAGE"  # to the other side of a talk about a delivery
    JOB_INCIDENT = "JOB_INCIDENT"  # to dispatchers and officers
    SOS_RAISED = "SOS_RAISED"  # to dispatchers and officers; rings
    SOS_ACKNOWLEDGED = "SOS_ACKNOWLEDGED"  # these to the driver
    SOS_CLOSED = "SOS_CLOSED"
    TIP_GIVEN = "TIP_GIVEN"
    LOAN_APPLIED = "LOAN_APPLIED"  # to who lends in the co-op
    LOAN_TO_APPROVE = "LOAN_TO_APPROVE"  # to the other officers: a second one must agree
    LOAN_GUARANTEE_ASKED = "LOAN_GUARANTEE_ASKED"  # to the member who is to stand behind it
    LOAN_GUARANTEE_GIVEN = "LOAN_GUARANTEE_GIVEN"  # these to the borrower
    LOAN_GUARANTEE_REFUSED = "LOAN_GUARANTEE_REFUSED"
    LOAN_APPROVED = "LOAN_APPROVED"
    LOAN_REJECTED = "LOAN_REJECTED"
    LOAN_DISBURSED = "LOAN_DISBURSED"
    LOAN_TO_FETCH = "LOAN_TO_FETCH"
    LOAN_PAID_UNIT = "LOAN_PAID_UNIT"
    LOAN_CALLED_OFF = "LOAN_CALLED_OFF"
    LOAN_RESTRUCTURED = "LOAN_RESTRUCTURED"
    LOAN_REPAID = "LOAN_REPAID"
    LOAN_WRITTEN_OFF = "LOAN_WRITTEN_OFF"
    LOAN_LATE = "LOAN_LATE"
    LOAN_BEHIND_LATE = "LOAN_BEHIND_LATE"  # to those who stand behind it
    SETTLEMENT_TO_APPROVE = "SETTLEMENT_TO_APPROVE"  # these to the treasurers whom it concerns
    SETTLEMENT_TO_PAY = "SETTLEMENT_TO_PAY"
    SETTLEMENT_TO_CONFIRM = "SETTLEMENT_TO_CONFIRM"
    SETTLEMENT_CONFIRMED = "SETTLEMENT_CONFIRMED"
    SETTLEMENT_SETTLED = "SETTLEMENT_SETTLED"  # these to the officers of each co-op in it
    SETTLEMENT_DEFAULTED = "SETTLEMENT_DEFAULTED"
    SETTLEMENT_ABORTED = "SETTLEMENT_ABORTED"
    SETTLEMENT_FAILED = "SETTLEMENT_FAILED"
    DUES_MISSED = "DUES_MISSED"  # to the member
    DUES_OF_DEAD = "DUES_OF_DEAD"  # to chair and treasurer
    WITHDRAWAL_TO_APPROVE = "WITHDRAWAL_TO_APPROVE"  # to chairs and treasurers: a second one must agree
    WITHDRAWAL_REFUSED = "WITHDRAWAL_REFUSED"  # these to the member
    DEPOSIT_MATURED = "DEPOSIT_MATURED"
    UNIT_CREDIT_SALE = "UNIT_CREDIT_SALE"  # these to a member who buys at a unit
    JOB_DONE = "JOB_DONE"
    UNIT_ITEM_LOW = "UNIT_ITEM_LOW"  # to the unit's keepers
    JOINT_CLOSED = "JOINT_CLOSED"  # to the officers of who runs the round
    JOINT_RECEIVED = "JOINT_RECEIVED"  # these to who took part
    JOINT_DUE = "JOINT_DUE"
    JOB_ESTIMATED = "JOB_ESTIMATED"
    SURPLUS_PAID = "SURPLUS_PAID"
    PROTECTION_DUE = "PROTECTION_DUE"
    PROTECTION_CARRIED = "PROTECTION_CARRIED"
    PROTECTION_LAPSED = "PROTECTION_LAPSED"
    PROTECTION_REFUSED = "PROTECTION_REFUSED"
    PROTECTION_TO_REMIT = "PROTECTION_TO_REMIT"  # to chair and treasurer
    PROTECTION_CLAIM = "PROTECTION_CLAIM"
    BENEFIT_TO_APPROVE = "BENEFIT_TO_APPROVE"  # these to chairs and treasurers: a second one must agree
    REMITTANCE_TO_APPROVE = "REMITTANCE_TO_APPROVE"  # to chairs and treasurers: a second one must agree
    MEETING_CALLED = "MEETING_CALLED"  # these to the co-op's members
    MEETING_CLOSED = "MEETING_CLOSED"
    VOTE_OPENED = "VOTE_OPENED"
    MOTION_DECIDED = "MOTION_DECIDED"
    DUTY_NEAR = "DUTY_NEAR"  # to officers and pengawas
    SEARCH_ANSWERED = "SEARCH_ANSWERED"  # to who saved the search


class SubjectType(StrEnum):
    """What kind of thing a notice is about."""

    SUB_ORDER = "SUB_ORDER"
    JOB = "JOB"
    MEMBERSHIP = "MEMBERSHIP"
    SELLER = "SELLER"
    LISTING = "LISTING"
    COOPERATIVE = "COOPERATIVE"
    DRIVER = "DRIVER"
    SETTLEMENT_WINDOW = "SETTLEMENT_WINDOW"
    SOS_ALERT = "SOS_ALERT"
    LOAN = "LOAN"


class Notice(Row):
    """One thing told to one person."""

    account_id = fields.UUIDField()
    kind = fields.CharEnumField(NoticeKind, max_length=30)
    subject_type = fields.CharEnumField(SubjectType, max_length=20)
    subject_id = fields.UUIDField()
    values: dict[str, Any] = fields.JSONField(default=dict)
    source = fields.CharField(max_length=80)  # the event it came of: telling twice writes it once
    rings_until = fields.DatetimeField(null=True)  # the app rings until then, or until answered
    read_at = fields.DatetimeField(null=True)
    changed_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "notice"
        unique_together = (("account_id", "source"),)
        indexes = (
            Index(fields=["account_id", "id"]),
            Index(fields=["account_id", "changed_at"]),
            Index(fields=["subject_id"]),
        )


class PushSubscription(Row):
    """A browser that takes web push (RFC 8030), as its owner subscribed it."""

    account_id = fields.UUIDField(db_index=True)
    endpoint = fields.TextField()
    endpoint_hash = fields.CharField(max_length=64, unique=True)
    p256dh = fields.CharField(max_length=100)
    auth = fields.CharField(max_length=40)

    class Meta:
        table = "push_subscription"


class MailAddress(Row):
    """Where a person takes notices by e-mail; used once its owner has followed the link sent to it."""

    account_id = fields.UUIDField(unique=True)
    address = fields.CharField(max_length=254)
    confirmed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "notice_mail_address"


class Ring(Row):
    """A new order that rings at the seller's until someone answers."""

    sub_order_id = fields.UUIDField(unique=True)
    seller_id = fields.UUIDField()
    step = fields.IntField(default=0)  # how many times the seller was called
    next_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "ring"
        indexes = (Index(fields=["ended_at", "next_at"]),)
