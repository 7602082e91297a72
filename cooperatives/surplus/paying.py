"""Members' shares of a surplus paid out: into their voluntary savings, else to what the co-op owes them as earnings.

In batches, each one transaction: a process that dies leaves whole batches, and asking again goes on behind them.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.dues.earnings import payables_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause
from cooperatives.ledger.compounds import Compound
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsAccount
from cooperatives.surplus import posting
from cooperatives.surplus.allocating import SurplusWrongState, hold_allocation
from cooperatives.surplus.models import SurplusAllocation, SurplusShare, SurplusState
from marketplace import clock, outbox
from marketplace.database import locked, transaction
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Role, signed_in
from marketplace.identity.models import RoleGrant

#: Shares paid in one transaction.
BATCH = 200


async def pay_surplus(actor: Actor, *, allocation_id: UUID, key: str) -> SurplusAllocation:
    """Pay every member's share of a posted surplus. An officer.

    Who has neither voluntary savings nor earnings here keeps his share as owed to him; asked again later, it is paid
    when he has. Raises NotFound, Forbidden, SurplusWrongState.
    """
    after: UUID | None = None
    while True:
        async with transaction():
            row = await hold_allocation(actor, allocation_id)
            if after is None:
                await once(signed_in(actor), "paySurplus", key, [allocation_id], allocation_id)
            if row.state is SurplusState.PAID:
                return row
            if row.state is not SurplusState.POSTED:
                raise SurplusWrongState(state=row.state.value)
            unpaid = SurplusShare.filter(allocation_id=allocation_id, paid_at__isnull=True)
            waiting = unpaid if after is None else unpaid.filter(id__gt=after)
            shares = await waiting.order_by("id").limit(BATCH)
            await _pay(row, shares)
            if len(shares) < BATCH:
                if not await unpaid.exists():
                    row.state, row.paid_at = SurplusState.PAID, clock.now()
                    await row.save(update_fields=["state", "paid_at"])
                return row
            after = shares[-1].pk


async def _pay(row: SurplusAllocation, shares: Sequence[SurplusShare]) -> None:
    savings = await _savings(shares)
    payables = await _payables(row.cooperative_id, shares)
    compounds, done = [], []
    for share in shares:
        into = savings.get(share.membership_id)
        to = into.ref if into is not None else payables.get(share.account_id)
        if to is None and share.amount:
            continue
        share.savings_id = None if into is None else into.pk
        share.paid_at = clock.now()
        done.append(share)
        if to is not None and share.amount:
            entries = posting.paid(row.cooperative_id, share.membership_id, to, share.amount)
            compounds.append(Compound(Cause(posting.PAID, share.pk), tuple(entries)))
    if not done:
        return
    await SurplusShare.bulk_update(done, fields=["savings_id", "paid_at"])
    reached = [str(share.pk) for share in done if share.amount]
    if reached:
        await outbox.record("surplus.shares_paid", row.pk, {"shares": reached})
    for result in await ledger.post_batch(compounds):
        if result.outcome is not ledger.Outcome.POSTED:  # what is owed to him was posted whole before
            raise RuntimeError(f"a share of the surplus was not paid: {result}")


async def _savings(shares: Sequence[SurplusShare]) -> Mapping[UUID, SavingsAccount]:
    """Each member's first open voluntary savings, locked so that they can't be closed meanwhile."""
    ids = [share.membership_id for share in shares]
    found = await SavingsAccount.filter(
        membership_id__in=ids, kind=SavingsKind.VOLUNTARY, closed_at__isnull=True
    ).values_list("id", flat=True)
    rows = await locked(SavingsAccount, [UUID(str(id)) for id in found])
    by_member: dict[UUID, SavingsAccount] = {}
    for id in sorted(rows):
        if rows[id].closed_at is None:
            by_member.setdefault(rows[id].membership_id, rows[id])
    return by_member


async def _payables(cooperative_id: UUID, shares: Sequence[SurplusShare]) -> Mapping[UUID, AccountRef]:
    """From where each is paid out: as a driver, else as the owner of a shop. Two statements."""
    accounts = {share.account_id for share in shares}
    refs = await payables_of(cooperative_id, accounts)
    drivers = await RoleGrant.filter(
        account_id__in=list(accounts), role=Role.DRIVER, cooperative_id=cooperative_id, until__isnull=True
    ).values_list("account_id", flat=True)
    driving = {UUID(str(id)) for id in drivers}
    usable = {id: refs[id] if id in driving else refs[id][1:] for id in accounts}
    return {id: found[0] for id, found in usable.items() if found}
