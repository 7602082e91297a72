"""What goes on with what is being typed: dishes, sellers, categories and what this person searched for lately."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from catalog import categories
from catalog.categories import Category
from catalog.models import Seller
from marketplace.identity.actor import Actor
from search import language, recent
from search.engine import MOST_SUGGESTIONS, SearchEngine
from search.everything import sellers_named
from search.places import Point
from search.service import suggest

#: Of each sort but titles; a phone shows no more.
MOST_OF_A_SORT = 5


@dataclass(frozen=True, slots=True)
class Ahead:
    """Ways to go on, the likeliest first."""

    titles: Sequence[str]
    sellers: Sequence[Seller]
    categories: Sequence[Category]
    recent: Sequence[str]


async def type_ahead(engine: SearchEngine, actor: Actor, text: str, near: Point | None = None) -> Ahead:
    """At most MOST_SUGGESTIONS titles and MOST_OF_A_SORT of the rest; raises Invalid.

    Before anything is typed only the recent searches. Two statements beside the engine, one for nobody.
    """
    titles, sellers = await asyncio.gather(suggest(engine, text, near), sellers_named(engine, text, near))
    searched = await recent.going_on(actor, text, MOST_OF_A_SORT)
    return Ahead(titles[:MOST_SUGGESTIONS], sellers[:MOST_OF_A_SORT], named_so(text)[:MOST_OF_A_SORT], searched)


def named_so(text: str) -> list[Category]:
    """Categories in whose name, in either language, every word of the text is or begins a word; the widest first."""
    words = language.words_of(text)
    if not words:
        return []
    found = [category for category, names in _names() if any(_goes_on(name, words) for name in names)]
    return sorted(found, key=lambda category: (category.code.count("."), category.code))


def _goes_on(name: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(one.startswith(word) for one in name) for word in words)


@cache
def _names() -> list[tuple[Category, tuple[Sequence[str], Sequence[str]]]]:
    """Each category with the words of its name in either language."""
    return [
        (category, (language.words_of(category.name_id), language.words_of(category.name_en)))
        for category in categories.all_categories().values()
    ]
