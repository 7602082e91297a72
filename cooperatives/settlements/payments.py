"""The payments of a settled window, and debts that co-ops acknowledge outside of orders."""

from collections.abc import Mapping
from uuid import UUID

from cooperatives.ledger.between import across
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import (
    Obligation,
    PaymentState,
    SettlementPayment,
    SettlementWindow,
)
from cooperatives.settlements.obligations import record_obligation
from cooperatives.settlements.windows import SCOPE, hold_window, settle_if_paid, tell_of_payment
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.money import LARGEST_RUPIAH

REFERENCE_LENGTH = 60
NOTE_LENGTH = 200


class PaymentWrongState(MarketplaceError):
    """This payment is {state}: that can't be done now."""

    code = Code.WRONG_STATE
    pesan = "Pembayaran ini berstatus {state}: tindakan itu tidak dapat dilakukan sekarang."


async def record_settlement_payment(
    actor: Actor, *, payment_id: UUID, bank_reference: str, key: str
) -> SettlementWindow:
    """The payer's treasurer says that the bank has the order, with the bank's reference.

    Its book: debit settlement clearing, credit bank. Raises NotFound, Invalid, PaymentWrongState.
    """
    reference = bank_reference.strip()
    if not 1 <= len(reference) <= REFERENCE_LENGTH:
        raise Invalid.field("bankReference", Code.OUT_OF_RANGE, "1 to 60 characters", "1 sampai 60 karakter")
    async with transaction():
        asked = {"payment": payment_id, "reference": reference}
        window, payment, is_repeat = await _hold(actor, "recordSettlementPayment", payment_id, asked, key)
        require(actor, Role.TREASURER, cooperative_id=payment.payer_id, scope=SCOPE, hide="settlement payment")
        if is_repeat:
            return window
        if payment.state is not PaymentState.APPROVED:
            raise PaymentWrongState(state=payment.state)
        payment.state, payment.bank_reference = PaymentState.PAID, reference
        payment.paid_at, payment.paid_by = clock.now(), actor.account_id
        await payment.save()
        clearing = AccountRef(payment.payer_id, Purpose.SETTLEMENT_CLEARING, window.id)
        bank = AccountRef(payment.payer_id, Purpose.BANK)
        await post(
            [Entry(clearing, bank, payment.amount, "settlement.paid")],
            cause=Cause("settlement_payment.paid", payment.id),
        )
        await tell_of_payment(payment, "paid")
        await settle_if_paid(window)
        return window


async def confirm_settlement_payment(actor: Actor, *, payment_id: UUID, key: str) -> SettlementWindow:
    """The receiver's treasurer says that the money came; the last confirmation settles the window.

    Its book: debit bank, credit settlement clearing. Raises NotFound, PaymentWrongState.
    """
    async with transaction():
        asked = {"payment": payment_id}
        window, payment, is_repeat = await _hold(actor, "confirmSettlementPayment", payment_id, asked, key)
        require(actor, Role.TREASURER, cooperative_id=payment.payee_id, scope=SCOPE, hide="settlement payment")
        if is_repeat:
            return window
        if payment.state is not PaymentState.PAID:
            raise PaymentWrongState(state=payment.state)
        payment.state = PaymentState.CONFIRMED
        payment.confirmed_at, payment.confirmed_by = clock.now(), actor.account_id
        await payment.save()
        clearing = AccountRef(payment.payee_id, Purpose.SETTLEMENT_CLEARING, window.id)
        bank = AccountRef(payment.payee_id, Purpose.BANK)
        await post(
            [Entry(bank, clearing, payment.amount, "settlement.confirmed")],
            cause=Cause("settlement_payment.confirmed", payment.id),
        )
        await tell_of_payment(payment, "confirmed")
        await settle_if_paid(window)
        return window


async def _hold(
    actor: Actor, mutation: str, payment_id: UUID, asked: Mapping[str, object], key: str
) -> tuple[SettlementWindow, SettlementPayment, bool]:
    """Claim the intent, then lock window and payment in the house's order."""
    is_repeat = await once(signed_in(actor), mutation, key, asked, payment_id) is not None
    found = await SettlementPayment.get_or_none(id=payment_id)
    if found is None:
        raise NotFound("settlement payment")
    window = await hold_window(found.window_id)
    payment = await locked_one(SettlementPayment, payment_id)
    assert payment is not None  # never removed
    return window, payment, is_repeat


async def acknowledge_debt(
    actor: Actor, *, debtor_id: UUID, creditor_id: UUID, amount: int, note: str, key: str
) -> Obligation:
    """An officer of the debtor co-op acknowledges a debt to another that no order made (fuel, rent, a loan of boxes).

    Both books: the debtor's expense against due-to, the creditor's due-from against income. Raises Forbidden,
    Invalid, NotFound, NetDebitCapReached.
    """
    if not 0 < amount <= LARGEST_RUPIAH:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than zero rupiah", "lebih dari nol rupiah")
    if not 1 <= len(note.strip()) <= NOTE_LENGTH:
        raise Invalid.field("note", Code.OUT_OF_RANGE, "1 to 200 characters", "1 sampai 200 karakter")
    if debtor_id == creditor_id:
        raise Invalid.field("creditorId", Code.INVALID, "another co-op than the debtor", "koperasi lain")
    account_id, id = signed_in(actor), new_id()
    require(actor, *OFFICERS, cooperative_id=debtor_id, scope=SCOPE)
    async with transaction():
        asked = {"debtor": debtor_id, "creditor": creditor_id, "amount": amount, "note": note}
        earlier = await once(account_id, "recordObligation", key, asked, id)
        if earlier is not None:
            return await Obligation.get(cause_kind="debt.acknowledged", cause_id=earlier)
        if await Cooperative.filter(id__in=[debtor_id, creditor_id]).count() != 2:
            raise NotFound("co-operative")
        cause = Cause("debt.acknowledged", id)
        await record_obligation(
            debtor_id=debtor_id,
            creditor_id=creditor_id,
            amount=amount,
            cause=cause,
            note=note.strip(),
            within_cap=True,
        )
        expense = AccountRef(debtor_id, Purpose.INTER_COOPERATIVE_EXPENSE, creditor_id)
        income = AccountRef(creditor_id, Purpose.INTER_COOPERATIVE_INCOME, debtor_id)
        await post(across(expense, income, amount, "debt"), cause=cause)
        return await Obligation.get(cause_kind=cause.kind, cause_id=cause.id)
