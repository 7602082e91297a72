"""What must hold of what members buy at units with loans: the current account balances, a sale has its loan."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_CURRENT = Check(
    "16 a unit's current account with the credit unit is the same in both books, and what was sold on loans",
    """
    SELECT unit, SUM(said) AS said, SUM(held) AS held, SUM(owed) AS owed FROM (
      SELECT unit_id AS unit, total AS said, 0 AS held, 0 AS owed FROM unit_sale WHERE way = 'FINANCED'
      UNION ALL
      SELECT s.unit_id, -r.total, 0, 0 FROM unit_sale_return r
      JOIN unit_sale s ON s.id = r.sale_id WHERE s.way = 'FINANCED'
      UNION ALL
      SELECT subject_id, 0, debits_posted - credits_posted, 0 FROM ledger_account WHERE purpose = 'UNIT_CURRENT'
      UNION ALL
      SELECT subject_id, 0, 0, credits_posted - debits_posted FROM ledger_account WHERE purpose = 'CREDIT_CURRENT'
    ) d GROUP BY unit HAVING SUM(said) <> SUM(held) OR SUM(said) <> SUM(owed)
    """,
    "unit {unit}: sold on loans {said}, the unit's books say {held}, the credit unit's {owed}",
)

_PAID = Check(
    "16 a sale on a loan is paid by one loan of its amount, and a loan for purchases is paid to its unit alone",
    """
    SELECT l.id, l.amount, s.total FROM loan l JOIN loan_product o ON o.id = l.product_id
    LEFT JOIN unit_financed_purchase p ON p.id = l.id LEFT JOIN unit_sale s ON s.id = p.sale_id
    WHERE (l.way = 'UNIT' AND (s.id IS NULL OR s.way <> 'FINANCED' OR s.total <> l.amount OR p.total <> l.amount
        OR s.membership_id <> l.membership_id OR s.unit_id <> p.unit_id))
      OR (l.way <> 'UNIT' AND (o.finances_purchases OR p.id IS NOT NULL))
    UNION ALL
    SELECT s.id, l.amount, s.total FROM unit_sale s
    LEFT JOIN unit_financed_purchase p ON p.sale_id = s.id LEFT JOIN loan l ON l.id = p.id
    WHERE (s.way = 'FINANCED' OR p.id IS NOT NULL) AND (l.id IS NULL OR l.way IS NULL OR l.way <> 'UNIT')
    """,
    "{id}: a loan of {amount}, a sale of {total}",
)

CHECKS: Sequence[Check] = (_CURRENT, _PAID)
