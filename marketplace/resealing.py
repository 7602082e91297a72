"""Every column that the vault seals, and how all are sealed anew with the newest key.

`SEALED` is held by a test against the code: a file that seals, or a column that says that it is sealed, and is not
named here, fails it. A row is written in a transaction of its own, so that the command may be cut off and run again.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cooperatives.departures.models import HeirClaim
from cooperatives.membership.entries import mark_details
from cooperatives.membership.models import MemberEntry
from cooperatives.moving.models import MovingSet
from cooperatives.protection.benefit_models import ProtectionBenefitPayment
from cooperatives.protection.models import ProtectionDependant, ProtectionEnrolment
from marketplace.database import Row, locked_one, transaction
from marketplace.payments.models import RailAccount
from marketplace.payments.payouts.models import Payout, PayoutDestination
from marketplace.vault import Vault

BATCH = 500


async def _own_cooperative(row: Any) -> UUID:
    owner: UUID = row.cooperative_id
    return owner


async def _enrolments(row: Any) -> UUID:
    enrolment = await ProtectionEnrolment.get(pk=row.enrolment_id)
    return enrolment.cooperative_id


@dataclass(frozen=True, slots=True)
class Sealed:
    """Columns of a table that are sealed, by which files, and for which owner (a co-op)."""

    model: type[Row]
    columns: tuple[str, ...]
    sealed_in: str
    owner: Callable[[Any], Awaitable[UUID]] = _own_cooperative
    #: Writes what is kept of the same text under the same keys; answers its columns.
    beside: Callable[[Vault, Any], tuple[str, ...]] | None = None


SEALED = (
    Sealed(RailAccount, ("sealed", "former_sealed", "proposed_sealed"), "marketplace/payments/rails/accounts.py"),
    Sealed(PayoutDestination, ("sealed",), "marketplace/payments/payouts/destinations.py"),
    Sealed(Payout, ("sealed",), "marketplace/payments/payouts/destinations.py"),
    Sealed(MemberEntry, ("details", "heirs"), "cooperatives/membership/entries.py", beside=mark_details),
    Sealed(ProtectionEnrolment, ("sealed",), "cooperatives/protection/numbers.py"),
    Sealed(ProtectionDependant, ("sealed",), "cooperatives/protection/numbers.py", owner=_enrolments),
    Sealed(ProtectionBenefitPayment, ("payee",), "cooperatives/protection/benefits.py"),
    Sealed(HeirClaim, ("heir",), "cooperatives/departures/dying.py"),
    Sealed(MovingSet, ("sheets",), "cooperatives/moving/taking.py"),
)


async def reseal(vault: Vault, tables: Iterable[Sealed] = SEALED) -> int:
    """Seal everything with the newest key; answers how many rows were written. For the operator's command.

    Raises CredentialsSealed where no key of the node opens a row.
    """
    written = 0
    for table in tables:
        last = UUID(int=0)
        while rows := await table.model.filter(pk__gt=last).order_by("id").limit(BATCH):
            last = rows[-1].pk
            for row in rows:
                if _stale(vault, table, row):
                    written += await _reseal(vault, table, row.pk)
    return written


def _stale(vault: Vault, table: Sealed, row: Row) -> list[str]:
    """The row's columns that an older key sealed."""
    return [name for name in table.columns if (text := getattr(row, name)) and not vault.is_fresh(text)]


async def _reseal(vault: Vault, table: Sealed, id: UUID) -> int:
    async with transaction():
        row = await locked_one(table.model, id)
        stale = [] if row is None else _stale(vault, table, row)
        if row is None or not stale:
            return 0  # removed or written anew meanwhile
        owner_id = await table.owner(row)
        for name in stale:
            opened = vault.open(getattr(row, name), row_id=id, owner_id=owner_id)
            setattr(row, name, vault.seal(opened, row_id=id, owner_id=owner_id))
        beside = table.beside(vault, row) if table.beside else ()
        await row.save(update_fields=[*stale, *beside])
    return 1
