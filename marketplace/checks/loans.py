"""What must hold of lending: what loans say is owed is what the ledger holds, and what the co-op borrowed too."""

from collections.abc import Sequence

from marketplace.checks.check import Check

#: What an instalment was paid is what its due says, which the loan follows a moment later.
_INSTALMENTS = """
  SELECT loan_id, superseded_at, principal, interest, accrued, paid,
    CASE WHEN paid > interest THEN interest ELSE paid END AS interest_paid,
    CASE WHEN paid > interest THEN paid - interest ELSE 0 END AS principal_paid
  FROM (
    SELECT i.loan_id, i.superseded_at, i.principal, i.interest, i.accrued, COALESCE(d.paid, i.paid) AS paid
    FROM loan_instalment i LEFT JOIN due d ON d.cause_kind = 'loan.instalment' AND d.cause_id = i.id
  ) p
"""

CHECKS: Sequence[Check] = (
    Check(
        "10 what is owed of a loan is what the ledger holds of it",
        f"""
        SELECT loan, SUM(said) AS said, SUM(held) AS held FROM (
          SELECT loan_id AS loan, principal - principal_paid AS said, 0 AS held FROM ({_INSTALMENTS}) i
          WHERE superseded_at IS NULL
          UNION ALL
          SELECT subject_id, 0, debits_posted - credits_posted FROM ledger_account
          WHERE purpose = 'LOAN_PRINCIPAL' AND subject_id IS NOT NULL
        ) d GROUP BY loan HAVING SUM(said) <> SUM(held)
        """,
        "loan {loan}: instalments {said}, the ledger {held}",
    ),
    Check(
        "10 interest earned on a loan and not paid is what the ledger holds of it",
        f"""
        SELECT loan, SUM(said) AS said, SUM(held) AS held FROM (
          SELECT loan_id AS loan, accrued - interest_paid AS said, 0 AS held FROM ({_INSTALMENTS}) i
          UNION ALL
          SELECT loan_id, -interest, 0 FROM loan_payment
          UNION ALL
          SELECT subject_id, 0, debits_posted - credits_posted FROM ledger_account
          WHERE purpose = 'LOAN_INTEREST_DUE' AND subject_id IS NOT NULL
        ) d GROUP BY loan HAVING SUM(said) <> SUM(held)
        """,
        "loan {loan}: instalments {said}, the ledger {held}",
    ),
    Check(
        "10 the loans' own reserves are what the ledger sets aside, and no ended loan keeps one",
        """
        SELECT book, SUM(said) AS said, SUM(held) AS held FROM (
          SELECT cooperative_id AS book, reserved AS said, 0 AS held FROM loan
          UNION ALL
          SELECT t.cooperative_id, 0, CASE WHEN a.id = t.credit_account_id THEN t.amount ELSE -t.amount END
          FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t.debit_account_id, t.credit_account_id)
          WHERE a.purpose = 'LOAN_LOSS_RESERVE' AND t.cause_kind LIKE 'loan.%'
        ) d GROUP BY book HAVING SUM(said) <> SUM(held)
        UNION ALL
        SELECT cooperative_id, reserved, 0 FROM loan
        WHERE reserved <> 0 AND state NOT IN ('DISBURSED', 'RESTRUCTURED')
        """,
        "book {book}: loans {said}, the ledger {held}",
    ),
    Check(
        "10 a running loan owes something, and an ended one nothing",
        f"""
        SELECT l.id, l.state, COALESCE(SUM(i.principal - i.principal_paid), 0) AS owed FROM loan l
        LEFT JOIN ({_INSTALMENTS}) i ON i.loan_id = l.id AND i.superseded_at IS NULL
        GROUP BY l.id, l.state
        HAVING l.state NOT IN ('DISBURSED', 'RESTRUCTURED') AND COALESCE(SUM(i.principal - i.principal_paid), 0) <> 0
          OR MIN(i.principal - i.principal_paid) < 0
        """,
        "loan {id} is {state}: {owed} owed",
    ),
    Check(
        "10 what was paid out was approved, and not by the member himself",
        """
        SELECT l.id, l.number FROM loan l LEFT JOIN loan_approval a ON a.loan_id = l.id
        WHERE l.disbursed_at IS NOT NULL GROUP BY l.id, l.number, l.account_id
        HAVING COUNT(a.id) = 0 OR SUM(CASE WHEN a.account_id = l.account_id THEN 1 ELSE 0 END) > 0
        """,
        "loan {number} ({id})",
    ),
    Check(
        "10 savings pledged for loans are kept by the ledger, and none for a loan that ended",
        """
        SELECT p.savings_id AS savings, SUM(p.amount) AS pledged, MIN(COALESCE(a.floor, 0)) AS kept
        FROM loan_pledge p
        LEFT JOIN ledger_account a ON a.subject_id = p.savings_id AND a.purpose = 'VOLUNTARY_SAVINGS'
        WHERE p.released_at IS NULL GROUP BY p.savings_id HAVING SUM(p.amount) <> MIN(COALESCE(a.floor, 0))
        UNION ALL
        SELECT p.savings_id, p.amount, 0 FROM loan_pledge p JOIN loan l ON l.id = p.loan_id
        WHERE p.released_at IS NULL AND l.state NOT IN ('APPROVED', 'DISBURSED', 'RESTRUCTURED')
        """,
        "savings {savings}: {pledged} pledged, the ledger keeps {kept}",
    ),
    Check(
        "10 what the co-op owes of what it borrowed is what the ledger holds of it",
        """
        SELECT borrowing, SUM(said) AS said, SUM(held) AS held FROM (
          SELECT i.borrowing_id AS borrowing, i.principal AS said, 0 AS held FROM borrowing_instalment i
          JOIN borrowing b ON b.id = i.borrowing_id
          WHERE i.paid_on IS NULL AND b.state IN ('RUNNING', 'REPAID')
          UNION ALL
          SELECT subject_id, 0, credits_posted - debits_posted FROM ledger_account
          WHERE purpose = 'BORROWED' AND subject_id IS NOT NULL
        ) d GROUP BY borrowing HAVING SUM(said) <> SUM(held)
        """,
        "borrowing {borrowing}: instalments {said}, the ledger {held}",
    ),
    Check(
        "10 what the co-op borrowed came in within what was agreed, and its instalments pay just that back",
        """
        SELECT b.id, b.amount, i.principal, COALESCE(b.first_drawn, b.amount) + COALESCE(d.drawn, 0) AS drawn
        FROM borrowing b
        JOIN (SELECT borrowing_id, SUM(principal) AS principal FROM borrowing_instalment GROUP BY borrowing_id) i
          ON i.borrowing_id = b.id
        LEFT JOIN (SELECT borrowing_id, SUM(amount) AS drawn FROM borrowing_draw WHERE state = 'RUNNING'
          GROUP BY borrowing_id) d ON d.borrowing_id = b.id
        WHERE COALESCE(b.first_drawn, b.amount) + COALESCE(d.drawn, 0) <> i.principal OR i.principal > b.amount
        """,
        "borrowing {id} of {amount}: {drawn} came in, instalments {principal}",
    ),
    Check(
        "10 interest that was posted and not paid on what the co-op borrowed is what the ledger holds of it",
        """
        SELECT borrowing, SUM(said) AS said, SUM(held) AS held FROM (
          SELECT i.borrowing_id AS borrowing, a.amount AS said, 0 AS held FROM borrowing_accrual a
          JOIN borrowing_instalment i ON i.id = a.instalment_id WHERE i.paid_on IS NULL
          UNION ALL
          SELECT subject_id, 0, credits_posted - debits_posted FROM ledger_account
          WHERE purpose = 'BORROWING_INTEREST_DUE' AND subject_id IS NOT NULL
        ) d GROUP BY borrowing HAVING SUM(said) <> SUM(held)
        """,
        "borrowing {borrowing}: posted {said}, the ledger {held}",
    ),
    Check(
        "10 no instalment of what the co-op borrowed costs more interest than agreed, nor a paid one less",
        """
        SELECT i.id, i.interest, SUM(a.amount) AS posted FROM borrowing_instalment i
        JOIN borrowing_accrual a ON a.instalment_id = i.id GROUP BY i.id, i.interest, i.paid_on
        HAVING SUM(a.amount) > i.interest OR (i.paid_on IS NOT NULL AND SUM(a.amount) <> i.interest)
        """,
        "instalment {id}: {posted} posted of {interest}",
    ),
)
