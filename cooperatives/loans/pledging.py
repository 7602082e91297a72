"""Guarantee by savings: what a borrower keeps in voluntary savings while his loan runs.

The ledger itself keeps it: the savings account may not go below what is pledged, whoever would take it out. All stand
in the transaction of a caller who holds the loan; the accounts come last of what is locked.
"""

from collections.abc import Sequence
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef
from cooperatives.loans.models import Loan, LoanPledge, LoanProduct
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsAccount
from marketplace import clock
from marketplace.errors import Code, MarketplaceError
from marketplace.money import format_rupiah, share


class SavingsTooSmall(MarketplaceError):
    """This loan wants {needed} of voluntary savings behind it, {available} are free: save more, or ask for less."""

    code = Code.BELOW_MINIMUM
    pesan = (
        "Pinjaman ini perlu jaminan simpanan sukarela {needed}, yang bebas {available}: tambah simpanan, atau ajukan "
        "lebih sedikit."
    )


def needed_for(product: LoanProduct, amount: int) -> int:
    """How much a loan of this product wants pledged, in rupiah."""
    return share(amount, product.pledged_bp or 0)


async def _accounts(membership_id: UUID) -> list[SavingsAccount]:
    """The borrower's voluntary savings, in the order in which they are locked."""
    rows = SavingsAccount.filter(membership_id=membership_id, kind=SavingsKind.VOLUNTARY, closed_at__isnull=True)
    return sorted(await rows, key=lambda row: row.ref.id())


async def pledged_on(savings_ids: list[UUID]) -> dict[UUID, int]:
    """What is pledged of each of these savings accounts now."""
    sums = dict.fromkeys(savings_ids, 0)
    for row in await LoanPledge.filter(savings_id__in=savings_ids, released_at=None):
        sums[row.savings_id] += row.amount
    return sums


async def pledge(loan: Loan, needed: int) -> None:
    """Keep so much of the borrower's voluntary savings. Raises SavingsTooSmall."""
    if needed == 0:
        return
    accounts = await _accounts(loan.membership_id)
    held = {row.pk: (await ledger.locked_balance(row.ref)).available for row in accounts}
    before = await pledged_on(list(held))
    kept = taken_of([held[row.pk] - before[row.pk] for row in accounts], needed)
    for row, taken in zip(accounts, kept, strict=True):
        if taken:
            await LoanPledge.create(loan_id=loan.pk, savings_id=row.pk, amount=taken)
            await ledger.set_limit(row.ref, before[row.pk] + taken)


async def require_free(membership_id: UUID, needed: int) -> None:
    """Go on when so much of this member's voluntary savings could be pledged now. Raises SavingsTooSmall."""
    accounts = await _accounts(membership_id)
    held = await ledger.balances([row.ref for row in accounts])
    before = await pledged_on([row.pk for row in accounts])
    taken_of([held[row.ref].available - before[row.pk] for row in accounts], needed)


def taken_of(free: Sequence[int], needed: int) -> list[int]:
    """What is kept of each account, from the first on, of what is free of it. Pure. Raises SavingsTooSmall."""
    taken, left = [], needed
    for amount in free:
        taken.append(min(max(amount, 0), left))
        left -= taken[-1]
    if left:
        raise SavingsTooSmall(needed=format_rupiah(needed), available=format_rupiah(needed - left))
    return taken


async def release(loan: Loan) -> None:
    """Nothing is kept for this loan any more."""
    rows = await LoanPledge.filter(loan_id=loan.pk, released_at=None)
    if not rows:
        return
    now = clock.now()
    await LoanPledge.filter(pk__in=[row.pk for row in rows]).update(released_at=now)
    savings = {row.pk: row for row in await SavingsAccount.filter(pk__in=[row.savings_id for row in rows])}
    still = await pledged_on(list(savings))
    for id in sorted(savings, key=lambda id: savings[id].ref.id()):
        ref: AccountRef = savings[id].ref
        await ledger.set_limit(ref, still[id])
