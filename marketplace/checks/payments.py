"""What must hold of money at providers and on its way out."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_PAYOUTS = Check(
    "3 what is on its way out is what payouts under way say",
    """
    SELECT payout, SUM(booked) AS booked, SUM(under_way) AS under_way FROM (
      SELECT subject_id AS payout, credits_posted - debits_posted AS booked, 0 AS under_way
      FROM ledger_account WHERE purpose = 'PAYOUT_CLEARING'
      UNION ALL
      SELECT id, 0, amount FROM payout WHERE state IN ('REQUESTED', 'SENT')
    ) d GROUP BY payout HAVING SUM(booked) <> SUM(under_way)
    """,
    "payout {payout}: books {booked}, under way {under_way}",
)

_STRAYS = Check(
    "3 unidentified receipts are the stray money that nobody has dealt with",
    """
    SELECT book, SUM(booked) AS booked, SUM(listed) AS listed FROM (
      SELECT cooperative_id AS book, credits_posted - debits_posted AS booked, 0 AS listed
      FROM ledger_account WHERE purpose = 'UNIDENTIFIED_RECEIPT'
      UNION ALL
      SELECT cooperative_id, 0, amount FROM stray_money WHERE state = 'OPEN'
    ) d GROUP BY book HAVING SUM(booked) <> SUM(listed)
    """,
    "book {book}: books {booked}, listed {listed}",
)

#: What came a second time and goes back whole has no use, and is none.
_ONE_PAYMENT = Check(
    "3 no part of an order is paid, or being paid, by two payments",
    """
    SELECT s.number, COUNT(*) AS payments FROM sub_order s
    JOIN payment p ON p.order_id = s.order_id AND p.state IN ('PROCESSING', 'AUTHORISED', 'AGREED', 'SUCCEEDED')
      AND CAST(p.covers AS TEXT) LIKE '%' || CAST(s.id AS TEXT) || '%'
    WHERE NOT EXISTS (
      SELECT 1 FROM refund r WHERE r.payment_id = p.id AND r.sub_order_id = s.id AND r.reason IN ('DOUBLE', 'LATE'))
    GROUP BY s.id, s.number HAVING COUNT(*) > 1
    """,
    "order {number}: {payments} payments",
)

CHECKS: Sequence[Check] = (_PAYOUTS, _STRAYS, _ONE_PAYMENT)
