"""A lost phone: how its owner gets his account back under a new number.

He proves the new number by a one-time code. Two officers of a co-op where he is a member approve, each for
himself and neither for his own account. Then 48 hours pass, in which anyone who still holds the old number
or a session may cancel. What protects an account against its own officers is this delay and the message to
the old number.
"""

from datetime import timedelta
from uuid import UUID

import structlog

from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity import audit, signing_in
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, Role, require, signed_in
from marketplace.identity.models import Account, NumberChange, NumberChangeState
from marketplace.identity.phones import normalised
from marketplace.identity.service import holds_any

COOLING_OFF = timedelta(hours=48)
#: A request that nobody approves is forgotten.
WAITS = timedelta(days=14)
OPEN = (NumberChangeState.REQUESTED, NumberChangeState.COOLING_OFF)
BATCH = 100
log = structlog.get_logger()


class NumberTaken(MarketplaceError):
    """The new number has an account already: sign in with it, or use another number."""

    code = Code.DUPLICATE
    pesan = "Nomor baru sudah punya akun: masuk dengannya, atau pakai nomor lain."


class ChangeClosed(MarketplaceError):
    """This change of number is {state}: it can't be changed any more."""

    code = Code.WRONG_STATE
    pesan = "Penggantian nomor ini berstatus {state}: tidak bisa diubah lagi."


async def request_number_change(
    *, old_phone: str, new_phone: str, code: str, cooperative_id: UUID, address: str = ""
) -> NumberChange:
    """Ask for the account of `old_phone` under `new_phone`, proved by a code sent there.

    Raises Invalid, TooManyTries, WrongCode, NumberTaken, NotFound when there is no such member there.
    """
    old_phone, new_phone = normalised(old_phone, "oldPhone"), normalised(new_phone, "newPhone")
    await signing_in.prove_phone(new_phone, code, address)
    async with transaction():
        if await Account.exists(phone=new_phone):
            raise NumberTaken
        account = await Account.get_or_none(phone=old_phone)
        if account is None or not await holds_any(account.pk, [Role.MEMBER], cooperative_id=cooperative_id):
            raise NotFound("member")
        await locked_one(Account, account.pk)
        open_now = NumberChange.filter(account_id=account.pk, state__in=OPEN)
        same = await open_now.filter(new_phone=new_phone, cooperative_id=cooperative_id).first()
        if same is not None:
            return same
        await open_now.filter(state=NumberChangeState.REQUESTED).update(
            state=NumberChangeState.CANCELLED, closed_at=clock.now(), reason="replaced"
        )
        if await open_now.exists():
            raise ChangeClosed(state=NumberChangeState.COOLING_OFF.value)
        row = await NumberChange.create(
            account_id=account.pk, cooperative_id=cooperative_id, old_phone=old_phone, new_phone=new_phone
        )
        await outbox.record("number_change.requested", row.pk, {"cooperative_id": str(cooperative_id)})
    return row


async def approve_number_change(actor: Actor, *, change_id: UUID) -> NumberChange:
    """Vouch for the person who asks; the second officer's word starts the cooling-off.

    Raises NotFound, Forbidden, ChangeClosed.
    """
    async with transaction():
        row = await _for_officer(actor, change_id)
        if row.account_id == actor.account_id:
            raise Forbidden(needs="officers other than the account's owner")
        if actor.account_id in {row.first_approved_by, row.second_approved_by}:
            return row
        if row.state is not NumberChangeState.REQUESTED:
            raise ChangeClosed(state=row.state.value)
        if row.first_approved_by is None:
            row.first_approved_by = actor.account_id
        else:
            row.second_approved_by = actor.account_id
            row.state, row.effective_at = NumberChangeState.COOLING_OFF, clock.now() + COOLING_OFF
            await outbox.record("number_change.cooling_off", row.pk)
        await row.save()
        await audit.note(
            "number_change.approved",
            account_id=row.account_id,
            by=actor.account_id,
            cooperative_id=row.cooperative_id,
            change_id=str(row.pk),
        )
    return row


async def cancel_number_change(actor: Actor, *, change_id: UUID, reason: str = "") -> NumberChange:
    """Stop it: the account's owner or an officer of that co-op. Raises NotFound, ChangeClosed."""
    account_id = signed_in(actor)
    async with transaction():
        row = await locked_one(NumberChange, change_id)
        if row is None:
            raise NotFound("number change")
        if row.account_id != account_id:
            require(actor, *OFFICERS, cooperative_id=row.cooperative_id, hide="number change")
        if row.state not in OPEN:
            raise ChangeClosed(state=row.state.value)
        await _close(row, NumberChangeState.CANCELLED, reason[:300] or None)
        await audit.note(
            "number_change.cancelled",
            account_id=row.account_id,
            by=account_id,
            cooperative_id=row.cooperative_id,
            change_id=str(row.pk),
        )
    return row


async def open_changes(actor: Actor) -> list[NumberChange]:
    """The changes under way of one's own account and of the co-ops of which one is an officer."""
    account_id = signed_in(actor)
    found = NumberChange.filter(state__in=OPEN)
    own = await found.filter(account_id=account_id)
    theirs = await found.filter(cooperative_id__in=list(actor.cooperatives(*OFFICERS))).limit(BATCH)
    return sorted({row.pk: row for row in [*own, *theirs]}.values(), key=lambda row: row.pk)


async def complete_number_changes() -> int:
    """Carry out the changes whose cooling-off has passed, and forget those that nobody approved."""
    now = clock.now()
    due = await NumberChange.filter(state=NumberChangeState.COOLING_OFF, effective_at__lte=now).limit(BATCH)
    stale = await NumberChange.filter(state=NumberChangeState.REQUESTED, created_at__lte=now - WAITS).limit(BATCH)
    for row in [*due, *stale]:
        async with transaction():
            locked = await locked_one(NumberChange, row.pk)
            if locked is None or locked.state is not row.state:
                continue
            await _complete(locked) if row in due else await _close(locked, NumberChangeState.CANCELLED, "stale")
    return len(due) + len(stale)


async def _complete(row: NumberChange) -> None:
    account = await locked_one(Account, row.account_id)
    if account is None or account.phone != row.old_phone or await Account.exists(phone=row.new_phone):
        await _close(row, NumberChangeState.CANCELLED, "the number was taken meanwhile")
        return
    account.phone, account.password_hash = row.new_phone, None
    await account.save(update_fields=["phone", "password_hash"])
    await signing_in.end_sessions(account.pk, "number changed")
    await _close(row, NumberChangeState.DONE, None)
    await audit.note(
        "number_change.done",
        account_id=account.pk,
        by=None,
        cooperative_id=row.cooperative_id,
        change_id=str(row.pk),
    )
    await outbox.record("number_change.done", row.pk)


async def _close(row: NumberChange, state: NumberChangeState, reason: str | None) -> None:
    row.state, row.closed_at, row.reason = state, clock.now(), reason
    await row.save(update_fields=["state", "closed_at", "reason"])


async def _for_officer(actor: Actor, change_id: UUID) -> NumberChange:
    row = await locked_one(NumberChange, change_id)
    if row is None:
        raise NotFound("number change")
    require(actor, *OFFICERS, cooperative_id=row.cooperative_id, hide="number change")
    return row
