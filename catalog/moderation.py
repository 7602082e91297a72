"""Listings that should not stand: reported by people, suspended by the operator, appealed by the seller."""

from uuid import UUID

from catalog import facts, listings
from catalog.models import Listing, ListingReport, ListingState, ListingSuspension, ReportReason
from catalog.sellers import one_of_a_kind
from marketplace import clock, outbox
from marketplace.database import for_update, locked_one, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.paging import Page, page_by_id


class AlreadyAppealed(MarketplaceError):
    """This suspension was already appealed: wait for the operator's answer."""

    code = Code.DUPLICATE
    pesan = "Keberatan atas pembekuan ini sudah diajukan: tunggu jawaban pengelola."


class NothingToAnswer(MarketplaceError):
    """This suspension has no open appeal."""

    code = Code.WRONG_STATE
    pesan = "Tidak ada keberatan yang menunggu jawaban."


class NothingToDismiss(MarketplaceError):
    """This listing has no report that waits for a decision."""

    code = Code.WRONG_STATE
    pesan = "Tidak ada laporan yang menunggu keputusan atas dagangan ini."


def _text(name: str, value: str, most: int, least: int = 3) -> str:
    found: str = facts.checked({name: facts.text(least, most)}, {name: value})[name]
    return found


async def report_listing(actor: Actor, *, listing_id: UUID, reason: ReportReason, text: str = "") -> ListingReport:
    """Tell the operator of a listing. A second report by the same person changes the first."""
    reporter_id = signed_in(actor)
    text = _text("text", text, 1_000, least=0)
    async with one_of_a_kind():
        listing = await Listing.get_or_none(pk=listing_id).select_related("seller")
        if listing is None or not listings.is_visible(actor, listing):
            raise NotFound("listing")
        said = {"reason": reason, "text": text, "decided_at": None, "is_upheld": None}
        report, _ = await ListingReport.update_or_create(said, listing_id=listing_id, reporter_id=reporter_id)
        await outbox.record("listing.reported", listing_id, {"report": str(report.pk)})
        return report


async def reports(actor: Actor, *, listing_id: UUID | None, first: int, after: str | None) -> Page[ListingReport]:
    """What people reported, newest first; the operator only."""
    require(actor, Role.NODE_OPERATOR)
    found = ListingReport.all() if listing_id is None else ListingReport.filter(listing_id=listing_id)
    return await page_by_id(found, first=first, after=after)


async def suspend_listing(actor: Actor, *, listing_id: UUID, reason: str) -> Listing:
    """The operator takes a listing off, saying why."""
    require(actor, Role.NODE_OPERATOR)
    reason = _text("reason", reason, 500)
    async with transaction():
        listing = await _locked(listing_id)
        if listing.state is ListingState.SUSPENDED:
            raise listings.WrongListingState(state=listing.state.value)
        await ListingSuspension.create(listing_id=listing_id, reason=reason, suspended_by=actor.account_id)
        await outbox.record("listing.suspended", listing_id, {"seller": str(listing.seller_id)})
        await _decide_reports(actor, listing_id, reason, is_upheld=True)
        return await listings.save(listing, {"state": ListingState.SUSPENDED})


async def dismiss_reports(actor: Actor, *, listing_id: UUID, answer: str) -> Listing:
    """The operator lets a reported listing stand, and says why to those who reported it. Raises NothingToDismiss."""
    require(actor, Role.NODE_OPERATOR)
    answer = _text("answer", answer, 500)
    async with transaction():
        listing = await _locked(listing_id)
        if not await _decide_reports(actor, listing_id, answer, is_upheld=False):
            raise NothingToDismiss
        return listing


async def _decide_reports(actor: Actor, listing_id: UUID, answer: str, *, is_upheld: bool) -> int:
    """Decide every open report of the listing, locked; answers how many there were."""
    decided_at = clock.now()
    values = {"decided_at": decided_at, "decided_by": actor.account_id, "is_upheld": is_upheld, "answer": answer}
    count = await ListingReport.filter(listing_id=listing_id, decided_at__isnull=True).update(**values)
    if count:
        await outbox.record("listing.reports_decided", listing_id, {"decided_at": decided_at.isoformat()})
    return count


async def appeal_suspension(actor: Actor, *, listing_id: UUID, text: str) -> Listing:
    """The shop says why the listing should stand. Once a suspension."""
    text = _text("text", text, 1_000)
    async with transaction():
        listing = await listings.locked_listing(actor, listing_id)
        suspension = await _standing(listing)
        if suspension.appealed_at is not None:
            raise AlreadyAppealed
        suspension.appeal, suspension.appealed_by, suspension.appealed_at = text, actor.account_id, clock.now()
        await suspension.save(update_fields=["appeal", "appealed_by", "appealed_at"])
        await outbox.record("listing.appealed", listing_id)
        return listing


async def answer_appeal(actor: Actor, *, listing_id: UUID, answer: str, is_lifted: bool) -> Listing:
    """The operator answers an appeal: the suspension is lifted, or stands. Lifted, the listing is unpublished."""
    require(actor, Role.NODE_OPERATOR)
    answer = _text("answer", answer, 500)
    async with transaction():
        listing = await _locked(listing_id)
        suspension = await _standing(listing)
        if suspension.appealed_at is None or suspension.answered_at is not None:
            raise NothingToAnswer
        suspension.answer, suspension.answered_by, suspension.answered_at = answer, actor.account_id, clock.now()
        suspension.lifted_at = clock.now() if is_lifted else None
        await suspension.save(update_fields=["answer", "answered_by", "answered_at", "lifted_at"])
        await outbox.record("listing.appeal_answered", listing_id, {"seller": str(listing.seller_id)})
        return await listings.save(listing, {"state": ListingState.UNPUBLISHED}) if is_lifted else listing


async def _locked(listing_id: UUID) -> Listing:
    listing = await locked_one(Listing, listing_id)
    if listing is None:
        raise NotFound("listing")
    await listing.fetch_related("seller")
    return listing


async def _standing(listing: Listing) -> ListingSuspension:
    found = (
        await for_update(ListingSuspension.filter(listing_id=listing.pk, lifted_at__isnull=True))
        .order_by("-id")
        .limit(1)
    )
    if listing.state is not ListingState.SUSPENDED or not found:
        raise listings.WrongListingState(state=listing.state.value)
    return found[0]
