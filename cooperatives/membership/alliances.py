"""Alliances: one co-op's drivers carry for another co-op's sellers."""

from datetime import timedelta
from uuid import UUID

from cooperatives.membership.carrying import is_over
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import Alliance, AllianceState
from cooperatives.membership.terms import Terms
from cooperatives.membership.versions import agree_first, close_versions, in_force_of, propose_first
from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, Conflict, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, require
from marketplace.money import FULL_SHARE_BP


class WrongAllianceState(MarketplaceError):
    """This alliance is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Persekutuan ini berstatus {state}: tidak bisa dilakukan."


async def propose_alliance(
    actor: Actor,
    *,
    as_cooperative_id: UUID,
    seller_cooperative_id: UUID,
    carrier_cooperative_id: UUID,
    carrier_share_bp: int,
    terms: Terms | None = None,
) -> Alliance:
    """Offer an alliance, signed by an officer of one of its sides; without `terms` it has no bounds.

    A later proposal by either side replaces one that is not yet agreed. Raises Invalid, NotFound,
    Forbidden, WrongAllianceState when one is in force.
    """
    sides = {seller_cooperative_id, carrier_cooperative_id}
    if len(sides) < 2 or as_cooperative_id not in sides:
        raise Invalid.field(
            "asCooperativeId",
            Code.INVALID,
            "two co-ops, one of which proposes",
            "dua koperasi, salah satunya pengusul",
        )
    if not 0 <= carrier_share_bp <= FULL_SHARE_BP:
        raise Invalid.field("carrierShare", Code.OUT_OF_RANGE, "0 to 100 %", "0 sampai 100 %")
    require(actor, *OFFICERS, cooperative_id=as_cooperative_id)
    async with transaction():
        for side in sorted(sides):
            await lock_cooperative(side)
        row = await Alliance.get_or_none(
            seller_cooperative_id=seller_cooperative_id, carrier_cooperative_id=carrier_cooperative_id
        )
        if row is not None and row.state is AllianceState.AGREED and not is_over(row, clock.now()):
            raise WrongAllianceState(state=row.state.value)
        is_new = row is None
        row = row or Alliance(
            seller_cooperative_id=seller_cooperative_id, carrier_cooperative_id=carrier_cooperative_id
        )
        row.state, row.carrier_share_bp = AllianceState.PROPOSED, carrier_share_bp
        row.proposed_by_cooperative_id, row.proposed_by = as_cooperative_id, actor.account_id
        row.agreed_by = row.agreed_at = row.ended_by = row.ended_at = row.ends_at = row.terms_version = None
        await row.save(force_create=is_new)
        await close_versions(row)
        if terms is not None:
            await propose_first(actor, row, terms)
        await outbox.record("alliance.proposed", row.pk)
    return row


async def agree_alliance(
    actor: Actor, *, alliance_id: UUID, carrier_share_bp: int, version: int | None = None
) -> Alliance:
    """Sign for the other side, at the share that one has read; another person than the proposer.

    `version`: that of the terms that one has read, where any were proposed with it. Raises NotFound, Forbidden,
    WrongAllianceState, Conflict when the terms were changed meanwhile.
    """
    async with transaction():
        row = await seen_by(actor, alliance_id)
        other = (
            row.carrier_cooperative_id
            if row.proposed_by_cooperative_id == row.seller_cooperative_id
            else row.seller_cooperative_id
        )
        require(actor, *OFFICERS, cooperative_id=other)
        if row.proposed_by is not None and row.proposed_by == actor.account_id:
            raise Forbidden(needs="another officer than the one who proposed")
        if row.state is AllianceState.AGREED and row.carrier_share_bp == carrier_share_bp:
            return row
        if row.state is not AllianceState.PROPOSED:
            raise WrongAllianceState(state=row.state.value)
        if row.carrier_share_bp != carrier_share_bp:
            raise Conflict
        row.terms_version = await agree_first(actor, row, version)
        row.state, row.agreed_at, row.agreed_by = AllianceState.AGREED, clock.now(), actor.account_id
        await row.save()
        await outbox.record("alliance.agreed", row.pk)
    return row


async def end_alliance(actor: Actor, *, alliance_id: UUID) -> Alliance:
    """Leave an alliance or take back a proposal; an officer of either side. Jobs under way go on.

    Where its terms ask for notice it stays in force for so many days (`ends_at`); given once, notice stands.
    """
    async with transaction():
        row = await seen_by(actor, alliance_id)
        if row.state is AllianceState.ENDED or row.ends_at is not None:
            return row
        now = clock.now()
        held = await in_force_of(row, now) if row.state is AllianceState.AGREED else None
        row.ended_by = actor.account_id
        if held is not None and held.notice_days:
            row.ends_at = now + timedelta(days=held.notice_days)
        else:
            row.state, row.ended_at = AllianceState.ENDED, now
        await row.save()
        await outbox.record("alliance.ended", row.pk)
    return row


async def seen_by(actor: Actor, alliance_id: UUID) -> Alliance:
    """The alliance, locked, for an officer of one of its sides; NotFound for others."""
    row = await locked_one(Alliance, alliance_id)
    if row is None:
        raise NotFound("alliance")
    if not actor.holds(*OFFICERS, cooperative_id=row.seller_cooperative_id):
        require(actor, *OFFICERS, cooperative_id=row.carrier_cooperative_id, hide="alliance")
    return row
