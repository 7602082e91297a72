"""Payments: what other packages call."""

from marketplace.payments.finishing import finish_payment
from marketplace.payments.flows import Amounts, Parties, Split, Terms
from marketplace.payments.paying import Paid, cancel_payment, pay_order, place_and_pay
from marketplace.payments.reconciling import reconcile
from marketplace.payments.refunding import finish_refund, refund_sub_order
from marketplace.payments.returning import settle_return
from marketplace.payments.sharing import collect_cash, release_online, settle_counter, terms_for

__all__ = [
    "Amounts",
    "Paid",
    "Parties",
    "Split",
    "Terms",
    "cancel_payment",
    "collect_cash",
    "finish_payment",
    "finish_refund",
    "pay_order",
    "place_and_pay",
    "reconcile",
    "refund_sub_order",
    "release_online",
    "settle_counter",
    "settle_return",
    "terms_for",
]
