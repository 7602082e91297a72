"""What must hold of units: stock is what its moves make and what the ledger says, and sales are booked whole."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_CARD = Check(
    "16 an item's stock is what its moves make, and worth nothing when there is none",
    """
    SELECT i.id, i.code, i.quantity, i.value, COALESCE(m.quantity, 0) AS moved, COALESCE(m.value, 0) AS worth
    FROM unit_item i LEFT JOIN (
      SELECT item_id, SUM(quantity) AS quantity, SUM(value) AS value FROM unit_stock_move GROUP BY item_id
    ) m ON m.item_id = i.id
    WHERE i.quantity <> COALESCE(m.quantity, 0) OR i.value <> COALESCE(m.value, 0)
      OR i.quantity < 0 OR i.value < 0 OR (i.quantity = 0 AND i.value <> 0)
    """,
    "item {code} ({id}): {quantity} worth {value}, its moves make {moved} worth {worth}",
)

_STOCK = Check(
    "16 the ledger's stock of a unit is what its items are worth",
    """
    SELECT unit, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT unit_id AS unit, value AS said, 0 AS held FROM unit_item
      UNION ALL
      SELECT subject_id, 0, debits_posted - credits_posted FROM ledger_account
      WHERE purpose = 'UNIT_STOCK' AND subject_id IS NOT NULL
    ) d GROUP BY unit HAVING SUM(said) <> SUM(held)
    """,
    "unit {unit}: its items are worth {said}, the ledger says {held}",
)

_MOVED = Check(
    "16 every move of stock stands in the ledger under its cause",
    """
    SELECT cause, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT cause_id AS cause, value AS said, 0 AS held FROM unit_stock_move
      UNION ALL
      SELECT t.cause_id, 0, CASE WHEN a.id = t.debit_account_id THEN t.amount ELSE -t.amount END
      FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t.debit_account_id, t.credit_account_id)
      WHERE a.purpose = 'UNIT_STOCK' AND a.subject_id IS NOT NULL AND t.phase IN ('SINGLE', 'POST')
    ) d GROUP BY cause HAVING SUM(said) <> SUM(held)
    """,
    "cause {cause}: stock moved by {said}, the ledger by {held}",
)

_SHELF = Check(
    "16 what a unit owns is what can be sold, and what orders bought and have not got yet",
    """
    SELECT i.id, i.code, i.quantity, v.on_hand, COALESCE(r.bought, 0) AS bought FROM unit_item i
    JOIN variant v ON v.id = i.variant_id LEFT JOIN (
      SELECT s.variant_id, SUM(s.quantity) AS bought FROM stock_reservation s
      WHERE s.state = 'COMMITTED' AND NOT EXISTS (
        SELECT 1 FROM unit_stock_move m WHERE m.cause_kind = 'unit.sold' AND m.cause_id = s.sub_order_id)
      GROUP BY s.variant_id
    ) r ON r.variant_id = v.id
    WHERE v.on_hand IS NULL OR i.quantity <> v.on_hand + COALESCE(r.bought, 0)
    """,
    "item {code} ({id}): owns {quantity}, {on_hand} can be sold and {bought} are bought",
)

_CLAIMS = Check(
    "16 what members owe a unit is what is open of their purchases",
    """
    SELECT unit, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT s.unit_id AS unit, d.amount - d.paid AS said, 0 AS held FROM due d
      JOIN unit_sale s ON s.id = d.cause_id WHERE d.cause_kind = 'unit.sold' AND d.state = 'OPEN'
      UNION ALL
      SELECT subject_id, 0, debits_posted - credits_posted FROM ledger_account
      WHERE purpose = 'UNIT_RECEIVABLE' AND subject_id IS NOT NULL
    ) d GROUP BY unit HAVING SUM(said) <> SUM(held)
    """,
    "unit {unit}: members owe {said}, the ledger says {held}",
)

_DEBTS = Check(
    "16 what a unit owes suppliers is what is open of their invoices",
    """
    SELECT unit, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT unit_id AS unit, total - paid AS said, 0 AS held FROM unit_purchase
      UNION ALL
      SELECT subject_id, 0, credits_posted - debits_posted FROM ledger_account
      WHERE purpose = 'UNIT_PAYABLE' AND subject_id IS NOT NULL
    ) d GROUP BY unit HAVING SUM(said) <> SUM(held)
    """,
    "unit {unit}: invoices say {said}, the ledger {held}",
)

_RESULT = Check(
    "16 a unit's sales and their cost are what its sales say",
    """
    SELECT unit, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT unit_id AS unit, total - cost AS said, 0 AS held FROM unit_sale WHERE returned_at IS NULL
      UNION ALL
      SELECT s.unit_id, r.cost - r.total, 0 FROM unit_sale_return r
      JOIN unit_sale s ON s.id = r.sale_id WHERE s.returned_at IS NULL
      UNION ALL
      SELECT subject_id, 0, credits_posted - debits_posted FROM ledger_account
      WHERE purpose IN ('UNIT_SALES', 'UNIT_OTHER_SALES', 'UNIT_COST')
    ) d GROUP BY unit HAVING SUM(said) <> SUM(held)
    """,
    "unit {unit}: sales say a margin of {said}, the ledger {held}",
)

_AGREED = Check(
    "16 no job was billed beyond what its customer agreed to",
    """
    SELECT j.id, j.number, j.agreed, s.total FROM job_card j LEFT JOIN unit_sale s ON s.id = j.sale_id
    WHERE j.state = 'BILLED' AND (s.id IS NULL OR j.agreed IS NULL OR s.total > j.agreed)
    """,
    "job {number} ({id}): billed {total}, agreed {agreed}",
)

CHECKS: Sequence[Check] = (_CARD, _STOCK, _MOVED, _SHELF, _CLAIMS, _DEBTS, _RESULT, _AGREED)
