"""Payouts: asked for, agreed to, sent, confirmed, or come back."""

from datetime import UTC, datetime, time
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause
from marketplace import clock, outbox
from marketplace.database import for_update, locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import format_rupiah
from marketplace.paging import Page, page_by_id
from marketplace.payments.gateway import ChargeOutcome, Destination, RefundWay, Sent
from marketplace.payments.models import Refund, RefundState
from marketplace.payments.payouts import booking, destinations
from marketplace.payments.payouts.lifecycle import (
    SMALLEST,
    PayeeKind,
    PayoutEvent,
    PayoutState,
    PayoutWrongState,
    advance,
    is_approved,
)
from marketplace.payments.payouts.models import Payout, PayoutDestination, PayoutFinding
from marketplace.payments.rails import Rails
from marketplace.payments.takings import noting
from marketplace.vault import Vault

APPROVERS = (Role.CHAIR, Role.TREASURER)
REFERENCE_LENGTH = 60


class NotOwedSoMuch(MarketplaceError):
    """The co-op owes {owed}: ask for no more than that."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Hak yang dapat dicairkan {owed}: mintalah paling banyak itu."


class NoDestination(MarketplaceError):
    """Say first where to pay: a bank account or an e-wallet."""

    code = Code.REQUIRED
    pesan = "Isi dahulu tujuan pencairan: rekening bank atau dompet digital."


async def request_payout(
    actor: Actor, *, cooperative_id: UUID, payee: PayeeKind, payee_id: UUID, amount: int, vault: Vault, key: str
) -> Payout:
    """A seller or driver asks for what his co-op owes him, from Rp 10,000.

    Sent the same day where the members' limit and the co-op's money at its provider allow, else when they do.
    Raises NotFound, Invalid, CooperativesOwnShop, NoDestination, NotOwedSoMuch.
    """
    by = await destinations.require_payee(actor, cooperative_id, payee, payee_id)
    if amount < SMALLEST:
        raise Invalid.field(
            "amount", Code.OUT_OF_RANGE, f"from {format_rupiah(SMALLEST)}", f"mulai {format_rupiah(SMALLEST)}"
        )
    async with transaction():
        payout_id = new_id()
        asked = [cooperative_id, payee, payee_id, amount]
        earlier = await once(by, "requestPayout", key, asked, payout_id)
        if earlier is not None:
            return await Payout.get(id=earlier)
        where = PayoutDestination.filter(cooperative_id=cooperative_id, payee=payee, payee_id=payee_id)
        destination = await for_update(where).first()  # also keeps two requests of one payee apart
        if destination is None:
            raise NoDestination
        to = destinations.unseal(vault, destination.sealed, row_id=destination.id, owner_id=cooperative_id)
        owed = booking.payable(cooperative_id, payee, payee_id)
        await _require_owed(owed, amount)
        return await _begin(payout_id, owed, payee, payee_id, amount, to, vault, by)


async def _require_owed(owed: AccountRef, amount: int) -> None:
    available = (await ledger.locked_balance(owed)).available
    if amount > available:
        raise NotOwedSoMuch(owed=format_rupiah(max(0, available)))


async def _begin(
    payout_id: UUID,
    owed: AccountRef,
    payee: PayeeKind,
    payee_id: UUID,
    amount: int,
    to: Destination,
    vault: Vault,
    by: UUID,
) -> Payout:
    book_id = owed.cooperative_id
    payout = await Payout.create(
        id=payout_id,
        cooperative_id=book_id,
        payee=payee,
        payee_id=payee_id,
        amount=amount,
        institution=to.institution,
        is_wallet=to.is_wallet,
        masked=destinations.masked(to),
        sealed=destinations.seal(vault, to, row_id=payout_id, owner_id=book_id),
        requested_by=by,
    )
    await _tell(payout)
    policy = await destinations.policy_of(book_id)
    if not is_approved(amount, payout.approved_by, policy.two_officers_from):
        await ask_second(Awaiting.PAYOUT, payout_id, cooperative_id=book_id, by=by, amount=amount)
    await ledger.post(booking.requested(owed, payout_id, amount), cause=Cause("payout.requested", payout_id))
    return payout


async def choose_refund_way(
    actor: Actor, *, refund_id: UUID, way: RefundWay, to: Destination | None, vault: Vault, key: str
) -> Refund:
    """The buyer says how money comes back that its provider can't give back: by transfer, or at the counter.

    Raises NotFound, Invalid, PayoutWrongState.
    """
    by = signed_in(actor)
    async with transaction():
        refund = await locked_one(Refund, refund_id)
        payment = await refund.payment if refund is not None else None
        if refund is None or payment is None or payment.payer_id != by:
            raise NotFound("refund")
        if await once(by, "chooseRefundWay", key, [refund_id, way, to], refund_id) is not None:
            return refund
        if refund.state is not RefundState.AWAITING or refund.way is not None:
            raise PayoutWrongState(state=refund.state.value)
        if way not in (RefundWay.TRANSFER, RefundWay.CASH) or (way is RefundWay.TRANSFER) is not (to is not None):
            raise Invalid.field(
                "way", Code.INVALID, "TRANSFER with `to`, or CASH", "TRANSFER dengan tujuan, atau CASH"
            )
        refund.way = way.value
        await refund.save(update_fields=["way"])
        await outbox.record("payment.changed", refund.payment_id, {"order_id": str(refund.order_id)})
        if to is not None:
            owed = booking.payable(refund.cooperative_id, PayeeKind.BUYER, refund.sub_order_id)
            await _begin(new_id(), owed, PayeeKind.BUYER, refund.id, refund.amount, to, vault, by)
        return refund


async def approve_payout(actor: Actor, *, payout_id: UUID, key: str) -> Payout:
    """A chair or treasurer agrees to a payout above the threshold; the second one lets it go. Raises NotFound."""
    by = signed_in(actor)
    async with transaction():
        payout = await _held(actor, payout_id)
        if await once(by, "approvePayout", key, [payout_id], payout_id) is not None:
            return payout
        if payout.state is not PayoutState.REQUESTED:
            raise PayoutWrongState(state=payout.state.value)
        if str(by) not in payout.approved_by and by != payout.requested_by:
            payout.approved_by = [*payout.approved_by, str(by)]
            await payout.save(update_fields=["approved_by"])
            book_id = payout.cooperative_id
            await audit.note("payout.approved", account_id=by, by=by, cooperative_id=book_id, id=str(payout_id))
        return payout


async def cancel_payout(actor: Actor, *, payout_id: UUID, rails: Rails, key: str) -> Payout:
    """Who asked for it, or a chair or treasurer, takes it back before it is sent.

    A chair or treasurer may take back what has arrived where the provider can: a transfer to a connected account.
    Raises NotFound, PayoutWrongState, GatewayRefused, GatewayUnreachable.
    """
    by = signed_in(actor)
    async with transaction():
        payout = await locked_one(Payout, payout_id)
        if payout is None:
            raise NotFound("payout")
        if payout.requested_by != by:
            require(actor, *APPROVERS, cooperative_id=payout.cooperative_id, hide="payout")
        is_undone = payout.state in (PayoutState.CANCELLED, PayoutState.FAILED)
        if is_undone and await once(by, "cancelPayout", key, [payout_id], payout_id) is not None:
            return payout
        if payout.state is not PayoutState.CONFIRMED or payout.is_by_hand:
            await once(by, "cancelPayout", key, [payout_id], payout_id)
            await _end(payout, PayoutEvent.CANCEL)
            return payout
        require(actor, *APPROVERS, cooperative_id=payout.cooperative_id, hide="payout")
    gateway = await rails.of(payout)
    said = await gateway.take_back(payout_id=payout.id, reference=payout.reference, amount=payout.amount)
    async with transaction():
        await once(by, "cancelPayout", key, [payout_id], payout_id)
        return await settle(payout_id, said)


async def record_payout(actor: Actor, *, payout_id: UUID, bank_reference: str, key: str) -> Payout:
    """The treasurer has paid it by hand at the bank, where no provider sends. Raises NotFound, Invalid."""
    by, reference = signed_in(actor), bank_reference.strip()
    if not 1 <= len(reference) <= REFERENCE_LENGTH:
        raise Invalid.field("bankReference", Code.OUT_OF_RANGE, "1 to 60 characters", "1 sampai 60 huruf")
    async with transaction():
        payout = await locked_one(Payout, payout_id)
        if payout is None:
            raise NotFound("payout")
        require(actor, Role.TREASURER, cooperative_id=payout.cooperative_id, hide="payout")
        if await once(by, "recordPayout", key, [payout_id, reference], payout_id) is not None:
            return payout
        await require_approved(payout)
        payout.state, payout.is_by_hand = advance(payout.state, PayoutEvent.SEND), True
        payout.sent_at, payout.reference = clock.now(), reference
        await _end(payout, PayoutEvent.CONFIRM)
        return payout


class NotApproved(MarketplaceError):
    """A payout of this size needs two officers: {approved} of 2 have agreed."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Pencairan sebesar ini perlu dua pengurus: {approved} dari 2 sudah menyetujui."


async def require_approved(payout: Payout) -> None:
    """Go on when it may be sent. Raises NotApproved."""
    policy = await destinations.policy_of(payout.cooperative_id)
    if not is_approved(payout.amount, payout.approved_by, policy.two_officers_from):
        raise NotApproved(approved=len(payout.approved_by))


async def settle(payout_id: UUID, said: Sent) -> Payout:
    """Commit what the provider says of a payout; once, however often it is said. Raises NotFound."""
    async with transaction():
        payout = await locked_one(Payout, payout_id)
        if payout is None:
            raise NotFound("payout")
        if said.reference and payout.reference != said.reference:
            payout.reference = said.reference
            await payout.save(update_fields=["reference"])
        if said.outcome is ChargeOutcome.SUCCEEDED and payout.state is PayoutState.SENT:
            payout.fee = said.fee
            await _end(payout, PayoutEvent.CONFIRM)
        elif said.outcome is ChargeOutcome.FAILED and payout.state in (PayoutState.SENT, PayoutState.CONFIRMED):
            payout.failure = said.failure
            await _end(payout, PayoutEvent.FAIL)
        elif said.outcome is ChargeOutcome.SUCCEEDED and payout.state is PayoutState.FAILED:
            await _note_contradiction(payout)
        return payout


async def end_by_finding(payout: Payout, event: PayoutEvent, *, reference: str, failure: str) -> None:
    """End a locked payout by what officers found: it arrived under `reference`, or did not. Caller's transaction."""
    if event is PayoutEvent.CONFIRM:
        payout.reference = payout.reference or reference
    else:
        payout.failure = failure
    await _end(payout, event)


async def _note_contradiction(payout: Payout) -> None:
    """The provider says that it paid what officers found not paid: nothing moves by itself, they are told at once."""
    unheard = PayoutFinding.filter(id=payout.id, outcome=PayoutState.FAILED, contradicted_at__isnull=True)
    if await unheard.update(contradicted_at=clock.now()):
        await outbox.record("payout.contradicted", payout.id, {"cooperative_id": str(payout.cooperative_id)})


async def _end(payout: Payout, event: PayoutEvent) -> None:
    """Write and book what became of a locked payout. Caller's transaction."""
    before = payout.state
    payout.state, payout.ended_at = advance(before, event), clock.now()
    await payout.save()
    await _tell(payout)
    refund = await locked_one(Refund, payout.payee_id) if payout.payee is PayeeKind.BUYER else None
    subject = refund.sub_order_id if refund is not None else payout.payee_id
    book_id, owed = payout.cooperative_id, booking.payable(payout.cooperative_id, payout.payee, subject)
    if event is PayoutEvent.CONFIRM:
        fee = payout.fee or 0
        entries = booking.confirmed(book_id, payout.id, payout.amount, fee, is_by_hand=payout.is_by_hand)
    elif before is PayoutState.CONFIRMED:
        entries = booking.returned(owed, payout.amount, is_by_hand=payout.is_by_hand)
    else:
        entries = booking.back(owed, payout.id, payout.amount)
    if refund is not None:
        await _follow(refund, is_paid=event is PayoutEvent.CONFIRM)
    await ledger.post(entries, cause=Cause(f"payout.{payout.state.value.lower()}", payout.id))


async def _follow(refund: Refund, *, is_paid: bool) -> None:
    """The refund that this payout carries: paid, or open again for another choice."""
    if is_paid:
        refund.state, refund.finished_at = RefundState.SUCCEEDED, clock.now()
        await outbox.record("refund.paid", refund.id, {"sub_order_id": str(refund.sub_order_id)})
    else:
        refund.state, refund.way, refund.finished_at = RefundState.AWAITING, None, None
    await refund.save(update_fields=["state", "way", "finished_at"])
    await noting.follow(refund)
    await outbox.record("payment.changed", refund.payment_id, {"order_id": str(refund.order_id)})


async def _held(actor: Actor, payout_id: UUID) -> Payout:
    payout = await locked_one(Payout, payout_id)
    if payout is None:
        raise NotFound("payout")
    require(actor, *APPROVERS, cooperative_id=payout.cooperative_id, hide="payout")
    return payout


async def _tell(payout: Payout) -> None:
    facts = {"cooperative_id": str(payout.cooperative_id), "state": payout.state.value}
    await outbox.record("payout.changed", payout.id, facts)


async def list_payouts(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[Payout]:
    """A co-op's payouts, newest first, for its officers and pengawas. Raises NotFound."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    return await page_by_id(Payout.filter(cooperative_id=cooperative_id), first=first, after=after)


async def payouts_to(
    actor: Actor, payee: PayeeKind, payee_id: UUID, *, first: int, after: str | None
) -> Page[Payout]:
    """A shop's payouts for its owner, or a driver's for himself, newest first. Raises NotFound."""
    if payee is PayeeKind.SELLER:
        require(actor, Role.SELLER_OWNER, seller_id=payee_id, hide="shop")
    elif signed_in(actor) != payee_id:
        raise NotFound("payouts")
    return await page_by_id(Payout.filter(payee=payee, payee_id=payee_id), first=first, after=after)


def day_began(rails: Rails) -> datetime:
    """When the present day began where the node stands."""
    zone = rails.settings.zone
    return datetime.combine(clock.now().astimezone(zone).date(), time(), zone).astimezone(UTC)
