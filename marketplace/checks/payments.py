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

#: Cash is taken part by part as it is delivered; the others are taken whole, tips when the worker gives them on.
_TAKEN = Check(
    "3 what co-ops took of a payment is what was paid",
    """
    SELECT p.id, p.amount AS paid, COALESCE(SUM(t.amount), 0) AS taken
    FROM payment p LEFT JOIN payment_taking t ON t.source_id = p.id
    WHERE p.state IN ('SUCCEEDED', 'SURPLUS') AND p.method <> 'CASH'
      AND NOT EXISTS (SELECT 1 FROM driver_tip d WHERE d.payment_id = p.id AND d.state <> 'GIVEN')
    GROUP BY p.id, p.amount HAVING COALESCE(SUM(t.amount), 0) <> p.amount
    """,
    "payment {id}: paid {paid}, taken {taken}",
)

_FEES = Check(
    "3 the fee of a taking is what its co-op's book bears of the payment",
    """
    SELECT source, book, SUM(listed) AS listed, SUM(booked) AS booked FROM (
      SELECT source_id AS source, cooperative_id AS book, fee AS listed, 0 AS booked FROM payment_taking
      UNION ALL
      SELECT t.cause_id, t.cooperative_id, 0, t.amount FROM ledger_transfer t
      JOIN ledger_account a ON a.id = t.debit_account_id AND a.purpose = 'GATEWAY_FEE_EXPENSE'
      WHERE t.cause_kind = 'payment.fee'
    ) d GROUP BY source, book HAVING SUM(listed) <> SUM(booked)
    """,
    "payment {source}, book {book}: listed {listed}, booked {booked}",
)

_GIVEN_BACK = Check(
    "3 what went back of a taking is what its paid refunds say",
    """
    SELECT source, book, SUM(listed) AS listed, SUM(paid) AS paid FROM (
      SELECT source_id AS source, cooperative_id AS book, refunded AS listed, 0 AS paid FROM payment_taking
      UNION ALL
      SELECT r.payment_id, r.cooperative_id, 0, r.amount FROM refund r JOIN payment_taking t
        ON t.source_id = r.payment_id AND t.cooperative_id = r.cooperative_id WHERE r.state = 'SUCCEEDED'
    ) d GROUP BY source, book HAVING SUM(listed) <> SUM(paid)
    """,
    "payment {source}, book {book}: listed {listed}, paid {paid}",
)

CHECKS: Sequence[Check] = (_PAYOUTS, _STRAYS, _ONE_PAYMENT, _TAKEN, _FEES, _GIVEN_BACK)
