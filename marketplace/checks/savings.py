"""What must hold of members' savings: the ledger's accounts are theirs, and interest is what was reckoned, once."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_HELD = "'PRINCIPAL_SAVINGS', 'MANDATORY_SAVINGS', 'VOLUNTARY_SAVINGS', 'TERM_SAVINGS'"

_OWNED = Check(
    "11 what the ledger holds as savings is some member's account of that kind, in his co-op",
    f"""
    SELECT l.id, l.purpose, l.cooperative_id AS book, l.subject_id, l.credits_posted - l.debits_posted AS held
    FROM ledger_account l WHERE l.purpose IN ({_HELD}) AND l.subject_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM savings_account s WHERE s.id = l.subject_id AND s.cooperative_id = l.cooperative_id
        AND l.purpose = s.kind || '_SAVINGS')
    """,
    "{purpose} {subject_id} of book {book} holds {held}: no such savings account",
)

_CLOSED = Check(
    "11 a closed savings account holds nothing",
    f"""
    SELECT s.id, s.number, l.credits_posted - l.debits_posted AS held FROM savings_account s
    JOIN ledger_account l ON l.subject_id = s.id AND l.purpose IN ({_HELD})
    WHERE s.closed_at IS NOT NULL AND l.credits_posted <> l.debits_posted
    """,
    "savings {number} ({id}) is closed and holds {held}",
)

_LEFT = Check(
    "11 of who left nothing stays in pokok and wajib: it was settled",
    """
    SELECT s.id, s.number, l.credits_posted - l.debits_posted AS held FROM savings_account s
    JOIN membership m ON m.id = s.membership_id AND m.state = 'ENDED'
    JOIN ledger_account l ON l.subject_id = s.id AND l.purpose IN ('PRINCIPAL_SAVINGS', 'MANDATORY_SAVINGS')
    WHERE l.credits_posted <> l.debits_posted
    """,
    "savings {number} ({id}) of one who left hold {held}",
)

_INTEREST = Check(
    "11 interest and its tax are posted as they were reckoned",
    """
    SELECT cause, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT cause_id AS cause, gross + tax AS said, 0 AS held FROM savings_interest
      UNION ALL
      SELECT cause_id, 0, amount FROM ledger_transfer WHERE cause_kind = 'savings.interest'
    ) d GROUP BY cause HAVING SUM(said) <> SUM(held)
    """,
    "interest {cause}: reckoned {said}, the ledger moved {held}",
)

_INTO = Check(
    "11 each account was credited the interest that went into it, and no other",
    """
    SELECT savings, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT paid_into_id AS savings, gross - tax AS said, 0 AS held FROM savings_interest
      UNION ALL
      SELECT a.subject_id, 0, CASE WHEN t.credit_account_id = a.id THEN t.amount ELSE -t.amount END
      FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t.credit_account_id, t.debit_account_id)
        AND a.purpose = 'VOLUNTARY_SAVINGS'
      WHERE t.cause_kind = 'savings.interest'
    ) d GROUP BY savings HAVING SUM(said) <> SUM(held)
    """,
    "savings {savings}: interest reckoned {said}, credited {held}",
)

_WITHDRAWN = Check(
    "11 what was withdrawn is what the ledger moved for it",
    """
    SELECT withdrawal, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT id AS withdrawal, amount AS said, 0 AS held FROM savings_withdrawal WHERE state = 'PAID'
      UNION ALL
      SELECT cause_id, 0, amount FROM ledger_transfer WHERE cause_kind = 'savings.withdrawn'
    ) d GROUP BY withdrawal HAVING SUM(said) <> SUM(held)
    """,
    "withdrawal {withdrawal}: says {said}, the ledger moved {held}",
)

_TWO = Check(
    "11 a large withdrawal was paid by two officers, neither of whom withdrew",
    """
    SELECT id, amount FROM savings_withdrawal WHERE state = 'PAID' AND needs_two
      AND (approved_by IS NULL OR approved_by = ended_by OR account_id IN (approved_by, ended_by))
    """,
    "withdrawal {id} of {amount}",
)

CHECKS: Sequence[Check] = (_OWNED, _CLOSED, _LEFT, _INTEREST, _INTO, _WITHDRAWN, _TWO)
