"""Dues paid through a provider: by virtual account or QRIS, from anywhere.

As for an order: the intent is committed, the provider is asked outside any transaction, and what it says (in its
answer, by its call, or when it is asked again) is committed by one function, once.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from cooperatives.dues import paying as dues
from cooperatives.dues.access import own_membership
from cooperatives.dues.models import DuePayment, PaymentWay
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import format_rupiah
from marketplace.payments.gateway import (
    Charge,
    ChargeOutcome,
    GatewayUnreachable,
    Intent,
    PaymentChannel,
    PaymentGateway,
)
from marketplace.payments.lifecycle import advance_payment
from marketplace.payments.models import DuesCharge, PaymentState
from marketplace.payments.rails import ChannelUnavailable, Rails
from marketplace.payments.takings import noting

#: Over what dues are paid, and how a payment of dues then says that it came.
CHANNELS: Mapping[PaymentChannel, PaymentWay] = {
    PaymentChannel.QRIS: PaymentWay.QRIS,
    PaymentChannel.VIRTUAL_ACCOUNT: PaymentWay.VIRTUAL_ACCOUNT,
    PaymentChannel.SIMULATED: PaymentWay.ONLINE,
}
#: So long an account number or a code can be paid to.
OPEN_FOR = timedelta(hours=24)
#: A charge without a result is asked about after so long, given up when nobody has heard of it for so long, and ended
#: so long after its time ran out.
ASK_AFTER, LOST_AFTER, OVERDUE = timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=1)
SWEEP = 50


async def charge_dues(
    actor: Actor,
    *,
    membership_id: UUID,
    amount: int,
    rails: Rails,
    channel: PaymentChannel | None = None,
    institution: str = "",
    key: str,
) -> DuesCharge:
    """A member asks for an account number or a code to pay some of his dues to; it is paid within a day.

    Answers the charge as it stands. Raises NotFound, Invalid for more than he owes, ChannelUnavailable,
    PaymentMethodUnavailable.
    """
    by, id = signed_in(actor), new_id()
    async with transaction():
        member = await own_membership(actor, membership_id)
        asked = [membership_id, amount, channel, institution]
        if (earlier := await once(by, "chargeDues", key, asked, id)) is not None:
            return await DuesCharge.get(id=earlier)
        owed = sum(due.outstanding for due in (await dues.hold_dues(membership_id)).values())
        if not 0 < amount <= owed:
            most = format_rupiah(owed)
            raise Invalid.field("amount", Code.OUT_OF_RANGE, f"up to {most}", f"sampai {most}")
        gateway = await rails.choose([member.cooperative_id], channel)
        row = _new(gateway, channel, institution)
        row.id, row.cooperative_id, row.membership_id = id, member.cooperative_id, membership_id
        row.payer_id, row.amount = by, amount
        await row.save(force_create=True)
    try:
        charge = await gateway.charge(_intent(row))
    except GatewayUnreachable:
        return row
    return await settle(row.id, charge)


def _new(gateway: PaymentGateway, channel: PaymentChannel | None, institution: str) -> DuesCharge:
    chosen = channel or next((one for one in gateway.channels if one in CHANNELS), None)
    offered = [one.value for one in gateway.channels if one in CHANNELS]
    if chosen is None or chosen.value not in offered:
        raise ChannelUnavailable(channel=chosen.value if chosen else "-", channels=", ".join(offered) or "-")
    banks = gateway.channels[chosen].institutions
    if institution and institution not in banks:
        raise ChannelUnavailable(channel=institution[:20], channels=", ".join(banks) or "-")
    now = clock.now()
    return DuesCharge(
        gateway=gateway.name,
        rail_id=gateway.account_id,
        channel=chosen.value,
        institution=institution[:20],
        tried_at=now,
        expires_at=now + OPEN_FOR,
    )


def _intent(row: DuesCharge) -> Intent:
    return Intent(
        id=row.id,
        amount=row.amount,
        description="Iuran koperasi",
        channel=PaymentChannel(row.channel),
        institution=row.institution,
        expires_at=row.expires_at,
        made_at=row.created_at,
    )


async def settle(charge_id: UUID, charge: Charge) -> DuesCharge:
    """Commit what the provider says of a charge; once, however often it is said.

    What it took pays the member's dues as they stand now; what they don't take is held for him. Raises NotFound.
    """
    async with transaction():
        row = await locked_one(DuesCharge, charge_id)
        if row is None:
            raise NotFound("charge")
        after = advance_payment(row.state, charge.outcome)
        row.gateway_reference = charge.reference or row.gateway_reference
        row.instructions = dict(charge.instructions) or row.instructions
        if after is not row.state and after in (PaymentState.SUCCEEDED, PaymentState.FAILED):
            row.failure = charge.failure if after is PaymentState.FAILED else ""
            row.finished_at = clock.now()
            if after is PaymentState.SUCCEEDED:
                await _collect(row, charge)
        row.state = after
        await row.save()
        return row


async def _collect(row: DuesCharge, charge: Charge) -> None:
    taken, fee = charge.amount or row.amount, charge.fee or 0
    clearing = AccountRef(row.cooperative_id, Purpose.GATEWAY_CLEARING)
    payment = DuePayment(
        id=new_id(),
        cooperative_id=row.cooperative_id,
        membership_id=row.membership_id,
        account_id=row.payer_id,
        way=CHANNELS[PaymentChannel(row.channel)],
        source_id=row.id,
        amount=taken,
        received_on=await dues.today_of(row.cooperative_id),
        reference=row.gateway_reference[:80],
    )
    await dues.pay(payment, await dues.hold_dues(row.membership_id), [(clearing, taken)])
    row.payment_id, row.fee = payment.pk, fee
    await noting.note_dues(row, taken, fee)
    expense = AccountRef(row.cooperative_id, Purpose.GATEWAY_FEE_EXPENSE)
    await ledger.post([Entry(expense, clearing, fee, "payment.fee")], cause=Cause("payment.fee", row.id))


async def look(row: DuesCharge, rails: Rails) -> DuesCharge:
    """Ask the provider what became of a charge and commit that. Raises GatewayUnreachable."""
    gateway = rails.simulated if row.rail_id is None else await rails.by_account(row.rail_id)
    charge, now = await gateway.find(_intent(row), row.gateway_reference), clock.now()
    if charge is None:
        if now - row.created_at < LOST_AFTER:
            return row
        charge = Charge(ChargeOutcome.FAILED, failure="NEVER_ARRIVED")
    elif charge.outcome is ChargeOutcome.PENDING and now > row.expires_at + OVERDUE:
        charge = await gateway.cancel(payment_id=row.id, reference=charge.reference)
    return await settle(row.id, charge)


async def reconcile(rails: Rails) -> int:
    """Ask about charges without a result, those asked least lately first; answers how many have one by now."""
    now = clock.now()
    waiting = DuesCharge.filter(state=PaymentState.PROCESSING, tried_at__lte=now - ASK_AFTER)
    finished = 0
    for row in await waiting.order_by("tried_at").limit(SWEEP):
        await DuesCharge.filter(id=row.id).update(tried_at=now)
        try:
            finished += (await look(row, rails)).state is not PaymentState.PROCESSING
        except MarketplaceError:  # unreachable, or its credentials can't be opened now
            continue
    return finished


async def charge_of(rail_id: UUID | None, our_id: UUID | None) -> DuesCharge | None:
    """The charge of ours that a provider speaks of; None where it is none."""
    return None if our_id is None else await DuesCharge.get_or_none(id=our_id, rail_id=rail_id)


async def seen_charge(actor: Actor, charge_id: UUID) -> DuesCharge | None:
    """A charge, for who asked for it."""
    row = await DuesCharge.get_or_none(id=charge_id)
    return row if row is not None and row.payer_id == actor.account_id else None
