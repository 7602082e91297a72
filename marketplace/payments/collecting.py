"""One payment for shops of several co-ops: which co-op collects it, for those that let others collect for them.

It collects, of those with an account at a provider, whose part is the largest and which may owe the others theirs.
What it will owe is set aside under its net debit cap before the provider is asked, and becomes an obligation in the
moment in which the money is booked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from cooperatives.ledger.accounts import Cause
from cooperatives.settlements import service as settlements
from marketplace import clock
from marketplace.database import for_update, new_id, transaction
from marketplace.errors import MarketplaceError
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.orders.models import SubOrder
from marketplace.payments.gateway import PaymentChannel, PaymentGateway
from marketplace.payments.models import CollectingConsent, Payment, RailAccount
from marketplace.payments.rails import ChannelUnavailable, Rails, SeveralCollectors

#: What is set aside while a buyer pays names this as its cause, with the sub-order.
SET_ASIDE = "sub_order.collecting"
CONSENTERS = (Role.CHAIR, Role.TREASURER)


async def set_consent(actor: Actor, *, cooperative_id: UUID, is_given: bool, key: str) -> CollectingConsent:
    """A chair or treasurer lets other co-ops collect for this one, once a second one says so too; or no longer does.

    What is under way stays as it was begun. Raises Forbidden, Unauthenticated.
    """
    by = signed_in(actor)
    require(actor, *CONSENTERS, cooperative_id=cooperative_id)
    async with transaction():
        await CollectingConsent.bulk_create([CollectingConsent(id=cooperative_id)], ignore_conflicts=True)
        row = await for_update(CollectingConsent.filter(id=cooperative_id)).get()
        asked = [cooperative_id, is_given]
        if await once(by, "setCollectingConsent", key, asked, cooperative_id) is not None or row.is_given is is_given:
            return row
        if is_given and row.proposed_by in (None, by):
            if row.proposed_by is None:
                await ask_second(Awaiting.COLLECTING_CONSENT, new_id(), cooperative_id=cooperative_id, by=by)
            row.proposed_by, action = by, "collecting.proposed"
        else:
            row.is_given, row.proposed_by = is_given, None
            row.set_by, row.set_at, action = by, clock.now(), "collecting.set"
        await row.save(update_fields=["is_given", "proposed_by", "set_by", "set_at"])
        await audit.note(action, account_id=by, by=by, cooperative_id=cooperative_id, is_given=is_given)
        return row


async def consent_of(actor: Actor, cooperative_id: UUID) -> CollectingConsent:
    """What a co-op has said about it, for its officers and pengawas. Raises NotFound."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    found = await CollectingConsent.get_or_none(id=cooperative_id)
    return found or CollectingConsent(id=cooperative_id)


async def choose(rails: Rails, sub_orders: Sequence[SubOrder], channel: PaymentChannel | None) -> PaymentGateway:
    """The gateway for one payment of these sub-orders; sets aside what its co-op will owe others.

    Caller's transaction. Raises PaymentMethodUnavailable, ChannelUnavailable, SeveralCollectors, NetDebitCapReached.
    """
    parts = by_cooperative(sub_orders)
    able = await rails.having_accounts(parts) if len(parts) > 1 else set()
    if not able:
        return await rails.choose(parts, channel)
    refusal: MarketplaceError = SeveralCollectors()
    for collector_id in sorted(await _let(able, parts), key=lambda id: (-parts[id], id)):
        others = {id: amount for id, amount in parts.items() if id != collector_id}
        try:
            gateway = await rails.choose([collector_id], channel)
            await _require_headroom(collector_id, others)
        except (ChannelUnavailable, settlements.NetDebitCapReached) as refused:
            refusal = refused
            continue
        await _set_aside(collector_id, sub_orders)
        return gateway
    raise refusal


async def offered(rails: Rails, cooperative_ids: Collection[UUID]) -> list[PaymentGateway]:
    """All gateways over which one payment to these co-ops may go. Their caps are asked when it is made."""
    able = await rails.having_accounts(cooperative_ids) if len(cooperative_ids) > 1 else set()
    collectors = await _let(able, cooperative_ids) if able else sorted(cooperative_ids)[:1]
    return [gateway for id in collectors for gateway in await rails.offered(id)]


async def _let(able: Iterable[UUID], cooperative_ids: Collection[UUID]) -> list[UUID]:
    """Those of `able` that all others of these co-ops let collect for them."""
    rows = await CollectingConsent.filter(id__in=list(cooperative_ids), is_given=True)
    consents = {row.id for row in rows}
    return sorted(id for id in able if set(cooperative_ids) - {id} <= consents)


def by_cooperative(sub_orders: Iterable[SubOrder]) -> dict[UUID, int]:
    """What of these belongs to each seller's co-op, in rupiah. Pure."""
    parts: dict[UUID, int] = defaultdict(int)
    for row in sub_orders:
        parts[row.cooperative_id] += row.total
    return dict(parts)


async def _require_headroom(collector_id: UUID, others: Mapping[UUID, int]) -> None:
    """Ask for all that it would owe in a clearing group at once. Raises NetDebitCapReached."""
    groups: dict[UUID, tuple[UUID, int]] = {}
    for id, amount in sorted(others.items()):
        group_id = await settlements.group_of(collector_id, id)
        groups[group_id] = (id, groups.get(group_id, (id, 0))[1] + amount)
    for creditor_id, amount in groups.values():
        await settlements.require_headroom(debtor_id=collector_id, creditor_id=creditor_id, amount=amount)


async def _set_aside(collector_id: UUID, sub_orders: Sequence[SubOrder]) -> None:
    for row in sorted(sub_orders, key=lambda row: (row.cooperative_id, row.id)):
        if row.cooperative_id != collector_id and row.total:
            cause = Cause(SET_ASIDE, row.id)
            await settlements.reserve(
                debtor_id=collector_id, creditor_id=row.cooperative_id, amount=row.total, cause=cause
            )


async def let_go(sub_order_ids: Iterable[UUID]) -> None:
    """The payment of these has ended: nothing is set aside for them any more. Caller's transaction."""
    for id in sub_order_ids:
        await settlements.release(Cause(SET_ASIDE, id))


async def collector_of(payment: Payment) -> UUID | None:
    """The co-op whose account took it; None for the simulated gateway, where each co-op collects for itself."""
    if payment.account_id is None:
        return None
    account = await RailAccount.get(id=payment.account_id)
    return account.cooperative_id


async def collectors_by_account(ids: Sequence[UUID]) -> Mapping[UUID, UUID]:
    """The co-ops of these accounts with providers. One statement; no check of who asks."""
    return {row.id: row.cooperative_id for row in await RailAccount.filter(id__in=list(ids))}


async def owe(debtor_id: UUID, creditor_id: UUID, amount: int, cause: Cause) -> None:
    """Note what one co-op owes another by collecting or giving back; nothing to itself. Caller's transaction."""
    if debtor_id != creditor_id and amount:
        await settlements.record_obligation(debtor_id=debtor_id, creditor_id=creditor_id, amount=amount, cause=cause)
