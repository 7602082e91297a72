"""When a window can't be settled as planned: a co-op defaults, the plan is given up, or some won't pay."""

from uuid import UUID, uuid5

from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.settlements import netting
from cooperatives.settlements.models import (
    Obligation,
    PaymentState,
    SettlementPayment,
    SettlementWindow,
    WindowState,
)
from cooperatives.settlements.obligations import hold_open_window
from cooperatives.settlements.windows import (
    WindowWrongState,
    changed,
    debts_of,
    hold_window,
    payments_held,
    plan_payments,
    require_operator,
    to_clearing,
)
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

REASON_LENGTH = 300


async def declare_default(
    actor: Actor, *, window_id: UUID, cooperative_id: UUID, reason: str, key: str
) -> SettlementWindow:
    """A co-op can't pay: take out its debts and claims and plan the rest afresh. By the group's operator.

    What is taken out goes back to due-to and due-from, to be settled between the two. Only before the first
    payment. Raises NotFound, Forbidden, Invalid, WindowWrongState.
    """
    text = _reason(reason)
    async with transaction():
        asked = {"window": window_id, "cooperative": cooperative_id, "reason": reason}
        if await once(signed_in(actor), "declareDefault", key, asked, window_id) is not None:
            return await SettlementWindow.get(id=window_id)
        window, _ = await _hold_unpaid(actor, window_id)
        kept, unwound = netting.unwind(await debts_of(window.id), {cooperative_id})
        if not unwound:
            raise NotFound("co-operative in this window")
        moment = clock.now()
        await Obligation.filter(window_id=window.id, debtor_id=cooperative_id).update(unwound_at=moment)
        await Obligation.filter(window_id=window.id, creditor_id=cooperative_id).update(unwound_at=moment)
        await SettlementPayment.filter(window_id=window.id).update(state=PaymentState.VOID)
        window.reason = text
        await plan_payments(window, kept)
        cause = Cause("settlement_window.defaulted", uuid5(window.id, str(cooperative_id)))
        await post(_back(to_clearing(window.id, unwound)), cause=cause)
        await changed(window, "defaulted", cooperative_id=str(cooperative_id))
        if window.state is WindowState.PENDING_SETTLEMENT:
            await outbox.record("settlement_window.planned", window.id)
        return window


async def abort_window(actor: Actor, *, window_id: UUID, reason: str, key: str) -> SettlementWindow:
    """Give the plan up before the first payment: the obligations go on in the group's open window.

    By the group's operator. Raises NotFound, Forbidden, Invalid, WindowWrongState.
    """
    text = _reason(reason)
    async with transaction():
        asked = {"window": window_id, "reason": reason}
        if await once(signed_in(actor), "abortWindow", key, asked, window_id) is not None:
            return await SettlementWindow.get(id=window_id)
        window, _ = await _hold_unpaid(actor, window_id)
        debts = await debts_of(window.id)
        entries = _back(to_clearing(window.id, debts))
        open_id = await hold_open_window(window.group_id)
        await Obligation.filter(window_id=window.id, unwound_at=None).update(window_id=open_id)
        await SettlementPayment.filter(window_id=window.id).update(state=PaymentState.VOID)
        window.state, window.reason = WindowState.ABORTED, text
        await post(entries, cause=Cause("settlement_window.aborted", window.id))
        parties = sorted({str(id) for debt in debts for id in (debt.debtor, debt.creditor)})
        await changed(window, "aborted", cooperative_ids=parties)
        return window


async def fail_window(actor: Actor, *, window_id: UUID, reason: str, key: str) -> SettlementWindow:
    """Some payments were made and the rest won't be: each unpaid one goes on as a debt in the open window.

    By the group's operator, once what was paid is confirmed. Raises NotFound, Forbidden, Invalid,
    WindowWrongState.
    """
    text = _reason(reason)
    async with transaction():
        asked = {"window": window_id, "reason": reason}
        if await once(signed_in(actor), "failWindow", key, asked, window_id) is not None:
            return await SettlementWindow.get(id=window_id)
        window = await hold_window(window_id)
        await require_operator(actor, window.group_id)
        payments = await payments_held(window.id)
        states = {payment.state for payment in payments}
        if window.state is not WindowState.PENDING_SETTLEMENT or PaymentState.PAID in states:
            raise WindowWrongState(state=window.state)
        unpaid = [payment for payment in payments if payment.state is not PaymentState.CONFIRMED]
        cause = Cause("settlement_window.failed", window.id)
        open_id = await hold_open_window(window.group_id)
        entries = []
        for payment in unpaid:
            payment.state = PaymentState.VOID
            await payment.save(update_fields=["state"])
            await Obligation.create(
                window_id=open_id,
                debtor_id=payment.payer_id,
                creditor_id=payment.payee_id,
                amount=payment.amount,
                cause_kind=cause.kind,
                cause_id=cause.id,
            )
            entries.extend(_carry_over(payment))
        window.state, window.reason = WindowState.FAILED, text
        await post(entries, cause=cause)
        await changed(window, "failed")
        return window


async def _hold_unpaid(actor: Actor, window_id: UUID) -> tuple[SettlementWindow, list[SettlementPayment]]:
    """The window, locked, of which nothing is paid yet; for its operator."""
    window = await hold_window(window_id)
    await require_operator(actor, window.group_id)
    payments = list(await payments_held(window.id))
    made = {PaymentState.PAID, PaymentState.CONFIRMED} & {payment.state for payment in payments}
    if window.state is not WindowState.PENDING_SETTLEMENT or made:
        raise WindowWrongState(state=window.state)
    return window, payments


def _reason(text: str) -> str:
    if not 1 <= len(text.strip()) <= REASON_LENGTH:
        raise Invalid.field(
            "reason",
            Code.OUT_OF_RANGE,
            "say why, in up to 300 characters",
            "sebutkan alasannya, paling banyak 300 karakter",
        )
    return text.strip()


def _back(entries: list[Entry]) -> list[Entry]:
    """What was moved into clearing goes back to due-to and due-from."""
    return [Entry(entry.credit, entry.debit, entry.amount, "settlement.unwound") for entry in entries]


def _carry_over(payment: SettlementPayment) -> list[Entry]:
    """An unpaid payment becomes a debt between its two co-ops."""
    payer, payee = payment.payer_id, payment.payee_id
    owing = AccountRef(payer, Purpose.SETTLEMENT_CLEARING, payment.window_id)
    owed = AccountRef(payee, Purpose.SETTLEMENT_CLEARING, payment.window_id)
    return [
        Entry(owing, AccountRef(payer, Purpose.DUE_TO, payee), payment.amount, "settlement.carried_over"),
        Entry(AccountRef(payee, Purpose.DUE_FROM, payer), owed, payment.amount, "settlement.carried_over"),
    ]
