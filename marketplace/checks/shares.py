"""Checks of what co-ops kept of deliveries: the proofs say what was posted, and a cap that binds was kept."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_POSTED = """
  (SELECT t.cause_id AS id,
     SUM(CASE WHEN t.kind IN ('order.delivery_hosting', 'delivery.hosting') THEN t.amount ELSE 0 END) AS hosting,
     SUM(CASE WHEN t.kind IN ('order.delivery', 'delivery.carrier') THEN t.amount ELSE 0 END) AS carrier,
     SUM(CASE WHEN t.kind IN ('order.driver', 'delivery.driver') THEN t.amount ELSE 0 END) AS driver
   FROM ledger_transfer t
   WHERE t.cause_kind IN ('sub_order.released', 'delivery.ended', 'delivery.waited')
   GROUP BY t.cause_id)
"""

_PROVEN = Check(
    "7 the proof of a delivery's shares says what was posted",
    f"""
    SELECT p.id, p.hosting, p.carrier_share, p.driver_share, b.hosting AS posted_hosting,
      b.carrier AS posted_carrier, b.driver - COALESCE(s.tip, 0) AS posted_driver
    FROM delivery_share_proof p LEFT JOIN {_POSTED} b ON b.id = p.id LEFT JOIN sub_order s ON s.id = p.id
    WHERE p.hosting <> COALESCE(b.hosting, 0) OR p.carrier_share <> COALESCE(b.carrier, 0)
      OR p.driver_share <> COALESCE(b.driver, 0) - COALESCE(s.tip, 0)
      OR p.fare <> p.hosting + p.carrier_share + p.driver_share
    """,
    "delivery {id}: proven {hosting} + {carrier_share} + {driver_share}, posted {posted_hosting} + {posted_carrier} "
    "+ {posted_driver}",
)

_RECKONED = Check(
    "7 the proof of a delivery's shares is reckoned right",
    """
    SELECT id, fare, hosting + carrier_share AS kept, cap_bp, held FROM delivery_share_proof
    WHERE (cap_bp IS NULL) <> (held IS NULL)
      OR held <> ((hosting + carrier_share - 1) * 10000 <= fare * cap_bp)
    """,
    "delivery {id}: {kept} kept of {fare}, cap {cap_bp} basis points, said to hold: {held}",
)

_BINDING = Check(
    "7 what co-ops kept of a delivery is within a cap that we are sure of",
    """
    SELECT id, fare, hosting + carrier_share AS kept, cap_bp FROM delivery_share_proof
    WHERE is_binding AND held IS NOT NULL AND NOT held
    """,
    "delivery {id}: {kept} kept of {fare}, the cap is {cap_bp} basis points",
)

_BY_LEGS = Check(
    "7 what the legs of a delivery through hubs got sums to its fare",
    """
    SELECT p.id, p.fare, SUM(l.hosting + l.carrier_share + l.driver_share) AS legs
    FROM relay_leg l JOIN delivery_job j ON j.id = l.job_id
    JOIN delivery_share_proof p ON p.id = COALESCE(j.sub_order_id, j.id)
    WHERE l.driver_share IS NOT NULL
    GROUP BY p.id, p.fare HAVING SUM(l.hosting + l.carrier_share + l.driver_share) <> p.fare
    """,
    "delivery {id}: its fare was {fare}, its legs were given {legs}",
)

_WAITED = Check(
    "7 what a seller paid for a driver kept waiting is by his tariff's rule, and was posted so",
    """
    SELECT COALESCE(w.id, t.cause_id) AS id, w.amount, w.minutes, w.free_minutes, w.per_minute, t.paid
    FROM order_waiting w FULL JOIN (
      SELECT l.cause_id, SUM(CASE WHEN a.purpose = 'SELLER_PAYABLE' THEN l.amount ELSE 0 END) AS paid
      FROM ledger_transfer l JOIN ledger_account a ON a.id = l.debit_account_id
      WHERE l.cause_kind = 'delivery.waited' GROUP BY l.cause_id) t ON t.cause_id = w.id
    WHERE w.amount IS NULL OR t.paid IS NULL OR w.amount <> t.paid OR w.amount <= 0
      OR w.amount <> w.hosting + w.carrier_share + w.driver_share
      OR w.amount <> w.per_minute
        * ((CASE WHEN w.minutes < w.most_minutes THEN w.minutes ELSE w.most_minutes END) - w.free_minutes)
    """,
    "delivery {id}: {minutes} minutes waited, {free_minutes} free, {per_minute} each, so {amount}; posted {paid}",
)

CHECKS: Sequence[Check] = (_PROVEN, _RECKONED, _BINDING, _BY_LEGS, _WAITED)
