"""What must hold, always: the invariants of the domain as checks of live data, for `lumbung check-books`.

Each check is one statement, hence one moment, so it may run while the node works. It finds the rows that
break the rule and says which; nothing found means that it holds.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from cooperatives import ledger
from cooperatives.ledger import chain
from cooperatives.ledger.posting import RECOMPUTE
from marketplace.database import connection

#: So many rows are named a check; the rest are counted.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule of the domain that does not hold, and where."""

    rule: str
    where: str


@dataclass(frozen=True, slots=True)
class Check:
    """A rule, the rows that break it, and how one of them is told."""

    rule: str
    sql: str
    says: str

    async def findings(self) -> list[Finding]:
        rows = await connection().execute_query_dict(self.sql)
        found = [Finding(self.rule, self.says.format(**_whole(row))) for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            found.append(Finding(self.rule, f"and {len(rows) - SHOWN} more"))
        return found


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """PostgreSQL sums whole numbers into decimals: show them as they are."""
    return {name: int(value) if isinstance(value, Decimal) else value for name, value in row.items()}


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
    FROM ledger_account a LEFT JOIN ({RECOMPUTE.format(where="")}) r ON r.account_id = a.id
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

_ESCROW = """
  (SELECT cooperative_id, subject_id, SUM(credits_posted) AS held, SUM(credits_posted - debits_posted) AS balance
   FROM ledger_account WHERE purpose = 'ORDER_ESCROW' GROUP BY cooperative_id, subject_id)
"""

_ESCROW_HELD = Check(
    "3 the escrow of an order paid and not yet delivered is what was paid less what was refunded",
    f"""
    SELECT s.number, s.state, s.total, s.refunded, COALESCE(e.balance, 0) AS held
    FROM sub_order s LEFT JOIN {_ESCROW} e ON e.subject_id = s.id
    WHERE s.payment_method = 'ONLINE'
      AND s.state IN ('PAID', 'ACCEPTED', 'PREPARING', 'READY', 'IN_SERVICE', 'COLLECTED')
      AND COALESCE(e.balance, 0) <> s.total - s.refunded
    """,
    "order {number} ({state}): paid {total}, refunded {refunded}, held {held}",
)

_ESCROW_EMPTY = Check(
    "3 the escrow of a closed order is zero",
    f"""
    SELECT s.number, s.state, e.balance FROM sub_order s JOIN {_ESCROW} e ON e.subject_id = s.id
    WHERE e.balance <> 0 AND (s.state IN ('DELIVERED', 'CLOSED') OR EXISTS (
      SELECT 1 FROM refund r WHERE r.sub_order_id = s.id AND r.reason = 'ENDED'))
    """,
    "order {number} ({state}): {balance} left in escrow",
)

_REFUNDS = Check(
    "3 what is owed back to buyers is the sum of refunds under way",
    """
    SELECT sub_order, SUM(owed) AS owed, SUM(refunds) AS refunds FROM (
      SELECT subject_id AS sub_order, credits_posted - debits_posted AS owed, 0 AS refunds
      FROM ledger_account WHERE purpose = 'BUYER_REFUND_PAYABLE'
      UNION ALL
      SELECT sub_order_id, 0, amount FROM refund WHERE state = 'PROCESSING'
    ) d GROUP BY sub_order HAVING SUM(owed) <> SUM(refunds)
    """,
    "sub-order {sub_order}: books owe {owed}, refunds {refunds}",
)

_STOCK = Check(
    "4 no stock below zero, and no more reserved than on hand",
    """
    SELECT id, on_hand, reserved FROM variant
    WHERE reserved < 0 OR (on_hand IS NOT NULL AND (on_hand < 0 OR reserved > on_hand))
    """,
    "variant {id}: on hand {on_hand}, reserved {reserved}",
)

_RESERVED = Check(
    "4 what is reserved is what orders hold",
    """
    SELECT v.id, v.reserved, COALESCE(h.held, 0) AS held FROM variant v LEFT JOIN (
      SELECT variant_id, SUM(quantity) AS held FROM stock_reservation WHERE state = 'HELD' GROUP BY variant_id
    ) h ON h.variant_id = v.id
    WHERE v.on_hand IS NOT NULL AND v.reserved <> COALESCE(h.held, 0)
    """,
    "variant {id}: reserved {reserved}, orders hold {held}",
)

_HOLDERS = Check(
    "5 a job is held by the driver whom its history names",
    """
    SELECT j.id, j.state, j.driver_id, c.holder_id FROM delivery_job j
    JOIN job_state_change c ON c.job_id = j.id AND c.version = j.version
    WHERE j.state IN ('ASSIGNED', 'AT_PICKUP', 'CARRYING', 'AT_DROPOFF', 'RETURNING')
      AND (j.driver_id IS NULL OR j.driver_id IS DISTINCT FROM c.holder_id)
    """,
    "job {id} ({state}): held by {driver_id}, its history says {holder_id}",
)

_CUSTODY = Check(
    "5 each custody chain is unbroken: who gives is who took, and names the receipt before",
    """
    SELECT drop_id, position FROM (
      SELECT drop_id, position, giver_id, previous_hash,
        LAG(taker_id) OVER (PARTITION BY drop_id ORDER BY position) AS taken_by,
        LAG(hash) OVER (PARTITION BY drop_id ORDER BY position) AS hash_before,
        ROW_NUMBER() OVER (PARTITION BY drop_id ORDER BY position) - 1 AS place
      FROM custody_receipt
    ) c WHERE place <> position
      OR (place > 0 AND (giver_id IS DISTINCT FROM taken_by OR previous_hash IS DISTINCT FROM hash_before))
    """,
    "drop {drop_id}, receipt {position}",
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

_WINDOWS = Check(
    "6 a group has at most one open window",
    """
    SELECT group_id, COUNT(*) AS n FROM settlement_window WHERE state = 'OPEN' GROUP BY group_id HAVING COUNT(*) > 1
    """,
    "group {group_id}: {n} open windows",
)

_SHARES = Check(
    "7 the shares of an order sum to what the buyer paid",
    """
    SELECT s.number, s.total, s.refunded, SUM(t.amount) AS shared FROM sub_order s
    JOIN ledger_transfer t ON t.cause_id = s.id AND t.cause_kind = 'sub_order.released'
      AND t.kind IN ('order.goods', 'order.commission', 'order.network_fee', 'order.delivery_hosting',
                     'order.driver', 'order.delivery')
    WHERE NOT (s.payment_method = 'CASH' AND s.carrier_id IS NULL)
    GROUP BY s.id, s.number, s.total, s.refunded HAVING SUM(t.amount) <> s.total - s.refunded
    """,
    "order {number}: paid {total}, refunded {refunded}, shared out {shared}",
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

CHECKS: Sequence[Check] = (
    _BALANCED,
    _ACCUMULATORS,
    _FLOORS,
    _DUES,
    _OBLIGATIONS,
    _ESCROW_HELD,
    _ESCROW_EMPTY,
    _REFUNDS,
    _STOCK,
    _RESERVED,
    _HOLDERS,
    _CUSTODY,
    _POSITIONS,
    _CLEARING,
    _WINDOWS,
    _SHARES,
    _CAUSES,
    _SEALED,
)
CHAIN_RULE = "8 no row of the ledger was changed or removed"
GUARD_RULE = "8 the database guards the ledger"


async def findings() -> AsyncIterator[Finding]:
    """All that is broken, rule by rule."""
    for guard in await ledger.missing_guards():
        yield Finding(GUARD_RULE, f"{guard} is missing: run `lumbung migrate`")
    for check in CHECKS:
        for found in await check.findings():
            yield found
    async for found in _chain_findings():
        yield found


async def _chain_findings() -> AsyncIterator[Finding]:
    rows = await connection().execute_query_dict("SELECT DISTINCT cooperative_id FROM ledger_chain")
    for book in sorted(UUID(str(row["cooperative_id"])) for row in rows):
        named = 0
        async for broken in chain.broken_links(book):
            named += 1
            if named <= SHOWN:
                yield Finding(
                    CHAIN_RULE, f"book {book}, link {broken.seq}, transfer {broken.transfer_id}: {broken.why}"
                )
        if named > SHOWN:
            yield Finding(CHAIN_RULE, f"book {book}: and {named - SHOWN} more")
