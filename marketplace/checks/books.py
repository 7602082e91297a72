"""Checks of each book: it balances, its accumulators are its transfers, it is whole and sealed."""

from collections.abc import Sequence

from cooperatives.ledger.posting import RECOMPUTE
from marketplace.checks.check import Check

_BALANCED = Check(
    "1 debits equal credits in every book, pending and posted apart",
    """
    SELECT cooperative_id AS book, SUM(debits_posted) AS debits, SUM(credits_posted) AS credits,
      SUM(debits_pending) AS debits_pending, SUM(credits_pending) AS credits_pending
    FROM ledger_account GROUP BY cooperative_id
    HAVING SUM(debits_posted) <> SUM(credits_posted) OR SUM(debits_pending) <> SUM(credits_pending)
    """,
    "book {book}: debits {debits}, credits {credits}; pending {debits_pending}, {credits_pending}",
)

_ACCUMULATORS = Check(
    "1 every accumulator is the sum of its transfers",
    f"""
    SELECT a.id, a.purpose, a.cooperative_id AS book, a.debits_posted, a.credits_posted,
      COALESCE(r.debits, 0) AS debits, COALESCE(r.credits, 0) AS credits
    FROM ledger_account a LEFT JOIN ({RECOMPUTE.format(debits="", credits="")}) r ON r.account_id = a.id
    WHERE a.debits_posted <> COALESCE(r.debits, 0) OR a.credits_posted <> COALESCE(r.credits, 0)
      OR a.debits_pending <> COALESCE(r.debits_waiting, 0) OR a.credits_pending <> COALESCE(r.credits_waiting, 0)
    """,
    "{purpose} {id} of book {book}: kept {debits_posted}/{credits_posted}, transfers {debits}/{credits}",
)

_FLOORS = Check(
    "1 no account is below its limit",
    """
    SELECT id, purpose, cooperative_id AS book FROM ledger_account
    WHERE floor IS NOT NULL AND floor > CASE WHEN type IN ('ASSET', 'EXPENSE')
      THEN debits_posted - credits_posted - credits_pending ELSE credits_posted - debits_posted - debits_pending END
    """,
    "{purpose} {id} of book {book}",
)

_CAUSES = Check(
    "8 every posting names its cause",
    "SELECT id FROM ledger_transfer WHERE cause_kind = '' OR cause_id IS NULL",
    "transfer {id}",
)

_SEALED = Check(
    "8 every transfer is in the chain or waits for its seal",
    """
    SELECT t.id, t.cooperative_id AS book FROM ledger_transfer t
    WHERE NOT EXISTS (SELECT 1 FROM ledger_chain c WHERE c.transfer_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM ledger_unsealed u WHERE u.transfer_id = t.id)
    """,
    "transfer {id} of book {book}",
)

_WAITING = Check(
    "8 what waits for its seal is there",
    """
    SELECT u.transfer_id AS id, u.cooperative_id AS book FROM ledger_unsealed u
    WHERE NOT EXISTS (SELECT 1 FROM ledger_transfer t WHERE t.id = u.transfer_id)
    """,
    "transfer {id} of book {book} was removed before it was sealed",
)

_ENDS = Check(
    "1 a pending transfer ends once, by a transfer between its own accounts, at most whole",
    """
    SELECT t.id, t.pending_id AS pending FROM ledger_transfer t LEFT JOIN ledger_transfer p ON p.id = t.pending_id
    WHERE (t.pending_id IS NOT NULL) <> (t.phase IN ('POST', 'VOID', 'EXPIRE')) OR (t.pending_id IS NOT NULL AND (
      p.id IS NULL OR p.phase <> 'PENDING' OR t.amount > p.amount
      OR p.debit_account_id <> t.debit_account_id OR p.credit_account_id <> t.credit_account_id))
    """,
    "transfer {id}, which ends {pending}",
)

CHECKS: Sequence[Check] = (
    _BALANCED,
    _ACCUMULATORS,
    _FLOORS,
    _CAUSES,
    _SEALED,
    _WAITING,
    _ENDS,
)
