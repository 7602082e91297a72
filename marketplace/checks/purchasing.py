"""What must hold of joint purchases: the parts make the whole, in goods and in rupiah, and the ledger says so."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_SHARED = Check(
    "17 a round's goods and cost are shared out whole",
    """
    SELECT r.id, r.number, r.received, r.total, COALESCE(c.received, 0) AS parts, COALESCE(c.total, 0) AS owed
    FROM purchase_round r LEFT JOIN (
      SELECT round_id, SUM(received) AS received, SUM(goods + carriage) AS total
      FROM purchase_commitment GROUP BY round_id
    ) c ON c.round_id = r.id
    WHERE r.received <> COALESCE(c.received, 0) OR r.total <> COALESCE(c.total, 0)
    """,
    "round {number} ({id}): {received} for {total}, its parts {parts} for {owed}",
)

_CLAIMS = Check(
    "17 what is owed of a round is what its parts still owe",
    """
    SELECT round, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT round_id AS round, goods + carriage - paid AS said, 0 AS held FROM purchase_commitment
      UNION ALL
      SELECT subject_id, 0, debits_posted - credits_posted FROM ledger_account
      WHERE purpose = 'JOINT_RECEIVABLE' AND subject_id IS NOT NULL
    ) d GROUP BY round HAVING SUM(said) <> SUM(held)
    """,
    "round {round}: its parts owe {said}, the ledger says {held}",
)

_DEBTS = Check(
    "17 what a round's supplier is owed is what is open of his invoice",
    """
    SELECT round, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT id AS round, total - paid AS said, 0 AS held FROM purchase_round
      UNION ALL
      SELECT subject_id, 0, credits_posted - debits_posted FROM ledger_account
      WHERE purpose = 'JOINT_PAYABLE' AND subject_id IS NOT NULL
    ) d GROUP BY round HAVING SUM(said) <> SUM(held)
    """,
    "round {round}: open {said}, the ledger says {held}",
)

_TAKEN = Check(
    "17 what a unit took in of a round is its part, in goods and in rupiah",
    """
    SELECT c.id, c.received, c.goods + c.carriage AS part, p.total, COALESCE(m.quantity, 0) AS moved
    FROM purchase_commitment c LEFT JOIN unit_purchase p ON p.id = c.purchase_id LEFT JOIN (
      SELECT cause_id, SUM(quantity) AS quantity FROM unit_stock_move GROUP BY cause_id
    ) m ON m.cause_id = c.purchase_id
    WHERE c.purchase_id IS NOT NULL
      AND (p.id IS NULL OR p.total <> c.goods + c.carriage OR COALESCE(m.quantity, 0) <> c.received)
    """,
    "commitment {id}: {received} for {part}, taken in {moved} for {total}",
)

CHECKS: Sequence[Check] = (_SHARED, _CLAIMS, _DEBTS, _TAKEN)
