"""Checks of orders: their escrow, what goes back to buyers, who got what, and the stock that they hold."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_ESCROW = """
  (SELECT cooperative_id, subject_id, SUM(credits_posted) AS held, SUM(credits_posted - debits_posted) AS balance
   FROM ledger_account WHERE purpose = 'ORDER_ESCROW' GROUP BY cooperative_id, subject_id)
"""

_ESCROW_HELD = Check(
    "3 the escrow of an order paid and not yet delivered is what was paid less what was refunded",
    f"""
    SELECT s.number, s.state, s.total, s.refunded, COALESCE(e.balance, 0) AS held
    FROM sub_order s LEFT JOIN {_ESCROW} e ON e.subject_id = s.id
    WHERE s.payment_method = 'ONLINE'
      AND s.state IN ('PAID', 'ACCEPTED', 'PREPARING', 'READY', 'IN_SERVICE', 'COLLECTED')
      AND COALESCE(e.balance, 0) <> s.total - s.refunded
    """,
    "order {number} ({state}): paid {total}, refunded {refunded}, held {held}",
)

_ESCROW_EMPTY = Check(
    "3 the escrow of a closed order is zero",
    f"""
    SELECT s.number, s.state, e.balance FROM sub_order s JOIN {_ESCROW} e ON e.subject_id = s.id
    WHERE e.balance <> 0 AND (s.state IN ('DELIVERED', 'CLOSED') OR EXISTS (
      SELECT 1 FROM refund r WHERE r.sub_order_id = s.id AND r.reason = 'ENDED'))
    """,
    "order {number} ({state}): {balance} left in escrow",
)

_REFUNDS = Check(
    "3 what is owed back to buyers is the sum of refunds under way",
    """
    SELECT sub_order, SUM(owed) AS owed, SUM(refunds) AS refunds FROM (
      SELECT subject_id AS sub_order, credits_posted - debits_posted AS owed, 0 AS refunds
      FROM ledger_account WHERE purpose = 'BUYER_REFUND_PAYABLE'
      UNION ALL
      SELECT sub_order_id, 0, amount FROM refund
      WHERE state IN ('PROCESSING', 'AWAITING') AND (way IS NULL OR way <> 'TRANSFER')
    ) d GROUP BY sub_order HAVING SUM(owed) <> SUM(refunds)
    """,
    "sub-order {sub_order}: books owe {owed}, refunds {refunds}",
)

_SHARES = Check(
    "7 the shares of an order sum to what the buyer paid",
    """
    SELECT s.number, s.total, s.refunded, SUM(t.amount) AS shared FROM sub_order s
    JOIN ledger_transfer t ON t.cause_id = s.id AND t.cause_kind = 'sub_order.released'
      AND t.kind IN ('order.goods', 'order.commission', 'order.network_fee', 'order.delivery_hosting',
                     'order.driver', 'order.delivery')
    WHERE NOT (s.payment_method = 'CASH' AND s.carrier_id IS NULL) AND s.payment_method <> 'DIRECT'
    GROUP BY s.id, s.number, s.total, s.refunded HAVING SUM(t.amount) <> s.total - s.refunded
    """,
    "order {number}: paid {total}, refunded {refunded}, shared out {shared}",
)

_STOCK = Check(
    "4 no stock below zero, and no more reserved than on hand",
    """
    SELECT id, on_hand, reserved FROM variant
    WHERE reserved < 0 OR (on_hand IS NOT NULL AND (on_hand < 0 OR reserved > on_hand))
    """,
    "variant {id}: on hand {on_hand}, reserved {reserved}",
)

_RESERVED = Check(
    "4 what is reserved is what orders hold",
    """
    SELECT v.id, v.reserved, COALESCE(h.held, 0) AS held FROM variant v LEFT JOIN (
      SELECT variant_id, SUM(quantity) AS held FROM stock_reservation WHERE state = 'HELD' GROUP BY variant_id
    ) h ON h.variant_id = v.id
    WHERE v.on_hand IS NOT NULL AND v.reserved <> COALESCE(h.held, 0)
    """,
    "variant {id}: reserved {reserved}, orders hold {held}",
)

CHECKS: Sequence[Check] = (
    _ESCROW_HELD,
    _ESCROW_EMPTY,
    _REFUNDS,
    _SHARES,
    _STOCK,
    _RESERVED,
)
