"""A window's payments as files for the payer's bank."""

import asyncio
import hashlib
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.membership.service import cooperatives_by_id
from cooperatives.settlements import pain, plan_files
from cooperatives.settlements.accounts import accounts_in_force, as_account
from cooperatives.settlements.models import PaymentState, SettlementPayment, SettlementWindow
from cooperatives.settlements.plan_files import Order, Transfer, UnknownTemplate
from cooperatives.settlements.references import reference_of
from cooperatives.settlements.windows import SCOPE
from marketplace import clock
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in

#: Where Indonesian banks reckon their days.
BANK_ZONE = ZoneInfo("Asia/Jakarta")


class NothingToPay(MarketplaceError):
    """No payment of this co-operative in this window waits to be paid: both treasurers agree first."""

    code = Code.WRONG_STATE
    pesan = "Tidak ada pembayaran koperasi ini yang menunggu dibayar: kedua bendahara menyetujui dahulu."


class AccountMissing(MarketplaceError):
    """These co-operatives have no confirmed settlement account yet: {names}."""

    code = Code.WRONG_STATE
    pesan = "Koperasi berikut belum mempunyai rekening penyelesaian yang disahkan: {names}."


async def payment_order(actor: Actor, *, window_id: UUID, cooperative_id: UUID) -> Order:
    """What the co-op's bank is to pay for the window: its payments that both sides approved, in the plan's order.

    For the payer's officers. Raises NotFound, NothingToPay, AccountMissing.
    """
    signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id, scope=SCOPE, hide="settlement window")
    if not await SettlementWindow.exists(id=window_id):
        raise NotFound("settlement window")
    found = SettlementPayment.filter(window_id=window_id, payer_id=cooperative_id, state=PaymentState.APPROVED)
    payments = await found.order_by("id")
    if not payments:
        raise NothingToPay
    wanted = list(dict.fromkeys([cooperative_id, *(payment.payee_id for payment in payments)]))
    accounts = await accounts_in_force(wanted)
    if missing := [id for id in wanted if id not in accounts]:
        names = await cooperatives_by_id(missing)
        raise AccountMissing(names=", ".join(names[id].name for id in missing))
    return Order(
        clock.now().astimezone(BANK_ZONE).date(),
        as_account(accounts[cooperative_id]),
        tuple(
            Transfer(as_account(accounts[payment.payee_id]), payment.amount, reference_of(payment.id))
            for payment in payments
        ),
    )


async def payment_csv(
    actor: Actor, *, window_id: UUID, cooperative_id: UUID, bank: str | None, folder: Path | None
) -> bytes:
    """The payments as the bank's CSV; `bank` None: the template of the co-op's own bank, or the common one.

    Raises NotFound, Invalid, NothingToPay, AccountMissing.
    """
    order = await payment_order(actor, window_id=window_id, cooperative_id=cooperative_id)
    try:
        form = await asyncio.to_thread(_template, bank, order.own.institution.code, folder)
    except UnknownTemplate as cause:
        known = ", ".join(plan_files.shipped())
        raise Invalid.field("bank", Code.INVALID, f"one of {known}", f"salah satu dari {known}") from cause
    return plan_files.write_csv(order, form)


def _template(bank: str | None, own: str, folder: Path | None) -> plan_files.BankTemplate:
    if bank is not None:
        return plan_files.template(bank, folder)
    try:
        return plan_files.template(own, folder)
    except UnknownTemplate:
        return plan_files.template("umum", folder)


async def payment_xml(actor: Actor, *, window_id: UUID, cooperative_id: UUID, version: str) -> bytes:
    """The payments as ISO 20022 pain.001. Raises NotFound, Invalid, NothingToPay, AccountMissing."""
    if version not in pain.VERSIONS:
        known = ", ".join(pain.VERSIONS)
        raise Invalid.field("version", Code.INVALID, f"one of {known}", f"salah satu dari {known}")
    order = await payment_order(actor, window_id=window_id, cooperative_id=cooperative_id)
    # The same payments make the same message, so that a bank refuses the file that is sent twice.
    names = "".join(transfer.reference for transfer in order.transfers)
    message = f"KLR{hashlib.sha256(names.encode()).hexdigest()[:24].upper()}"
    return pain.write(order, message=message, made_at=clock.now(), version=version)
