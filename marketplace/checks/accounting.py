"""What must hold of vouchers, months, bank matches and assets: the books that officers keep."""

from collections.abc import Sequence

from marketplace.checks.check import Check

CHECKS: Sequence[Check] = (
    Check(
        "9 a voucher's debits equal its credits",
        """
        SELECT v.id, v.number, SUM(l.debit) AS debits, SUM(l.credit) AS credits, v.total
        FROM voucher v JOIN voucher_line l ON l.voucher_id = v.id
        GROUP BY v.id, v.number, v.total HAVING SUM(l.debit) <> SUM(l.credit) OR SUM(l.debit) <> v.total
        """,
        "voucher {number} ({id}): debits {debits}, credits {credits}, total {total}",
    ),
    Check(
        "9 what a voucher says of an account is what the ledger holds of it, and nothing before it is posted",
        """
        SELECT d.voucher, d.account, SUM(said) AS said, SUM(held) AS held FROM (
          SELECT l.voucher_id AS voucher, l.account_id AS account, l.debit - l.credit AS said, 0 AS held
          FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id WHERE v.state = 'POSTED'
          UNION ALL
          SELECT t.cause_id, c.id, 0, CASE WHEN a.id = t.debit_account_id THEN t.amount ELSE -t.amount END
          FROM ledger_transfer t
          JOIN ledger_account a ON a.id IN (t.debit_account_id, t.credit_account_id)
          LEFT JOIN chart_account c ON c.cooperative_id = a.cooperative_id
            AND (c.purpose = a.purpose OR (a.purpose LIKE 'CHART\\_%' ESCAPE '\\' AND c.id = a.subject_id))
          WHERE t.cause_kind = 'voucher.posted'
        ) d GROUP BY d.voucher, d.account HAVING SUM(said) <> SUM(held)
        """,
        "voucher {voucher}, account {account}: says {said}, the ledger holds {held}",
    ),
    Check(
        "9 vouchers are numbered without a gap",
        """
        SELECT cooperative_id AS book, kind, MIN(number) AS first, COUNT(*) AS n, MAX(sequence) AS last FROM (
          SELECT cooperative_id, kind, number, sequence, substr(number, 1, length(number) - 4) AS series
          FROM voucher WHERE number IS NOT NULL
        ) v GROUP BY cooperative_id, kind, series HAVING COUNT(*) <> MAX(sequence)
        """,
        "book {book}, the series of {first}: {n} vouchers, the last is number {last}",
    ),
    Check(
        "9 nothing was booked into a month after it was locked",
        """
        SELECT v.number, v.booked_on FROM voucher v JOIN locked_month m ON m.cooperative_id = v.cooperative_id
          AND substr(CAST(m.month AS TEXT), 1, 7) = substr(CAST(v.booked_on AS TEXT), 1, 7)
        WHERE v.state = 'POSTED' AND v.posted_at > m.created_at
        """,
        "voucher {number} of {booked_on}",
    ),
    Check(
        "9 what a bank statement is matched with is the same money",
        """
        SELECT m.id, m.amount, COALESCE(l.amount, 0) AS bank, COALESCE(e.amount, 0) AS book FROM bank_match m
        LEFT JOIN (SELECT match_id, SUM(amount) AS amount FROM bank_line GROUP BY match_id) l ON l.match_id = m.id
        LEFT JOIN (SELECT match_id, SUM(amount) AS amount FROM matched_entry GROUP BY match_id) e
          ON e.match_id = m.id
        WHERE COALESCE(l.amount, 0) <> m.amount OR COALESCE(e.amount, 0) <> m.amount
        """,
        "match {id}: {amount}, the bank's lines {bank}, the book's entries {book}",
    ),
    Check(
        "9 no asset is written off below what shall remain of it",
        """
        SELECT a.id, a.name, a.cost, a.residual, SUM(d.amount) AS written_off FROM fixed_asset a
        JOIN depreciation d ON d.asset_id = a.id GROUP BY a.id, a.name, a.cost, a.residual, a.written_off_before
        HAVING SUM(d.amount) + a.written_off_before > a.cost - a.residual
        """,
        "{name} ({id}): cost {cost}, shall keep {residual}, written off {written_off}",
    ),
    Check(
        "9 every account of the ledger that is the chart's own stands in its chart",
        """
        SELECT a.id, a.subject_id, a.cooperative_id AS book FROM ledger_account a
        WHERE a.purpose LIKE 'CHART\\_%' ESCAPE '\\' AND NOT EXISTS (
          SELECT 1 FROM chart_account c WHERE c.id = a.subject_id AND c.cooperative_id = a.cooperative_id)
        """,
        "ledger account {id} of book {book}: no chart account {subject_id}",
    ),
)
