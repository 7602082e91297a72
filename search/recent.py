"""What a person searched for lately, for that person alone: a bounded list that its owner can erase.

Someone without an account has it on the device alone: nothing is kept here.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from marketplace import clock
from marketplace.database import connection, transaction
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Actor, signed_in
from marketplace.inserts import upsert
from search import language
from search.models import RecentSearch
from search.service import check_text

MOST_KEPT = 20
KEPT = timedelta(days=90)
BATCH = 500


async def remember(actor: Actor, text: str) -> list[RecentSearch]:
    """Keep it as the last thing searched for, and answer the list; raises Unauthenticated, Invalid."""
    account_id = signed_in(actor)
    check_text(text)
    shown, key = " ".join(text.split()), language.normalise(text)
    if not key:
        raise Invalid.field("text", Code.REQUIRED, "say what was searched for", "sebutkan yang dicari")
    row = RecentSearch(account_id=account_id, key=key[:200], text=shown, searched_at=clock.now())
    async with transaction():
        await upsert([row], connection(), by=("account_id", "key"), change=("text", "searched_at"))
        over = await _of(account_id).offset(MOST_KEPT).limit(BATCH).values_list("id", flat=True)
        if over:
            await RecentSearch.filter(pk__in=list(over)).delete()
        return await recent_searches(actor)


async def forget(actor: Actor, text: str | None = None) -> list[RecentSearch]:
    """Erase this search, or all of them, and answer what is left; raises Unauthenticated."""
    found = RecentSearch.filter(account_id=signed_in(actor))
    async with transaction():
        await (found if text is None else found.filter(key=language.normalise(text)[:200])).delete()
        return await recent_searches(actor)


async def recent_searches(actor: Actor) -> list[RecentSearch]:
    """The person's searches, the last first; none for nobody."""
    return [] if actor.account_id is None else await _of(actor.account_id).limit(MOST_KEPT)


async def going_on(actor: Actor, text: str, most: int) -> Sequence[str]:
    """Those in which every word of the text is or begins a word, the last first. One statement; none for nobody."""
    words = language.words_of(text)
    rows = await recent_searches(actor)
    return [row.text for row in rows if all(any(one.startswith(word) for one in row.key.split()) for word in words)][
        :most
    ]


async def forget_old(adapters: object = None) -> int:
    """Sweep of the timetable: erase what was searched for long ago. Bounded."""
    old = RecentSearch.filter(searched_at__lt=clock.now() - KEPT).limit(BATCH)
    ids = await old.values_list("id", flat=True)
    return await RecentSearch.filter(pk__in=list(ids)).delete() if ids else 0


def _of(account_id: UUID) -> QuerySet[RecentSearch]:
    return RecentSearch.filter(account_id=account_id).order_by("-searched_at", "-id")
