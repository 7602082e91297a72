"""New terms for an alliance in force: proposed by one side, agreed to by the other, and only then in force."""

from uuid import UUID

from cooperatives.membership.alliances import WrongAllianceState, seen_by
from cooperatives.membership.carrying import is_over
from cooperatives.membership.models import Alliance, AllianceState, AllianceTerms, TermsState
from cooperatives.membership.terms import Terms
from cooperatives.membership.versions import MOST_VERSIONS, agree, proposed_of, write_version
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.errors import Code, Conflict, Invalid, MarketplaceError
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, require


class TermsWait(MarketplaceError):
    """Terms that were proposed still wait for the other side: agree to them or withdraw them first."""

    code = Code.CONFLICT
    pesan = "Ketentuan yang diusulkan masih menunggu pihak lain: setujui atau tarik dahulu."


async def propose_terms(actor: Actor, *, alliance_id: UUID, as_cooperative_id: UUID, terms: Terms) -> Alliance:
    """Offer other terms, signed by an officer of one side; those in force hold until the other has agreed.

    Raises NotFound, Forbidden, Invalid, WrongAllianceState, TermsWait.
    """
    async with transaction():
        row = await seen_by(actor, alliance_id)
        _check_side(row, as_cooperative_id)
        require(actor, *OFFICERS, cooperative_id=as_cooperative_id)
        _check_agreed(row)
        if await proposed_of(row) is not None:
            raise TermsWait
        if await AllianceTerms.filter(alliance_id=row.pk).count() >= MOST_VERSIONS:
            raise Invalid.field(
                "allianceId",
                Code.TOO_MANY,
                f"{MOST_VERSIONS} versions: end it and make a new one",
                f"{MOST_VERSIONS} versi: akhiri lalu buat yang baru",
            )
        await write_version(actor, row, terms, as_cooperative_id)
        await outbox.record("alliance.terms_proposed", row.pk)
    return row


async def agree_terms(actor: Actor, *, alliance_id: UUID, version: int) -> Alliance:
    """Sign the proposed terms for the other side, having read this version; another person than the proposer.

    Raises NotFound, Forbidden, WrongAllianceState, Conflict when another version waits.
    """
    async with transaction():
        row = await seen_by(actor, alliance_id)
        _check_agreed(row)
        proposed = await proposed_of(row)
        if proposed is None or proposed.version != version:
            if row.terms_version == version:
                return row
            raise Conflict
        require(actor, *OFFICERS, cooperative_id=_other(row, proposed.proposed_by_cooperative_id))
        if proposed.proposed_by is not None and proposed.proposed_by == actor.account_id:
            raise Forbidden(needs="another officer than the one who proposed")
        await agree(actor, proposed)
        row.terms_version, row.carrier_share_bp = version, proposed.carrier_share_bp
        await row.save(update_fields=["terms_version", "carrier_share_bp"])
        await outbox.record("alliance.terms_agreed", row.pk)
    return row


async def withdraw_terms(actor: Actor, *, alliance_id: UUID, version: int) -> Alliance:
    """Take proposed terms back, or turn them down: an officer of either side. Raises NotFound, Conflict."""
    async with transaction():
        row = await seen_by(actor, alliance_id)
        _check_agreed(row)
        proposed = await proposed_of(row)
        if proposed is None or proposed.version != version:
            raise Conflict
        proposed.state = TermsState.WITHDRAWN
        await proposed.save(update_fields=["state"])
        await outbox.record("alliance.terms_withdrawn", row.pk)
    return row


def _check_agreed(row: Alliance) -> None:
    if row.state is not AllianceState.AGREED or is_over(row, clock.now()):
        raise WrongAllianceState(state=row.state.value)


def _check_side(row: Alliance, cooperative_id: UUID) -> None:
    if cooperative_id not in (row.seller_cooperative_id, row.carrier_cooperative_id):
        raise Invalid.field(
            "asCooperativeId", Code.INVALID, "one of its two co-ops", "salah satu dari dua koperasinya"
        )


def _other(row: Alliance, cooperative_id: UUID) -> UUID:
    is_seller = cooperative_id == row.seller_cooperative_id
    return row.carrier_cooperative_id if is_seller else row.seller_cooperative_id
