"""What must hold of members' protection: what was collected is with the provider or held for it, and the fund's money
is what went in and out of it."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_DUE = "JOIN due d ON d.cause_kind = 'protection.bill' AND d.cause_id = b.id"

_COLLECTED = Check(
    "13 what was collected for a programme was remitted, given back, or is held for it",
    f"""
    SELECT programme, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT b.programme_id AS programme,
        CASE WHEN b.carried > 0 THEN b.amount ELSE d.paid END - b.returned AS said, 0 AS held
      FROM protection_bill b {_DUE}
      UNION ALL
      SELECT programme_id, -confirmed, 0 FROM protection_batch
      UNION ALL
      SELECT subject_id, 0, credits_posted - debits_posted FROM ledger_account WHERE purpose = 'PROTECTION_PAYABLE'
    ) s GROUP BY programme HAVING SUM(said) <> SUM(held)
    """,
    "programme {programme}: collected and not remitted {said}, the ledger holds {held}",
)

_SENT = Check(
    "13 what went out with a remittance was taken by the provider, came back, or is awaited",
    """
    SELECT batch, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT id AS batch, amount - confirmed - returned AS said, 0 AS held FROM protection_batch
      WHERE state <> 'DRAFT'
      UNION ALL
      SELECT subject_id, 0, debits_posted - credits_posted FROM ledger_account WHERE purpose = 'PROTECTION_SENT'
    ) s GROUP BY batch HAVING SUM(said) <> SUM(held)
    """,
    "remittance {batch}: awaited {said}, the ledger says {held}",
)

_BILLS = Check(
    "13 a remittance is the sum of its bills, all of them covered when it was made",
    """
    SELECT p.id, p.amount, p.bills, COALESCE(SUM(b.amount), 0) AS said, COUNT(b.id) AS n
    FROM protection_batch p LEFT JOIN protection_bill b ON b.batch_id = p.id AND b.state <> 'OPEN'
    GROUP BY p.id, p.amount, p.bills HAVING COALESCE(SUM(b.amount), 0) <> p.amount OR COUNT(b.id) <> p.bills
    """,
    "remittance {id} of {amount} for {bills} bills: {n} bills of {said}",
)

_CHARGED = Check(
    "13 every bill is charged as it was reckoned, and what the fund paid is what was missing",
    """
    SELECT b.id, b.amount, d.amount AS charged, b.carried, b.state FROM protection_bill b
    LEFT JOIN due d ON d.cause_kind = 'protection.bill' AND d.cause_id = b.id
    WHERE d.id IS NULL OR d.amount <> b.amount OR b.carried > b.amount OR b.returned > b.amount
      OR b.amount > b.full OR (b.state = 'CARRIED' AND b.carried = 0)
    """,
    "bill {id} ({state}) of {amount}: charged {charged}, carried {carried}",
)

_FUND = Check(
    "13 the solidarity fund paid, and was paid back, what bills say",
    f"""
    SELECT book, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT cooperative_id AS book, paid AS said, 0 AS held FROM due WHERE cause_kind = 'protection.solidarity'
      UNION ALL
      SELECT b.cooperative_id, d.paid - b.amount + CASE WHEN b.state = 'REFUSED' THEN b.amount - d.paid ELSE 0 END, 0
      FROM protection_bill b {_DUE} WHERE b.carried > 0
      UNION ALL
      SELECT a.cooperative_id, 0, CASE WHEN t.credit_account_id = a.id THEN t.amount ELSE -t.amount END
      FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t.credit_account_id, t.debit_account_id)
        AND a.purpose = 'SOLIDARITY_FUND'
      WHERE t.kind LIKE 'protection.%'
    ) s GROUP BY book HAVING SUM(said) <> SUM(held)
    """,
    "book {book}: by bills and dues the fund moved {said}, the ledger says {held}",
)

_BELOW = Check(
    "13 no solidarity fund is below zero",
    """
    SELECT id, cooperative_id AS book, credits_posted - debits_posted AS held FROM ledger_account
    WHERE purpose = 'SOLIDARITY_FUND' AND debits_posted > credits_posted
    """,
    "book {book}: {held}",
)

_TWO = Check(
    "13 a large remittance was approved by one officer and sent by another",
    """
    SELECT id, amount FROM protection_batch WHERE state <> 'DRAFT' AND needs_two
      AND (approved_by IS NULL OR approved_by = sent_by)
    """,
    "remittance {id} of {amount}",
)

_BENEFITS = Check(
    "13 what a provider paid the co-op for a claim was paid on, or is held for the member and his heirs",
    """
    SELECT claim, SUM(said) AS said, SUM(held) AS held FROM (
      SELECT id AS claim, amount AS said, 0 AS held FROM protection_benefit
      UNION ALL
      SELECT benefit_id, -amount, 0 FROM protection_benefit_payment WHERE state = 'PAID'
      UNION ALL
      SELECT subject_id, 0, credits_posted - debits_posted FROM ledger_account WHERE purpose = 'PROTECTION_BENEFIT'
    ) s GROUP BY claim HAVING SUM(said) <> SUM(held)
    """,
    "claim {claim}: received and not paid on {said}, the ledger holds {held}",
)

_PAID_ON = Check(
    "13 a claim whose benefit passed through the co-op is paid when all of it is paid on, and not before",
    """
    SELECT c.id, c.state, b.amount, COALESCE(SUM(p.amount), 0) AS paid FROM protection_benefit b
    JOIN protection_claim c ON c.id = b.id
    LEFT JOIN protection_benefit_payment p ON p.benefit_id = b.id AND p.state = 'PAID'
    GROUP BY c.id, c.state, b.amount
    HAVING (c.state = 'PAID') <> (COALESCE(SUM(p.amount), 0) = b.amount) OR c.state NOT IN ('RECEIVED', 'PAID')
    """,
    "claim {id} ({state}): received {amount}, paid on {paid}",
)

CHECKS: Sequence[Check] = (_COLLECTED, _SENT, _BILLS, _CHARGED, _FUND, _BELOW, _TWO, _BENEFITS, _PAID_ON)
