"""What is being typed, in Meilisearch's API: titles and sellers that go on so, words that were meant."""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from uuid import UUID

from search import language, spelling
from search.engine import MOST_SUGGESTIONS, Filters, Query, told_apart
from search.meilisearch.fields import filter_of
from search.places import Point

#: (text, what is asked) -> the server's answer.
Ask: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]

SUGGESTION_REACH_M = 25_000
#: Of what goes on with what is typed, so many hits are looked at.
SAMPLE = 200


async def suggest(ask: Ask, text: str, near: Point | None) -> list[str]:
    counts = Counter(hit["shown"] for hit in await _typed(ask, language.query_words(text), near, "title", "shown"))
    return told_apart(title for title, _ in counts.most_common())


async def sellers(ask: Ask, text: str, near: Point | None) -> list[UUID]:
    """In the server's order: as typed before mistyped."""
    words = language.words_of(text)[: language.MOST_WORDS]
    found = dict.fromkeys(hit["seller_id"] for hit in await _typed(ask, words, near, "seller", "seller_id"))
    return [UUID(id) for id in list(found)[:MOST_SUGGESTIONS]]


async def words_like(ask: Ask, word: str) -> list[str]:
    """The server tells no words: those of titles that begin as the word does are looked at."""
    if not spelling.slips_allowed(word):
        return []
    asked = {"attributesToSearchOn": ["title"], "attributesToRetrieve": ["title"], "limit": SAMPLE}
    found = await ask(word[: spelling.BEGINNING], asked)
    known = Counter(one for hit in found["hits"] for one in hit["title"].split())
    return spelling.likeliest(word, known.items(), MOST_SUGGESTIONS)


async def _typed(ask: Ask, words: tuple[str, ...], near: Point | None, field: str, told: str) -> list[dict[str, Any]]:
    """Hits in `field` alone for what is being typed; near ones if there are any."""
    if not words:
        return []
    filters = Filters(radius_m=SUGGESTION_REACH_M) if near is not None else Filters()
    asked = {
        "attributesToSearchOn": [field],
        "attributesToRetrieve": [told],
        "matchingStrategy": "all",
        "limit": SAMPLE,
        "filter": filter_of(Query(near=near, filters=filters)),
    }
    found: list[dict[str, Any]] = (await ask(" ".join(words), asked))["hits"]
    return found if found or near is None else await _typed(ask, words, None, field, told)
