"""Ratings that should not stand: reported by who reads them, hidden by the operator."""

from uuid import UUID

from catalog import facts
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.errors import NotFound
from marketplace.identity import audit
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.ratings.models import Rating
from marketplace.ratings.reading import rating_seen


async def report_rating(actor: Actor, *, rating_id: UUID, reason: str) -> Rating:
    """Tell the operator of a rating that one can read. The first report waits for his word; others add nothing,
    and none is taken of a rating that he let stand. Raises NotFound, Invalid."""
    by = signed_in(actor)
    words = _words("reason", reason)
    async with transaction():
        rating = await locked_one(Rating, rating_id)
        if rating is None or await rating_seen(actor, rating_id) is None:
            raise NotFound("rating")
        if rating.reported_at is None and rating.decided_at is None and rating.withdrawn_at is None:
            rating.reported_at, rating.reported_by, rating.report = clock.now(), by, words
            await rating.save(update_fields=["reported_at", "reported_by", "report"])
        return rating


async def decide_rating(actor: Actor, *, rating_id: UUID, is_hidden: bool, reason: str) -> Rating:
    """The operator hides a rating, lets it stand, or shows it again. Hidden it counts nowhere. It is written in the
    audit log with its reason. Raises Forbidden, NotFound, Invalid."""
    require(actor, Role.NODE_OPERATOR)
    words = _words("reason", reason)
    async with transaction():
        rating = await locked_one(Rating, rating_id)
        if rating is None or rating.withdrawn_at is not None:
            raise NotFound("rating")
        rating.hidden_at = clock.now() if is_hidden else None
        rating.decided_at, rating.decision, rating.reported_at = clock.now(), words, None
        await rating.save(update_fields=["hidden_at", "decided_at", "decision", "reported_at"])
        action = "rating.hidden" if is_hidden else "rating.shown"
        await audit.note(action, account_id=rating.giver_id, by=actor.account_id, rating=str(rating_id), reason=words)
        return rating


def _words(name: str, value: str) -> str:
    found: str = facts.checked({name: facts.text(3, 500)}, {name: value})[name]
    return found
