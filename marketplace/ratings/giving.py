"""A buyer rates the shop and the driver of what reached him, each apart, and may take it back."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from catalog import facts
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.deliveries.drivers import drivers_by_account
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders.access import SELLING
from marketplace.orders.models import SubOrder
from marketplace.ratings.averages import FEWEST_STARS, MOST_STARS
from marketplace.ratings.models import Rating, RatingAbout

#: So long after the delivery a rating may be given, and changed.
OPEN_FOR = timedelta(days=14)
MOST_WORDS = 500


class NothingToRate(MarketplaceError):
    """You rate what reached you, within fourteen days; a driver only where one brought it."""

    code = Code.WRONG_STATE
    pesan = "Yang dinilai adalah pesanan yang sudah Anda terima, paling lama 14 hari sesudahnya."


class RatedAlready(MarketplaceError):
    """You have rated this and changed it once: it stands, or take it back."""

    code = Code.DUPLICATE
    pesan = "Anda sudah menilai dan mengubahnya sekali. Penilaian ini tetap, atau tarik kembali."


class OwnRating(MarketplaceError):
    """Nobody rates his own shop or his own ride."""

    code = Code.FORBIDDEN
    pesan = "Toko atau antaran sendiri tidak bisa dinilai sendiri."


async def rate_sub_order(
    actor: Actor, *, sub_order_id: UUID, about: RatingAbout, stars: int, text: str = ""
) -> Rating:
    """Rate one party to one's own sub-order: once, and changed once. Sent again as it stands, it does nothing.

    Raises NothingToRate, RatedAlready, OwnRating, Invalid, NotFound.
    """
    by = signed_in(actor)
    if isinstance(stars, bool) or not FEWEST_STARS <= stars <= MOST_STARS:
        raise Invalid.field("stars", Code.OUT_OF_RANGE, "1 to 5 stars", "1 sampai 5 bintang")
    words: str = facts.checked({"text": facts.text(0, MOST_WORDS)}, {"text": text})["text"]
    async with transaction():
        sub_order = await locked_one(SubOrder, sub_order_id)  # two presses wait for each other here
        if sub_order is None or sub_order.buyer_id != by:
            raise NotFound("order")
        subject_id = (await subjects(sub_order)).get(about)
        if subject_id is None:
            raise NothingToRate
        if _is_own(actor, sub_order, about):
            raise OwnRating
        rating = await Rating.get_or_none(sub_order_id=sub_order_id, about=about)
        if rating is None:
            return await Rating.create(
                sub_order_id=sub_order_id, about=about, giver_id=by, subject_id=subject_id, stars=stars, text=words
            )
        if (rating.stars, rating.text) == (stars, words):
            return rating
        if rating.edited_at is not None or rating.withdrawn_at is not None:
            raise RatedAlready
        rating.stars, rating.text, rating.edited_at = stars, words, clock.now()
        rating.decided_at = None  # what an operator let stand was another text
        await rating.save(update_fields=["stars", "text", "edited_at", "decided_at"])
        return rating


async def withdraw_rating(actor: Actor, *, rating_id: UUID) -> Rating:
    """Take one's rating back, at any time: stars, words and what was reported of it are erased. Raises NotFound."""
    by = signed_in(actor)
    async with transaction():
        rating = await locked_one(Rating, rating_id)
        if rating is None or rating.giver_id != by:
            raise NotFound("rating")
        if rating.withdrawn_at is None:
            rating.stars, rating.text, rating.withdrawn_at = None, "", clock.now()
            rating.reported_at, rating.reported_by, rating.report = None, None, ""
            await rating.save()
        return rating


async def subjects(sub_order: SubOrder) -> dict[RatingAbout, UUID]:
    """Whom the buyer of this sub-order may rate now: nobody before it is delivered, and nobody for ever."""
    delivered_at = sub_order.delivered_at
    if delivered_at is None or clock.now() - delivered_at > OPEN_FOR:
        return {}
    found = {RatingAbout.SELLER: sub_order.seller_id}
    if sub_order.driver_account_id is not None:
        driver = (await drivers_by_account([sub_order.driver_account_id])).get(sub_order.driver_account_id)
        if driver is not None:
            found[RatingAbout.DRIVER] = driver.pk
    return found


async def rateable(actor: Actor, sub_order: SubOrder, given: Sequence[Rating]) -> list[RatingAbout]:
    """Whom the actor may rate now, or rate anew, of his own sub-order; empty for everyone else."""
    if actor.account_id is None or sub_order.buyer_id != actor.account_id:
        return []
    settled = {row.about for row in given if row.edited_at is not None or row.withdrawn_at is not None}
    found = await subjects(sub_order)
    return [about for about in found if about not in settled and not _is_own(actor, sub_order, about)]


def _is_own(actor: Actor, sub_order: SubOrder, about: RatingAbout) -> bool:
    if about is RatingAbout.DRIVER:
        return actor.account_id == sub_order.driver_account_id
    return actor.holds(*SELLING, seller_id=sub_order.seller_id)
