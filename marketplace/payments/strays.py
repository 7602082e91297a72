"""Money at a provider that no payment of ours explains: booked as what it is, and laid before the officers."""

from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.paging import Page, page_by_id
from marketplace.payments.gateway import ChargeOutcome, Theirs
from marketplace.payments.models import Payment, RailAccount, StrayMoney, StrayState
from marketplace.payments.rails import Rails

NOTE_LENGTH = 200


class StrayWrongState(MarketplaceError):
    """This money has been dealt with already: it is {state}."""

    code = Code.WRONG_STATE
    pesan = "Uang ini sudah ditangani: {state}."


async def book(payment: Payment, amount: int, *, reference: str, why: str, fee: int) -> None:
    """A payment of ours brought another amount than was asked: hold all of it apart. Caller's transaction."""
    if payment.account_id is None:
        return  # the simulated gateway moves no money
    account = await RailAccount.get(id=payment.account_id)
    await _write(account, reference, amount, why, payment.id, fee=fee)


async def found(account: RailAccount, theirs: Theirs) -> bool:
    """Theirs without ours: book it once, with what the provider kept of it; answers whether it is new."""
    async with transaction():
        return await _write(account, theirs.reference, theirs.amount, "UNKNOWN", None, fee=theirs.fee or 0)


async def _write(
    account: RailAccount, reference: str, amount: int, why: str, payment_id: UUID | None, *, fee: int = 0
) -> bool:
    if amount <= 0 or await StrayMoney.filter(account_id=account.id, reference=reference).exists():
        return False
    id, book_id = new_id(), account.cooperative_id
    await StrayMoney.create(
        id=id,
        cooperative_id=book_id,
        account_id=account.id,
        reference=reference,
        payment_id=payment_id,
        amount=amount,
        why=why,
    )
    await outbox.record("stray_money.found", id, {"cooperative_id": str(book_id)})
    entries = [
        _entry(book_id, Purpose.GATEWAY_CLEARING, Purpose.UNIDENTIFIED_RECEIPT, amount, "stray.found"),
        _entry(book_id, Purpose.GATEWAY_FEE_EXPENSE, Purpose.GATEWAY_CLEARING, fee, "payment.fee"),
    ]
    await ledger.post(entries, cause=Cause("stray_money.found", id))
    return True


async def return_stray(actor: Actor, *, stray_id: UUID, rails: Rails, key: str) -> StrayMoney:
    """A chair or treasurer lets the provider give it back to whoever paid. May be repeated.

    Raises NotFound, StrayWrongState, GatewayUnreachable, Invalid where the provider can't.
    """
    by = signed_in(actor)
    async with transaction():
        stray = await _held(actor, stray_id)
        if stray.state is StrayState.RETURNED:
            return stray
        _require_open(stray)
    gateway = await rails.by_account(stray.account_id)
    answer = await gateway.refund(
        refund_id=stray.id, payment_id=stray.payment_id or stray.id, reference=stray.reference, amount=stray.amount
    )
    if answer.outcome is ChargeOutcome.FAILED:
        raise Invalid.field(
            "id",
            Code.INVALID,
            f"the provider can't give it back ({answer.failure}): pay it out by hand and keep it here with a note",
            f"penyedia tidak dapat mengembalikan ({answer.failure}): bayar langsung lalu catat di sini",
        )
    async with transaction():
        await once(by, "returnStrayMoney", key, [stray_id], stray_id)
        return await _resolve(stray_id, by, StrayState.RETURNED, "")


async def keep_stray(actor: Actor, *, stray_id: UUID, note: str, key: str) -> StrayMoney:
    """A chair or treasurer says what it was; it becomes other income. Raises NotFound, Invalid, StrayWrongState."""
    by = signed_in(actor)
    if not 3 <= len(note.strip()) <= NOTE_LENGTH:
        raise Invalid.field("note", Code.OUT_OF_RANGE, "3 to 200 characters", "3 sampai 200 huruf")
    async with transaction():
        stray = await _held(actor, stray_id)
        if await once(by, "keepStrayMoney", key, [stray_id, note], stray_id) is not None:
            return stray
        _require_open(stray)
        return await _resolve(stray_id, by, StrayState.KEPT, note.strip())


async def list_strays(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[StrayMoney]:
    """A co-op's stray money, newest first, for its officers and pengawas. Raises NotFound."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    return await page_by_id(StrayMoney.filter(cooperative_id=cooperative_id), first=first, after=after)


async def _held(actor: Actor, stray_id: UUID) -> StrayMoney:
    stray = await locked_one(StrayMoney, stray_id)
    if stray is None:
        raise NotFound("money")
    require(actor, Role.CHAIR, Role.TREASURER, cooperative_id=stray.cooperative_id, hide="money")
    return stray


def _require_open(stray: StrayMoney) -> None:
    if stray.state is not StrayState.OPEN:
        raise StrayWrongState(state=stray.state.value)


async def _resolve(stray_id: UUID, by: UUID, state: StrayState, note: str) -> StrayMoney:
    async with transaction():
        stray = await locked_one(StrayMoney, stray_id)
        if stray is None:
            raise NotFound("money")
        if stray.state is not StrayState.OPEN:
            return stray
        stray.state, stray.resolved_by, stray.resolved_at, stray.note = state, by, clock.now(), note
        await stray.save(update_fields=["state", "resolved_by", "resolved_at", "note"])
        other = Purpose.GATEWAY_CLEARING if state is StrayState.RETURNED else Purpose.OTHER_INCOME
        entry = _entry(
            stray.cooperative_id, Purpose.UNIDENTIFIED_RECEIPT, other, stray.amount, f"stray.{state.value.lower()}"
        )
        await ledger.post([entry], cause=Cause(f"stray_money.{state.value.lower()}", stray.id))
        return stray


def _entry(book_id: UUID, debit: Purpose, credit: Purpose, amount: int, kind: str) -> Entry:
    return Entry(AccountRef(book_id, debit), AccountRef(book_id, credit), amount, kind)
