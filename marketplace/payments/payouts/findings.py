"""A payout whose outcome its provider never told: officers end it by what they find at the bank, one way or other.

Only once it is never asked for again by itself, for what they take as failed could else still be sent. What the
provider knows after all goes before what anybody found.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.payments.payouts import destinations, service
from marketplace.payments.payouts.lifecycle import PayoutEvent, PayoutState, PayoutWrongState
from marketplace.payments.payouts.models import Payout, PayoutFinding
from marketplace.payments.payouts.sending import KEY_LIFE
from marketplace.payments.payouts.service import APPROVERS, REFERENCE_LENGTH
from marketplace.payments.rails import Rails

#: What a payout's `failure` says when officers found that it had not arrived.
FOUND_FAILED = "NOT_ARRIVED"
EVENTS = {PayoutState.CONFIRMED: PayoutEvent.CONFIRM, PayoutState.FAILED: PayoutEvent.FAIL}
SHORTEST = 3


class StillAsked(MarketplaceError):
    """The provider is still being asked about this payout, until {until}: its word goes before anybody's."""

    code = Code.WRONG_STATE
    pesan = "Penyedia masih ditanyai tentang pencairan ini sampai {until}: jawabannya didahulukan."


class StillUnderWay(MarketplaceError):
    """The provider knows this payout and has not ended it: end it there first, in its dashboard."""

    code = Code.WRONG_STATE
    pesan = "Penyedia mengenal pencairan ini dan belum menyelesaikannya: selesaikan dahulu di dasbornya."


class FoundOtherwise(MarketplaceError):
    """Another officer found that this payout was {found}: agree on one, by who said it first, or by a third."""

    code = Code.CONFLICT
    pesan = "Pengurus lain menemukan pencairan ini {found}: sepakati dahulu salah satunya."


class NotTheRequester(MarketplaceError):
    """Who asked for a payout doesn't say what became of it: let another chair or treasurer do so."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Yang meminta pencairan tidak menyatakan hasilnya: minta ketua atau bendahara lain."


async def end_payout(
    actor: Actor, *, payout_id: UUID, outcome: PayoutState, evidence: str, rails: Rails, key: str
) -> Payout:
    """A chair or treasurer says what became of a payout that nobody answered for: CONFIRMED, by the bank's reference,
    or FAILED, by where it can be seen that it never left; then the payee is owed it as before.

    From the members' threshold on it ends when a second one finds the same. Answers the payout as it then stands;
    where the provider tells by now, that counts. Raises NotFound, Invalid, PayoutWrongState, StillAsked,
    StillUnderWay, FoundOtherwise, NotTheRequester.
    """
    by, said = signed_in(actor), " ".join(evidence.split())
    _check(outcome, said)
    asked = [payout_id, outcome, said]
    async with transaction():
        payout = await _held(actor, payout_id)
        if payout.state is not PayoutState.SENT:
            if await once(by, "endPayout", key, asked, payout_id) is not None:
                return payout
            raise PayoutWrongState(state=payout.state.value)
        _require_unanswered(payout, by)
    told = await _ask(payout, rails)
    if told is not None:
        return told
    async with transaction():
        payout = await _held(actor, payout_id)
        is_repeat = await once(by, "endPayout", key, asked, payout_id) is not None
        if is_repeat or payout.state is not PayoutState.SENT:
            return payout
        return await _find(payout, outcome, said, by)


def _check(outcome: PayoutState, said: str) -> None:
    faults = []
    if outcome not in EVENTS:
        faults.append(FieldFault(("outcome",), Code.INVALID, "CONFIRMED or FAILED", "CONFIRMED atau FAILED"))
    if not SHORTEST <= len(said) <= REFERENCE_LENGTH:
        like = "3 to 60 characters: the bank's reference", "3 sampai 60 huruf: nomor referensi bank"
        faults.append(FieldFault(("evidence",), Code.OUT_OF_RANGE, *like))
    if faults:
        raise Invalid(faults=faults)


def _require_unanswered(payout: Payout, by: UUID) -> None:
    if payout.requested_by == by:
        raise NotTheRequester
    until = (payout.sent_at or payout.created_at) + KEY_LIFE
    if clock.now() < until:
        raise StillAsked(until=f"{until:%Y-%m-%d %H:%M} UTC")


async def _ask(payout: Payout, rails: Rails) -> Payout | None:
    """Ask the provider once more, outside any transaction: the payout where it has an answer by now."""
    made_at: datetime = payout.sent_at or payout.created_at
    try:
        gateway = rails.simulated if payout.account_id is None else await rails.by_account(payout.account_id)
        said = await gateway.find_payout(payout_id=payout.id, reference=payout.reference, made_at=made_at)
    except MarketplaceError:  # unreachable, or its keys can't be opened any more
        return None
    if said is None:
        return None
    told = await service.settle(payout.id, said)
    if told.state is PayoutState.SENT:
        raise StillUnderWay
    return told


async def _find(payout: Payout, outcome: PayoutState, said: str, by: UUID) -> Payout:
    """Note what this officer found; ends the payout where that suffices. Caller's transaction, the payout locked."""
    policy = await destinations.policy_of(payout.cooperative_id)
    found = await PayoutFinding.get_or_none(id=payout.id)
    is_second = found is not None and found.found_by != by
    if found is not None and is_second and found.outcome is not outcome:
        raise FoundOtherwise(found=found.outcome.value)
    is_new = found is None
    if found is None or not is_second:  # his own again: what he says now counts
        found = found or PayoutFinding(id=payout.id)
        found.outcome, found.evidence, found.found_by, found.found_at = outcome, said, by, clock.now()
    else:
        found.agreed_by = by
    is_enough = is_second or payout.amount < policy.two_officers_from
    found.ended_at = clock.now() if is_enough else None
    await found.save(force_create=is_new)
    book_id = payout.cooperative_id
    facts = {"id": str(payout.id), "outcome": outcome.value, "said": said}
    await audit.note("payout.found", account_id=by, by=by, cooperative_id=book_id, **facts)
    if is_enough:
        await service.end_by_finding(payout, EVENTS[outcome], reference=found.evidence, failure=FOUND_FAILED)
    else:
        what = Awaiting.PAYOUT_OUTCOME
        await ask_second(what, payout.id, cooperative_id=book_id, by=by, amount=payout.amount)
    return payout


async def _held(actor: Actor, payout_id: UUID) -> Payout:
    payout = await locked_one(Payout, payout_id)
    if payout is None:
        raise NotFound("payout")
    require(actor, *APPROVERS, cooperative_id=payout.cooperative_id, hide="payout")
    return payout


async def findings_by_payout(ids: Sequence[UUID]) -> Mapping[UUID, PayoutFinding]:
    """What officers found about these payouts. One statement; no check of who asks."""
    return {row.id: row for row in await PayoutFinding.filter(id__in=list(ids))}
