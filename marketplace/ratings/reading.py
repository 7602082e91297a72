"""What is shown of ratings, and to whom."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.functions import Count, Sum
from tortoise.queryset import QuerySet

from marketplace.batches import lists_by
from marketplace.deliveries.models import Driver
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.paging import Page, check_first, page_by_id
from marketplace.ratings.averages import FLOOR, Summary
from marketplace.ratings.models import Rating, RatingAbout

MOST_TAKEN_HOME = 5_000


async def seller_summaries(ids: Sequence[UUID]) -> Mapping[UUID, Summary]:
    """What the ratings of each of these shops come to. One statement."""
    return await _summaries(RatingAbout.SELLER, ids)


async def driver_summaries(ids: Sequence[UUID]) -> Mapping[UUID, Summary]:
    """What the ratings of each of these drivers come to. One statement."""
    return await _summaries(RatingAbout.DRIVER, ids)


async def ratings_by_sub_order(ids: Iterable[UUID]) -> dict[UUID, list[Rating]]:
    """What was given for each of these sub-orders, oldest first. One statement."""
    return await lists_by(Rating, "sub_order_id", ids)


async def ratings_of_seller(seller_id: UUID, *, first: int, after: str | None) -> Page[Rating]:
    """The ratings of a shop that stand, newest first; for everyone."""
    return await page_by_id(_standing(RatingAbout.SELLER, [seller_id]), first=first, after=after)


async def ratings_of_driver(driver_id: UUID, *, first: int, after: str | None) -> Page[Rating]:
    """The ratings of a driver that stand, newest first, once they are as many as an average needs.

    Fewer would tell him who of the day's few buyers said what.
    """
    check_first(first)
    found = _standing(RatingAbout.DRIVER, [driver_id])
    if await found.count() < FLOOR:
        return Page([], [], False)
    return await page_by_id(found, first=first, after=after)


async def reported(actor: Actor, *, first: int, after: str | None) -> Page[Rating]:
    """What waits for the operator's word, newest first; the operator only. Raises Forbidden."""
    require(actor, Role.NODE_OPERATOR)
    return await page_by_id(Rating.filter(reported_at__isnull=False), first=first, after=after)


async def rating_seen(actor: Actor, id: UUID) -> Rating | None:
    """The rating with this id, for its giver, for the operator, and for whom its list is open."""
    rating = await Rating.get_or_none(pk=id)
    if rating is None or rating.giver_id == actor.account_id or actor.holds(Role.NODE_OPERATOR):
        return rating
    if rating.hidden_at is not None or rating.withdrawn_at is not None:
        return None
    return rating if rating.about is RatingAbout.SELLER or await _is_driver_told(actor, rating) else None


async def my_ratings(actor: Actor) -> dict[str, Any]:
    """All that the signed-in person said of others, and what was said of him as a driver, as plain data."""
    by = signed_in(actor)
    names = ("about", "stars", "text", "created_at", "edited_at", "withdrawn_at", "hidden_at")
    driver = await Driver.get_or_none(account_id=by)
    summary = Summary() if driver is None else (await driver_summaries([driver.pk])).get(driver.pk, Summary())
    return {
        "given": await Rating.filter(giver_id=by).order_by("id").limit(MOST_TAKEN_HOME).values(*names),
        "asDriver": {"count": summary.count, "average": summary.average},
    }


def _standing(about: RatingAbout, ids: Sequence[UUID]) -> QuerySet[Rating]:
    return Rating.filter(about=about, subject_id__in=list(ids), hidden_at__isnull=True, withdrawn_at__isnull=True)


async def _summaries(about: RatingAbout, ids: Sequence[UUID]) -> dict[UUID, Summary]:
    found = (
        await _standing(about, ids)
        .annotate(count=Count("id"), sum=Sum("stars"))
        .group_by("subject_id")
        .values("subject_id", "count", "sum")
    )
    return {row["subject_id"]: Summary(int(row["count"]), int(row["sum"])) for row in found}


async def _is_driver_told(actor: Actor, rating: Rating) -> bool:
    driver = await Driver.get_or_none(pk=rating.subject_id)
    if driver is None:
        return False
    is_full = driver.account_id == actor.account_id or actor.holds(
        *OFFICERS, Role.DISPATCHER, cooperative_id=driver.cooperative_id
    )
    return is_full and (await driver_summaries([driver.pk])).get(driver.pk, Summary()).count >= FLOOR
