"""Orphans in both directions: payments of ours that the provider never answered, money of theirs that we don't know.

Both end in `finishing.finish_payment`, as an answer and a callback do.
"""

from datetime import timedelta
from uuid import UUID

from marketplace import clock
from marketplace.errors import MarketplaceError
from marketplace.orders.models import SubOrder
from marketplace.payments import direct, dues_charges, finishing, strays
from marketplace.payments.finishing import UNDERWAY
from marketplace.payments.gateway import Charge, ChargeOutcome, PaymentGateway, Theirs
from marketplace.payments.models import Payment, PaymentState, RailAccount, RailState
from marketplace.payments.rails import Rails

#: After this long without a result the gateway is asked.
RECONCILE_AFTER = timedelta(seconds=30)
#: What the gateway has not heard of after this long will not come; if it does, it is late and goes back.
LOST_AFTER = timedelta(minutes=2)
#: A payment that waits for its buyer is ended so long after its time is over, at the latest.
OVERDUE = timedelta(minutes=1)
SWEEP = 50
#: How far back the providers' lists are gone through: longer than they are late with anything.
LOOK_BACK = timedelta(hours=26)
#: Accounts whose lists one sweep goes through.
MOST_ACCOUNTS = 100


async def reconcile(rails: Rails) -> int:
    """Finish payments whose result was never heard; answers how many were finished.

    Asked least lately first, so that many who wait for their buyers keep nobody else waiting.
    """
    now = clock.now()
    orphans = (
        await Payment.filter(state__in=UNDERWAY, tried_at__lte=now - RECONCILE_AFTER)
        .exclude(gateway=direct.GATEWAY)
        .order_by("tried_at")
        .limit(SWEEP)
    )
    finished = 0
    for payment in orphans:
        await Payment.filter(id=payment.id, state__in=UNDERWAY).update(tried_at=now)
        try:
            done = await _settle(payment, await rails.of(payment))
        except MarketplaceError:  # unreachable, or its credentials can't be opened now
            await finishing.hold_open(payment)
            continue
        finished += done.state not in UNDERWAY
    return finished


async def _settle(payment: Payment, gateway: PaymentGateway) -> Payment:
    if payment.state is PaymentState.AUTHORISED:
        return await finishing.take_held(payment.id, gateway)
    charge = await gateway.find(finishing.intent_of(payment), payment.gateway_reference)
    now = clock.now()
    if charge is None:
        if now - payment.created_at < LOST_AFTER:
            return payment
        charge = Charge(ChargeOutcome.FAILED, failure="NEVER_ARRIVED")
    elif charge.outcome is ChargeOutcome.PENDING and await _has_ended(payment):
        charge = await gateway.cancel(payment_id=payment.id, reference=charge.reference)
    return await finishing.finish_payment(payment.id, charge, gateway)


async def _has_ended(payment: Payment) -> bool:
    """Whether nobody should pay it any more: its time is over, or what it is for has ended before that."""
    if payment.expires_at and clock.now() > payment.expires_at + OVERDUE:
        return True
    return finishing.is_idle(payment, await SubOrder.filter(order_id=payment.order_id))


async def find_strays(rails: Rails) -> int:
    """Go through what providers list of the last day; answers how many charges were of no payment of ours.

    A charge of ours that we took for failed is finished by the way.
    """
    accounts = await RailAccount.exclude(state=RailState.PROPOSED).order_by("id").limit(MOST_ACCOUNTS)
    found = 0
    for account in accounts:
        try:
            gateway = await rails.by_account(account.id)
            async for theirs in gateway.list_since(clock.now() - LOOK_BACK):
                found += await _match(account, gateway, theirs)
        except MarketplaceError:  # the next sweep goes on
            continue
    return found


async def _match(account: RailAccount, gateway: PaymentGateway, theirs: Theirs) -> bool:
    if not theirs.succeeded or clock.now() - theirs.made_at < LOST_AFTER:
        return False
    payment = await payment_of(account.id, theirs.our_id)
    if payment is None and (dues := await dues_charges.charge_of(account.id, theirs.our_id)) is not None:
        if dues.state is not PaymentState.SUCCEEDED:
            told = Charge(ChargeOutcome.SUCCEEDED, theirs.reference, amount=theirs.amount, fee=theirs.fee)
            await dues_charges.settle(dues.id, told)
        return False
    if payment is None:
        whole = await gateway.find_theirs(theirs.reference)
        return whole is not None and await strays.found(account, whole)
    if payment.state is not PaymentState.SUCCEEDED and payment.failure != "WRONG_AMOUNT":
        await finishing.look(payment, gateway)
    return False


async def payment_of(account_id: UUID, our_id: UUID | None) -> Payment | None:
    """The payment of ours that this account's charge speaks of; None for another account's."""
    return None if our_id is None else await Payment.get_or_none(id=our_id, account_id=account_id)
