"""Leaving: pokok, wajib and deposits of one whose membership has ended become voluntary savings, less what he owes.

From there he takes them out as any savings, with the officers that their size asks for.
"""

from uuid import UUID, uuid5

from tortoise.expressions import Subquery

from cooperatives.dues.access import CASHIERS, membership_for
from cooperatives.dues.charging import let_go
from cooperatives.dues.models import DueKind, DuePayment, PaymentWay
from cooperatives.dues.paying import hold_dues, pay, today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.accounts import next_number
from cooperatives.savings.depositing import end_early
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsAccount
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

SETTLED = "savings.settled"
#: So many who left before are settled in one sweep.
MOST_LEFT = 100
#: Who left saves no more.
SAVING = frozenset({DueKind.PRINCIPAL_SAVINGS, DueKind.MANDATORY_SAVINGS, DueKind.VOLUNTARY_SAVINGS})


class StillAMember(MarketplaceError):
    """This membership has not ended: pokok and wajib stay until it has."""

    code = Code.WRONG_STATE
    pesan = "Keanggotaan ini belum berakhir: simpanan pokok dan wajib tetap sampai saat itu."


async def settle_savings(actor: Actor, *, membership_id: UUID, key: str) -> SavingsAccount:
    """Settle the savings of one who left; answers the voluntary savings that hold what is his.

    Raises NotFound where he never saved, Forbidden, StillAMember.
    """
    by = signed_in(actor)
    async with transaction():
        member = await membership_for(actor, membership_id, CASHIERS)
        await once(by, "settleSavings", key, [membership_id], membership_id)
        settled = await settle(member)
        if settled is None:
            raise NotFound("savings")
        return settled


async def settle_left(cooperative_id: UUID) -> int:
    """Settle the savings of those who left while nobody did; answers how many. Idempotent."""
    ended = Membership.filter(cooperative_id=cooperative_id, state=MembershipState.ENDED).values("id")
    found = SavingsAccount.filter(
        cooperative_id=cooperative_id,
        kind=SavingsKind.MANDATORY,
        closed_at__isnull=True,
        membership_id__in=Subquery(ended),
    )
    ids = await found.order_by("id").limit(MOST_LEFT).values_list("membership_id", flat=True)
    for id in ids:
        async with transaction():
            await settle(await Membership.get(pk=id))
    return len(ids)


async def settle(member: Membership) -> SavingsAccount | None:
    """`settle_savings` in the caller's transaction, once the membership has ended. Again, it does nothing more."""
    await locked_one(Membership, member.pk)
    if member.state is not MembershipState.ENDED:
        raise StillAMember
    rows = await SavingsAccount.filter(membership_id=member.pk).order_by("id")
    if not rows:
        return None
    today = await today_of(member.cooperative_id)
    into = next((row for row in rows if row.kind is SavingsKind.VOLUNTARY), None) or await _open(member)
    for row in rows:
        if row.kind is SavingsKind.TERM and row.closed_at is None:
            await end_early(row, today, SETTLED)
    capital = [row for row in rows if row.kind.is_capital and row.closed_at is None]
    held = await ledger.balances([row.ref for row in capital])
    entries = [Entry(row.ref, into.ref, held[row.ref].available, SETTLED) for row in capital]
    await SavingsAccount.filter(pk__in=[row.pk for row in capital]).update(closed_at=clock.now())
    await SavingsAccount.filter(membership_id=member.pk).update(monthly_promise=0)
    left = uuid5(member.pk, f"left:{member.decided_at}")
    dues = await hold_dues(member.pk)
    await let_go([Cause(due.cause_kind, due.cause_id) for due in dues.values() if due.kind in SAVING])
    dues = {id: due for id, due in dues.items() if due.kind not in SAVING}
    await ledger.post(entries, cause=Cause(SETTLED, left))
    sources = await _sources(into, rows, sum(due.outstanding for due in dues.values()))
    amount = sum(taken for _, taken in sources)
    if amount > 0:
        payment = DuePayment(
            id=new_id(),
            cooperative_id=member.cooperative_id,
            membership_id=member.pk,
            account_id=member.account_id,
            way=PaymentWay.SAVINGS,
            source_id=left,
            amount=amount,
            received_on=today,
        )
        await pay(payment, dues, sources)
    return into


async def _sources(into: SavingsAccount, rows: list[SavingsAccount], owed: int) -> list[tuple[AccountRef, int]]:
    """From which of his voluntary savings what he owes is paid: first from where all else went."""
    voluntary = [into, *(row for row in rows if row.kind is SavingsKind.VOLUNTARY and row.pk != into.pk)]
    held = await ledger.balances([row.ref for row in voluntary])
    sources = []
    for row in voluntary:
        taken = min(owed, held[row.ref].available)
        owed -= max(taken, 0)
        if taken > 0:
            sources.append((row.ref, taken))
    return sources


async def _open(member: Membership) -> SavingsAccount:
    """Voluntary savings without a product, which earn nothing: for one who never opened any."""
    return await SavingsAccount.create(
        id=uuid5(member.pk, "savings:leaving"),
        cooperative_id=member.cooperative_id,
        membership_id=member.pk,
        account_id=member.account_id,
        kind=SavingsKind.VOLUNTARY,
        number=await next_number(member, SavingsKind.VOLUNTARY),
        opened_on=await today_of(member.cooperative_id),
    )
