"""Sending what was asked for: in the order asked, within the day's limit and the co-op's money at its provider.

A payout is SENT before the provider is asked. When its answer is lost it is looked for, and asked for again with the
same key only while the provider still knows that key; later an officer must look.
"""

from datetime import timedelta
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.errors import MarketplaceError
from marketplace.payments.gateway import GatewayUnreachable, PaymentGateway
from marketplace.payments.payouts import destinations, service
from marketplace.payments.payouts.lifecycle import PayoutEvent, PayoutState, advance, fits, is_approved
from marketplace.payments.payouts.models import Payout
from marketplace.payments.rails import Rails

SWEEP = 100
#: After so long without word the provider is asked.
ASK_AFTER = timedelta(minutes=1)
#: What it has not heard of after so long did not arrive.
LOST_AFTER = timedelta(minutes=5)
#: Providers keep idempotency keys for a day: after this a payout is not asked for again.
KEY_LIFE = timedelta(hours=20)


async def send_due(rails: Rails) -> int:
    """Send what may go now; answers how many were sent."""
    rows = await Payout.filter(state=PayoutState.REQUESTED).order_by("id").limit(SWEEP)
    sent = 0
    for row in rows:
        try:
            gateway = await _gateway(rails, row.cooperative_id)
            if gateway is not None and await _take(row.id, gateway, rails):
                await _carry_out(row, gateway, rails)
                sent += 1
        except MarketplaceError:  # its keys can't be opened, or it is unreachable: the next sweep goes on
            continue
    return sent


async def _gateway(rails: Rails, cooperative_id: UUID) -> PaymentGateway | None:
    return next((one for one in await rails.offered(cooperative_id) if one.pays_out), None)


async def _take(payout_id: UUID, gateway: PaymentGateway, rails: Rails) -> bool:
    """Commit that it is being sent, if it may; answers whether."""
    async with transaction():
        found = await Payout.get(id=payout_id)
        policy = await destinations.policy_of(found.cooperative_id)
        await locked_one(type(policy), policy.id)  # one after the other, where the members have set a limit
        payout = await locked_one(Payout, payout_id)
        if payout is None or payout.state is not PayoutState.REQUESTED:
            return False
        if not is_approved(payout.amount, payout.approved_by, policy.two_officers_from):
            return False
        at_provider = await ledger.balance(AccountRef(payout.cooperative_id, Purpose.GATEWAY_CLEARING))
        under_way = await _sum(payout.cooperative_id, state=PayoutState.SENT, is_by_hand=False)
        today = await _sum(payout.cooperative_id, sent_at__gte=service.day_began(rails), is_by_hand=False)
        if not fits(
            payout.amount,
            sent_today=today,
            daily_limit=policy.daily_limit,
            at_provider=at_provider.available - under_way,
        ):
            return False
        payout.state, payout.account_id = advance(payout.state, PayoutEvent.SEND), gateway.account_id
        payout.sent_at = payout.tried_at = clock.now()
        await payout.save(update_fields=["state", "account_id", "sent_at", "tried_at"])
        return True


async def _sum(cooperative_id: UUID, **match: object) -> int:
    rows = (
        await Payout.filter(cooperative_id=cooperative_id, **match)
        .exclude(state=PayoutState.FAILED)
        .annotate(total=Sum("amount"))
        .values("total")
    )
    return int(rows[0]["total"] or 0) if rows else 0


async def _carry_out(payout: Payout, gateway: PaymentGateway, rails: Rails) -> Payout:
    """Ask the provider, outside any transaction, and commit what it says."""
    to = destinations.unseal(rails.vault, payout.sealed, row_id=payout.id, owner_id=payout.cooperative_id)
    try:
        said = await gateway.pay_out(payout_id=payout.id, amount=payout.amount, to=to, note="Pencairan koperasi")
    except GatewayUnreachable:
        return payout
    return await service.settle(payout.id, said)


async def reconcile(rails: Rails) -> int:
    """Ask about what was sent and not confirmed, those asked least lately first; answers how many have ended."""
    now = clock.now()
    rows = (
        await Payout.filter(state=PayoutState.SENT, is_by_hand=False, tried_at__lte=now - ASK_AFTER)
        .order_by("tried_at")
        .limit(SWEEP)
    )
    ended = 0
    for row in rows:
        await Payout.filter(id=row.id).update(tried_at=now)
        try:
            ended += (await look(row, rails)).state is not PayoutState.SENT
        except MarketplaceError:
            continue
    return ended


async def look(payout: Payout, rails: Rails) -> Payout:
    """Ask the provider what became of a payout and commit that. Raises GatewayUnreachable."""
    gateway = await rails.of(payout)
    made_at = payout.sent_at or payout.created_at
    said = await gateway.find_payout(payout_id=payout.id, reference=payout.reference, made_at=made_at)
    if said is not None:
        return await service.settle(payout.id, said)
    if payout.state is PayoutState.SENT and LOST_AFTER < clock.now() - made_at < KEY_LIFE:
        return await _carry_out(payout, gateway, rails)
    return payout


async def hear(rails: Rails, *, account_id: UUID | None, our_id: UUID, reference: str) -> str:
    """A provider has called about a payout: ask it. Answers DONE or UNMATCHED. Raises GatewayUnreachable."""
    payout = await Payout.get_or_none(id=our_id, account_id=account_id)
    if payout is None and reference:
        payout = await Payout.get_or_none(reference=reference, account_id=account_id)
    if payout is None or payout.is_by_hand:
        return "UNMATCHED"
    await look(payout, rails)
    return "DONE"
