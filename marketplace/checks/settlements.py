"""Checks between books: what co-ops owe each other, and the windows that clear it."""

from collections.abc import Sequence

from marketplace.checks.check import Check

_DUES = Check(
    "2 what one book owes another equals what the other claims",
    """
    SELECT debtor, creditor, SUM(owed) AS owed, SUM(claimed) AS claimed FROM (
      SELECT cooperative_id AS debtor, subject_id AS creditor, credits_posted - debits_posted AS owed, 0 AS claimed
      FROM ledger_account WHERE purpose = 'DUE_TO'
      UNION ALL
      SELECT subject_id, cooperative_id, 0, debits_posted - credits_posted
      FROM ledger_account WHERE purpose = 'DUE_FROM'
    ) d GROUP BY debtor, creditor HAVING SUM(owed) <> SUM(claimed)
    """,
    "{debtor} owes {owed} to {creditor}, which claims {claimed}",
)

_OBLIGATIONS = Check(
    "2 what a book owes another stands as obligations of the open window, or was unwound",
    """
    SELECT debtor, creditor, SUM(owed) AS owed, SUM(obliged) AS obliged FROM (
      SELECT cooperative_id AS debtor, subject_id AS creditor, credits_posted - debits_posted AS owed, 0 AS obliged
      FROM ledger_account WHERE purpose = 'DUE_TO'
      UNION ALL
      SELECT o.debtor_id, o.creditor_id, 0, o.amount
      FROM settlement_obligation o JOIN settlement_window w ON w.id = o.window_id
      WHERE w.state IN ('OPEN', 'CLOSING') OR o.unwound_at IS NOT NULL
    ) d GROUP BY debtor, creditor HAVING SUM(owed) <> SUM(obliged)
    """,
    "{debtor} to {creditor}: books {owed}, obligations {obliged}",
)

_POSITIONS = Check(
    "6 a closed window's payments clear each co-op's net position exactly",
    """
    SELECT window_id, party, SUM(amount) AS left_over FROM (
      SELECT o.window_id, o.debtor_id AS party, -o.amount AS amount FROM settlement_obligation o
      WHERE o.unwound_at IS NULL
      UNION ALL
      SELECT o.window_id, o.creditor_id, o.amount FROM settlement_obligation o WHERE o.unwound_at IS NULL
      UNION ALL
      SELECT p.window_id, p.payer_id, p.amount FROM settlement_payment p WHERE p.state <> 'VOID'
      UNION ALL
      SELECT p.window_id, p.payee_id, -p.amount FROM settlement_payment p WHERE p.state <> 'VOID'
    ) d JOIN settlement_window w ON w.id = d.window_id
    WHERE w.state IN ('CLOSED', 'PENDING_SETTLEMENT', 'SETTLED')
    GROUP BY window_id, party HAVING SUM(amount) <> 0
    """,
    "window {window_id}: {left_over} left over for {party}",
)

_CLEARING = Check(
    "6 settlement clearing holds what is still to be paid and received, and zero once settled",
    """
    SELECT window_id, party, SUM(booked) AS booked, SUM(planned) AS planned FROM (
      SELECT subject_id AS window_id, cooperative_id AS party, debits_posted - credits_posted AS booked, 0 AS planned
      FROM ledger_account WHERE purpose = 'SETTLEMENT_CLEARING'
      UNION ALL
      SELECT window_id, payer_id, 0, -amount FROM settlement_payment WHERE state IN ('PLANNED', 'APPROVED')
      UNION ALL
      SELECT window_id, payee_id, 0, amount FROM settlement_payment WHERE state IN ('PLANNED', 'APPROVED', 'PAID')
    ) d GROUP BY window_id, party HAVING SUM(booked) <> SUM(planned)
    """,
    "window {window_id}: {party} has {booked} in clearing, {planned} planned",
)

_RESERVATIONS = Check(
    "6 what is set aside under a net debit cap is for a job whose driver has still to take its cash",
    """
    SELECT r.cause_id AS job, r.debtor_id AS debtor, r.amount FROM settlement_reservation r
    LEFT JOIN delivery_job j ON j.id = r.cause_id AND j.carrier_id = r.debtor_id AND j.cooperative_id = r.creditor_id
      AND j.state IN ('ASSIGNED', 'AT_PICKUP', 'CARRYING', 'AT_DROPOFF', 'FAILED', 'RETURNING')
    WHERE r.cause_kind = 'delivery_job.claimed' AND (j.id IS NULL OR r.amount <= 0)
    """,
    "job {job}: {amount} set aside of what {debtor} may owe",
)

_COLLECTING = Check(
    "6 what is set aside for a payment that one co-op collects for another is of one that is under way",
    """
    SELECT r.cause_id AS sub_order, r.debtor_id AS debtor, r.amount FROM settlement_reservation r
    LEFT JOIN sub_order s ON s.id = r.cause_id AND s.cooperative_id = r.creditor_id
    WHERE r.cause_kind = 'sub_order.collecting' AND (s.id IS NULL OR r.amount <= 0 OR NOT EXISTS (
      SELECT 1 FROM payment p JOIN rail_account a ON a.id = p.account_id
      WHERE p.order_id = s.order_id AND p.state IN ('PROCESSING', 'AUTHORISED') AND a.cooperative_id = r.debtor_id))
    """,
    "sub-order {sub_order}: {amount} set aside of what {debtor} may owe",
)

_GROUNDS = Check(
    "2 what one co-op owes another for something carried names the custody receipt that it rests on",
    """
    SELECT o.id, o.cause_kind, o.cause_id, o.receipt_id FROM settlement_obligation o
    LEFT JOIN custody_receipt r ON r.id = o.receipt_id
    LEFT JOIN delivery_job j ON j.id = r.job_id
    LEFT JOIN delivery_job carrying ON carrying.sub_order_id = o.cause_id
    WHERE (o.cause_kind IN ('delivery.ended', 'delivery.cash', 'delivery.cash_at_pickup', 'delivery.passed_on',
        'delivery.relayed', 'delivery.retried', 'delivery.waited')
        AND r.id IS NULL)
      OR (o.cause_kind IN ('sub_order.released', 'sub_order.returned', 'sub_order.ended', 'sub_order.advanced',
        'sub_order.advance_returned', 'sub_order.refund_disputed')
        AND carrying.id IS NOT NULL AND j.id IS DISTINCT FROM carrying.id)
    """,
    "obligation {id} for {cause_kind} {cause_id}: receipt {receipt_id}",
)

_WINDOWS = Check(
    "6 a group has at most one open window",
    """
    SELECT group_id, COUNT(*) AS n FROM settlement_window WHERE state = 'OPEN' GROUP BY group_id HAVING COUNT(*) > 1
    """,
    "group {group_id}: {n} open windows",
)

_ACCOUNTS = Check(
    "6 an account into which a co-op is paid was confirmed by another officer than proposed it",
    """
    SELECT id, cooperative_id FROM settlement_account
    WHERE confirmed_at IS NOT NULL AND (confirmed_by IS NULL OR confirmed_by = proposed_by)
    """,
    "account {id} of {cooperative_id}",
)

_CASES = Check(
    "6 a case that was resolved says how, when and by whom",
    """
    SELECT id, window_id FROM settlement_case
    WHERE state = 'RESOLVED' AND (resolution IS NULL OR resolved_by IS NULL OR resolved_at IS NULL)
    """,
    "case {id} of window {window_id}",
)

CHECKS: Sequence[Check] = (
    _DUES,
    _OBLIGATIONS,
    _GROUNDS,
    _POSITIONS,
    _CLEARING,
    _WINDOWS,
    _RESERVATIONS,
    _COLLECTING,
    _ACCOUNTS,
    _CASES,
)
