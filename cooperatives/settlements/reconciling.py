"""What two co-ops of a window have in their books of each other, line by line; what differs becomes cases."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from cooperatives.settlements import cases
from cooperatives.settlements.cases import PAYMENT, Difference
from cooperatives.settlements.lining_up import Compared, Key, compare
from cooperatives.settlements.models import CaseKind, ClearingMembership, SettlementPayment, SettlementWindow
from cooperatives.settlements.reading import may_see_windows_of, window_for
from cooperatives.settlements.windows import SCOPE, hold_window
from marketplace import clock
from marketplace.database import connection, is_postgres, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in

MOST_LINES = 20_000

# Each line of one book about the other co-op: what its due-from and due-to moved, by cause. Those that the window
# holds as obligations, and those of its days that no obligation explains.
_LINES = """
SELECT m.cause_kind, m.cause_id, m.purpose, SUM(m.amount) AS amount FROM (
  SELECT t.cause_kind, t.cause_id, t.kind, t.phase, t.created_at, a.purpose, t.amount
  FROM ledger_account a JOIN ledger_transfer t ON t.debit_account_id = a.id
  WHERE a.cooperative_id = {one} AND a.subject_id = {other} AND a.purpose IN ('DUE_TO', 'DUE_FROM')
  UNION ALL
  SELECT t.cause_kind, t.cause_id, t.kind, t.phase, t.created_at, a.purpose, -t.amount
  FROM ledger_account a JOIN ledger_transfer t ON t.credit_account_id = a.id
  WHERE a.cooperative_id = {one} AND a.subject_id = {other} AND a.purpose IN ('DUE_TO', 'DUE_FROM')
) m
WHERE m.phase IN ('SINGLE', 'POST') AND m.kind NOT IN ('settlement.close', 'settlement.unwound') AND (
  EXISTS (SELECT 1 FROM settlement_obligation o
          WHERE o.cause_id = m.cause_id AND o.cause_kind = m.cause_kind AND o.window_id = {window})
  OR (m.created_at >= {since} AND m.created_at < {until}
      AND NOT EXISTS (SELECT 1 FROM settlement_obligation o WHERE o.cause_id = m.cause_id)))
GROUP BY m.cause_kind, m.cause_id, m.purpose
LIMIT {most}
"""
_ORDER = ("one", "other", "window", "since", "until", "most")


class TooManyLines(MarketplaceError):
    """These two co-operatives have more than {most} lines in this window: close windows more often."""

    code = Code.TOO_MANY
    pesan = "Kedua koperasi ini mempunyai lebih dari {most} baris dalam putaran ini: tutuplah putaran lebih sering."


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All lines between two co-ops in a window, seen from the first."""

    lines: list[Compared]

    @property
    def differences(self) -> list[tuple[CaseKind, Compared]]:
        """The lines that differ, each with how."""
        return [(CaseKind(kind), line) for line in self.lines if (kind := line.kind) is not None]

    @property
    def here(self) -> int:
        return sum(line.here or 0 for line in self.lines)

    @property
    def there(self) -> int:
        return sum(line.there or 0 for line in self.lines)


async def reconcile(actor: Actor, window_id: UUID, cooperative_id: UUID, counterparty_id: UUID) -> Reconciliation:
    """How the two books agree on the window, for those who may read the first's. Raises NotFound, TooManyLines."""
    signed_in(actor)
    window = await window_for(actor, window_id)
    if window is None or not may_see_windows_of(actor, cooperative_id):
        raise NotFound("settlement window")
    return await _reconciled(window, cooperative_id, counterparty_id)


async def open_cases(
    actor: Actor, *, window_id: UUID, cooperative_id: UUID, counterparty_id: UUID, key: str
) -> SettlementWindow:
    """Open a case for each difference that has none yet: an officer of the co-op that sees it.

    Raises NotFound, TooManyLines.
    """
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id, scope=SCOPE, hide="settlement window")
    async with transaction():
        asked = [window_id, cooperative_id, counterparty_id]
        repeat = await once(by, "openSettlementCases", key, asked, window_id)
        window = await hold_window(window_id)
        if repeat is None:
            found = (await _reconciled(window, cooperative_id, counterparty_id)).differences
            differences = [Difference(kind, *one.key, one.here, one.there) for kind, one in found]
            await cases.keep(window, cooperative_id, counterparty_id, differences, by)
        return window


async def _reconciled(window: SettlementWindow, one: UUID, other: UUID) -> Reconciliation:
    both = ClearingMembership.filter(group_id=window.group_id, cooperative_id__in=[one, other])
    if one == other or await both.count() != 2:
        raise NotFound("co-operative in this group")
    here, there = await _book(window, one, other), await _book(window, other, one)
    sent, came = await _payments(window, one, other), await _payments(window, other, one)
    return Reconciliation(compare(here | sent, there | came))


async def _book(window: SettlementWindow, one: UUID, other: UUID) -> dict[Key, int]:
    until = window.closed_at or clock.now()
    values = {"one": one, "other": other, "window": window.id, "since": window.created_at, "until": until}
    query, arguments = _bound(values | {"most": MOST_LINES + 1})
    rows = await connection().execute_query_dict(query, arguments)
    if len(rows) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    lines: dict[Key, int] = {}
    for row in rows:
        debtor, creditor = (one, other) if row["purpose"] == "DUE_TO" else (other, one)
        # as the obligation is called: see obligations.record_obligation
        id = uuid5(UUID(str(row["cause_id"])), f"{row['cause_kind']}:{debtor}:{creditor}")
        if int(row["amount"]):
            lines[row["cause_kind"], id] = int(row["amount"])
    return lines


def _bound(values: dict[str, Any]) -> tuple[str, list[Any]]:
    """The statement with its marks, and what they stand for, by the database's habits."""
    if is_postgres():
        marks = {name: f"${place}" for place, name in enumerate(_ORDER, start=1)}
        return _LINES.format(**marks), [values[name] for name in _ORDER]
    marks = {name: f"?{place}" for place, name in enumerate(_ORDER, start=1)}
    plain = [value if isinstance(value, int) else str(value) for value in (values[name] for name in _ORDER)]
    return _LINES.format(**marks), plain


async def _payments(window: SettlementWindow, one: UUID, other: UUID) -> dict[Key, int]:
    """What the first has paid the second or had confirmed from it: above zero went out, as its debt went with it."""
    lines: dict[Key, int] = {}
    for row in await SettlementPayment.filter(
        window_id=window.id, payer_id__in=[one, other], payee_id__in=[one, other]
    ):
        if row.payer_id == one and row.paid_at is not None:
            lines[PAYMENT, row.id] = row.amount
        elif row.payee_id == one and row.confirmed_at is not None:
            lines[PAYMENT, row.id] = -row.amount
    return lines
