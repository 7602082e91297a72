"""Versions of an alliance's terms as rows: written, agreed to, closed. Under the caller's lock."""

from datetime import datetime
from uuid import UUID

from cooperatives.membership import terms as rules
from cooperatives.membership.carrying import in_force
from cooperatives.membership.models import Alliance, AllianceTerms, Cooperative, TermsState
from cooperatives.membership.terms import Terms
from marketplace import clock
from marketplace.errors import Conflict
from marketplace.identity.actor import Actor
from marketplace.zones import zone_of

#: Versions that an alliance may have in all; then the two make a new one.
MOST_VERSIONS = 500


async def propose_first(actor: Actor, alliance: Alliance, terms: Terms) -> AllianceTerms:
    """The terms with which an alliance is offered. Raises Invalid."""
    return await write_version(actor, alliance, terms, alliance.proposed_by_cooperative_id)


async def write_version(actor: Actor, alliance: Alliance, terms: Terms, by: UUID) -> AllianceTerms:
    """One more version, proposed by an officer of `by`. Raises Invalid."""
    rules.check(terms, clock.now())
    last = await AllianceTerms.filter(alliance_id=alliance.pk).order_by("-version").first()
    seller = await Cooperative.get(pk=alliance.seller_cooperative_id)
    return await AllianceTerms.create(
        alliance_id=alliance.pk,
        version=1 if last is None else last.version + 1,
        carrier_share_bp=terms.carrier_share_bp,
        least=terms.least,
        least_per_km=terms.least_per_km,
        area=rules.area_as_json(terms.area),
        hours=None if terms.hours is None else [list(span) for span in terms.hours],
        zone=zone_of(seller.region_code),
        jobs_a_day=terms.jobs_a_day,
        open_rupiah=terms.open_rupiah,
        notice_days=terms.notice_days,
        holds_from=terms.holds_from,
        holds_until=terms.holds_until,
        proposed_by_cooperative_id=by,
        proposed_by=actor.account_id,
    )


async def agree_first(actor: Actor, alliance: Alliance, version: int | None) -> int | None:
    """Agree to what an alliance was offered with; none when it was offered without terms. Raises Conflict."""
    proposed = await proposed_of(alliance)
    if (None if proposed is None else proposed.version) != version:
        raise Conflict
    if proposed is not None:
        await agree(actor, proposed)
    return version


async def agree(actor: Actor, row: AllianceTerms) -> None:
    """Both sides have signed; nothing holds from before that."""
    now = clock.now()
    row.state, row.agreed_by, row.agreed_at = TermsState.AGREED, actor.account_id, now
    row.holds_from = now if row.holds_from is None else max(row.holds_from, now)
    await row.save(update_fields=["state", "agreed_by", "agreed_at", "holds_from"])


async def proposed_of(alliance: Alliance) -> AllianceTerms | None:
    """The version that waits for the other side; one at most."""
    return await AllianceTerms.get_or_none(alliance_id=alliance.pk, state=TermsState.PROPOSED)


async def close_versions(alliance: Alliance) -> None:
    """What was proposed or agreed before is nothing any more."""
    await (
        AllianceTerms.filter(alliance_id=alliance.pk)
        .exclude(state=TermsState.WITHDRAWN)
        .update(state=TermsState.WITHDRAWN)
    )


async def in_force_of(alliance: Alliance, at: datetime) -> AllianceTerms | None:
    """The version that holds now."""
    return in_force(await AllianceTerms.filter(alliance_id=alliance.pk), at)
