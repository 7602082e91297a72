"""Dues: what other packages call."""

from cooperatives.dues.access import own_membership
from cooperatives.dues.allocating import Part
from cooperatives.dues.charging import Charge, charge, dues_by_cause, let_go, redirect
from cooperatives.dues.consents import agree_to_deduction, consent_of, withdraw_consent
from cooperatives.dues.counter import take_cash
from cooperatives.dues.deducting import deduct_day
from cooperatives.dues.models import Due, DueKind, DuePayment, DueState, PaymentWay
from cooperatives.dues.paying import PAID
from cooperatives.dues.reading import dues_of, list_dues, list_payments, outstanding, payments_of
from cooperatives.dues.timetable import collect_day
from cooperatives.dues.transfers import member_reference, pay_from_line, receive_transfers

__all__ = [
    "PAID",
    "Charge",
    "Due",
    "DueKind",
    "DuePayment",
    "DueState",
    "Part",
    "PaymentWay",
    "agree_to_deduction",
    "charge",
    "collect_day",
    "consent_of",
    "deduct_day",
    "dues_by_cause",
    "dues_of",
    "let_go",
    "list_dues",
    "list_payments",
    "member_reference",
    "outstanding",
    "own_membership",
    "pay_from_line",
    "payments_of",
    "receive_transfers",
    "redirect",
    "take_cash",
    "withdraw_consent",
]
