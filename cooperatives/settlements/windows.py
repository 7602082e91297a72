"""A window's life: closed and netted by the group's operator, approved by treasurers, unwound on default."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.membership.models import Cooperative
from cooperatives.settlements import netting
from cooperatives.settlements.models import (
    ClearingGroup,
    ClearingMembership,
    Obligation,
    PaymentState,
    SettlementPayment,
    SettlementWindow,
    WindowState,
)
from cooperatives.settlements.netting import Debt
from cooperatives.settlements.obligations import open_window
from marketplace import clock, outbox
from marketplace.database import locked, locked_one, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.identity.api_keys import Scope

#: Who may read a group's windows from within a member co-op.
READERS = OFFICERS | {Role.SUPERVISOR}
#: What an API key must be allowed.
SCOPE = Scope.SETTLE.value


class WindowWrongState(MarketplaceError):
    """This window is {state}: that can't be done now."""

    code = Code.WRONG_STATE
    pesan = "Putaran kliring ini berstatus {state}: tindakan itu tidak dapat dilakukan sekarang."


class NeedsTwoOfficers(MarketplaceError):
    """You approved this for the other co-operative: its counterpart needs another treasurer."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda sudah menyetujui untuk koperasi lawan: pihak ini perlu bendahara lain."


async def close_window(actor: Actor, *, window_id: UUID, key: str) -> SettlementWindow:
    """Close the open window, open its successor, net it and plan the payments. By the group's operator.

    The books move what is due into settlement clearing. A window without obligations, or one that nets to
    nothing, is settled at once. Raises NotFound, Forbidden, WindowWrongState.
    """
    async with transaction():
        if await once(signed_in(actor), "closeWindow", key, {"window": window_id}, window_id) is not None:
            return await SettlementWindow.get(id=window_id)
        window = await hold_window(window_id)
        await require_operator(actor, window.group_id)
        if window.state is not WindowState.OPEN:
            raise WindowWrongState(state=window.state)
        return await close(window, by=actor.account_id)


async def close(window: SettlementWindow, *, by: UUID | None) -> SettlementWindow:
    """Close an open window, held by the caller's transaction; `by` None: its group's schedule."""
    window.state = WindowState.CLOSING
    await window.save(update_fields=["state"])
    await open_window(window.group_id)
    debts = await debts_of(window.id)
    window.state, window.closed_at, window.closed_by = WindowState.CLOSED, clock.now(), by
    await plan_payments(window, debts)
    await post(to_clearing(window.id, debts), cause=Cause("settlement_window.closed", window.id))
    await changed(window, "planned" if window.state is WindowState.PENDING_SETTLEMENT else None)
    return window


async def approve_settlement(actor: Actor, *, window_id: UUID, cooperative_id: UUID, key: str) -> SettlementWindow:
    """A treasurer agrees to all payments of the window that his co-op makes or receives.

    A payment may be made once both sides agreed, by two persons. Raises NotFound, WindowWrongState,
    NeedsTwoOfficers.
    """
    async with transaction():
        asked = {"window": window_id, "cooperative": cooperative_id}
        account_id = signed_in(actor)
        if await once(account_id, "approveSettlement", key, asked, window_id) is not None:
            return await SettlementWindow.get(id=window_id)
        window = await hold_window(window_id)
        require(actor, Role.TREASURER, cooperative_id=cooperative_id, scope=SCOPE, hide="settlement window")
        if window.state is not WindowState.PENDING_SETTLEMENT:
            raise WindowWrongState(state=window.state)
        ours = [
            payment
            for payment in await payments_held(window.id)
            if cooperative_id in (payment.payer_id, payment.payee_id) and payment.state is PaymentState.PLANNED
        ]
        for payment in ours:
            if payment.payer_id == cooperative_id:
                payment.payer_approved_by = account_id
            else:
                payment.payee_approved_by = account_id
            if payment.payer_approved_by == payment.payee_approved_by:
                raise NeedsTwoOfficers
            if payment.payer_approved_by and payment.payee_approved_by:
                payment.state = PaymentState.APPROVED
                await tell_of_payment(payment, "approved")
            await payment.save(update_fields=["payer_approved_by", "payee_approved_by", "state"])
        await changed(window)
        return window


async def hold_window(window_id: UUID) -> SettlementWindow:
    """The window, locked. Raises NotFound."""
    window = await locked_one(SettlementWindow, window_id)
    if window is None:
        raise NotFound("settlement window")
    return window


async def payments_held(window_id: UUID) -> Sequence[SettlementPayment]:
    """The plan's payments, locked in id order."""
    ids = await SettlementPayment.filter(window_id=window_id).exclude(state=PaymentState.VOID).only("id")
    return list((await locked(SettlementPayment, [row.id for row in ids])).values())


async def settle_if_paid(window: SettlementWindow) -> None:
    """End the window once every payment is confirmed. Caller's transaction, window locked."""
    is_settled = all(payment.state is PaymentState.CONFIRMED for payment in await payments_held(window.id))
    if is_settled:
        window.state, window.settled_at = WindowState.SETTLED, clock.now()
    await changed(window, "settled" if is_settled else None)


async def debts_of(window_id: UUID) -> list[Debt[UUID]]:
    """What each owes each in the window, obligations added up, in the order of the pair."""
    rows = (
        await Obligation.filter(window_id=window_id, unwound_at=None)
        .annotate(total=Sum("amount"))
        .group_by("debtor_id", "creditor_id")
        .values("debtor_id", "creditor_id", "total")
    )
    debts = [Debt(row["debtor_id"], row["creditor_id"], int(row["total"])) for row in rows]
    return sorted(debts, key=lambda debt: (debt.debtor, debt.creditor))


async def require_operator(actor: Actor, group_id: UUID) -> None:
    """Go on for the node's operator, or an officer of the co-op that operates the group."""
    if actor.holds(Role.NODE_OPERATOR):
        return
    group = await ClearingGroup.get(id=group_id)
    await require_reader(actor, group_id)
    operator = group.operator_id or UUID(int=0)
    require(actor, *OFFICERS, cooperative_id=operator, scope=SCOPE)


async def may_read(actor: Actor, group_id: UUID) -> bool:
    """Whether the actor serves or supervises a co-op of the group, or the node."""
    if actor.holds(Role.NODE_OPERATOR, Role.GOVERNMENT_SUPERVISOR):
        return True
    theirs = actor.cooperatives(*READERS)
    if not theirs:
        return False
    return await ClearingMembership.exists(group_id=group_id, cooperative_id__in=theirs) or (
        await ClearingGroup.exists(id=group_id, operator_id__in=theirs)
    )


async def require_reader(actor: Actor, group_id: UUID) -> None:
    signed_in(actor)
    if not await may_read(actor, group_id):
        raise NotFound("settlement window")


async def plan_payments(window: SettlementWindow, debts: Iterable[Debt[UUID]]) -> None:
    """Net the debts and write down who pays whom. Caller's transaction, window locked."""
    net = netting.positions(debts)
    rows = await Cooperative.filter(id__in=list(net)).only("id", "code")
    codes = {row.id: row.code for row in rows}
    payments = netting.plan(net, {id: codes.get(id, str(id)) for id in net})
    for payment in payments:
        await SettlementPayment.create(
            window_id=window.id, payer_id=payment.debtor, payee_id=payment.creditor, amount=payment.amount
        )
    window.state = WindowState.PENDING_SETTLEMENT if payments else WindowState.SETTLED
    if not payments:
        window.settled_at = clock.now()


def to_clearing(window_id: UUID, debts: Iterable[Debt[UUID]]) -> list[Entry]:
    """Each book moves what it owes and claims in the window into settlement clearing."""
    entries = []
    for debt in debts:
        owing = AccountRef(debt.debtor, Purpose.SETTLEMENT_CLEARING, window_id)
        owed = AccountRef(debt.creditor, Purpose.SETTLEMENT_CLEARING, window_id)
        due_to = AccountRef(debt.debtor, Purpose.DUE_TO, debt.creditor)
        due_from = AccountRef(debt.creditor, Purpose.DUE_FROM, debt.debtor)
        entries.append(Entry(due_to, owing, debt.amount, "settlement.close"))
        entries.append(Entry(owed, due_from, debt.amount, "settlement.close"))
    return entries


async def changed(window: SettlementWindow, step: str | None = None, **ids: object) -> None:
    """Write the window with its next version, and tell of it; `step` says what happened, `ids` to whom."""
    window.version += 1
    await window.save()
    facts = {"state": window.state, "version": window.version, **ids}
    await outbox.record("settlement_window.changed", window.id, facts)
    if step is not None:
        await outbox.record(f"settlement_window.{step}", window.id, facts)


async def tell_of_payment(payment: SettlementPayment, step: str) -> None:
    """Tell that one payment of the plan is a step further: the next act is another's."""
    await outbox.record(f"settlement_payment.{step}", payment.window_id, {"payment_id": str(payment.id)})
