"""What must hold, always: the invariants of the domain as checks of live data, for `lumbung check-books`.

Each check is one statement, hence one moment, so it may run while the node works. It finds the rows that
break the rule and says which; nothing found means that it holds.
"""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from cooperatives import ledger
from cooperatives.books import invariants
from cooperatives.governance import publishing
from cooperatives.ledger import chain
from marketplace.checks import (
    accounting,
    books,
    custody,
    dispatch,
    dues,
    financing,
    loans,
    orders,
    payments,
    protection,
    purchasing,
    savings,
    settlements,
    shares,
    surplus,
    units,
)
from marketplace.checks.check import SHOWN, Check, Finding
from marketplace.database import connection
from marketplace.deliveries.custody import Signer

__all__ = ["CHAIN_RULE", "CHECKS", "GUARD_RULE", "Check", "Finding", "findings"]

CHECKS: Sequence[Check] = (
    *books.CHECKS,
    *settlements.CHECKS,
    *orders.CHECKS,
    *custody.CHECKS,
    *dispatch.CHECKS,
    *accounting.CHECKS,
    *loans.CHECKS,
    *payments.CHECKS,
    *shares.CHECKS,
    *dues.CHECKS,
    *savings.CHECKS,
    *surplus.CHECKS,
    *units.CHECKS,
    *financing.CHECKS,
    *purchasing.CHECKS,
    *protection.CHECKS,
)
CHAIN_RULE = "8 no row of the ledger was changed or removed"
VOTES_RULE = "votes: the result is what the ballots make"
GUARD_RULE = "8 the database guards the ledger"


async def findings(signer: Signer | None = None) -> AsyncIterator[Finding]:
    """All that is broken, rule by rule. With `signer`, the node's key, custody receipts are verified too."""
    for guard in await ledger.missing_guards():
        yield Finding(GUARD_RULE, f"{guard} is missing: run `lumbung migrate`")
    for check in CHECKS:
        for found in await check.findings():
            yield found
    if signer is not None:
        async for found in custody.unsigned(signer):
            yield found
    async for found in _chain_findings():
        yield found
    async for account in chain.misnamed_accounts():
        said = f"book {account.cooperative_id}: account {account.id} was another, and now says {account.purpose}"
        yield Finding(CHAIN_RULE, f"{said} of {account.subject_id}")
    async for motion, faults in publishing.audited_all():
        for fault in faults:
            yield Finding(VOTES_RULE, f"motion {motion}: {fault}")
    async for book, differs in invariants.changed_months():
        yield Finding(invariants.MONTHS_RULE, f"book {book}: {differs}")


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
