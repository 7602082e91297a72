"""What must hold of members' dues: each rupiah paid stands in a payment, and each payment in the ledger."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_PAID = Check(
    "10 what is paid of a due is what its payments say, and never more than it",
    """
    SELECT d.id, d.amount, d.paid, COALESCE(l.said, 0) AS said, d.state FROM due d
    LEFT JOIN (SELECT due_id, SUM(amount) AS said FROM due_payment_line GROUP BY due_id) l ON l.due_id = d.id
    WHERE d.paid <> COALESCE(l.said, 0) OR d.paid > d.amount
      OR (d.state <> 'LET_GO' AND (d.state = 'PAID') <> (d.paid = d.amount))
    """,
    "due {id} ({state}) of {amount}: paid {paid}, its payments {said}",
)

_SHARED = Check(
    "10 a payment of dues is shared out whole",
    """
    SELECT p.id, p.amount, p.credited, COALESCE(l.said, 0) AS said FROM due_payment p
    LEFT JOIN (SELECT payment_id, SUM(amount) AS said FROM due_payment_line GROUP BY payment_id) l
      ON l.payment_id = p.id
    WHERE p.amount <> p.credited + COALESCE(l.said, 0)
    """,
    "payment {id} of {amount}: {said} to dues, {credited} held for the member",
)

_POSTED = Check(
    "10 a payment of dues is what the ledger moved for it",
    """
    SELECT payment, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT id AS payment, amount AS said, 0 AS held FROM due_payment
      UNION ALL
      SELECT cause_id, 0, amount FROM ledger_transfer WHERE cause_kind = 'due.paid' AND phase IN ('SINGLE', 'POST')
    ) d GROUP BY payment HAVING SUM(said) <> SUM(held)
    """,
    "payment {payment}: says {said}, the ledger moved {held}",
)

_RECEIPTS = Check(
    "10 receipts are numbered without a gap",
    """
    SELECT s.id AS book, s.year, s.issued, COUNT(p.id) AS n FROM receipt_series s
    LEFT JOIN due_payment p ON p.cooperative_id = s.id AND p.number LIKE 'KW/' || s.year || '/%'
    GROUP BY s.id, s.year, s.issued HAVING COUNT(p.id) <> s.issued
    """,
    "book {book}, {year}: {n} receipts, the last is number {issued}",
)

_BEYOND = Check(
    "10 nothing is deducted beyond the share agreed to",
    """
    SELECT p.id, p.amount, p.earned FROM due_payment p WHERE p.way = 'DEDUCTION' AND NOT EXISTS (
      SELECT 1 FROM deduction_consent c WHERE c.membership_id = p.membership_id
        AND p.amount * 10000 <= p.earned * c.share_bp)
    """,
    "payment {id}: {amount} deducted of {earned} earned",
)

CHECKS: Sequence[Check] = (_PAID, _SHARED, _POSTED, _RECEIPTS, _BEYOND)
