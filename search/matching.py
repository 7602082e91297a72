"""Whether a listing answers a saved search, and the keys by which the searches that it may answer are found. Pure.

A saved search is looked up by one of its keys, so that a new listing is never held against all of them. Typos are not
forgiven here: what is told to a person must be what was asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from search import language
from search.documents import ListingDocument
from search.engine import Filters
from search.places import Point, distance_m

#: Words of a listing by which searches are looked up: titles are short, and what comes late says little.
MOST_KEYS = 80
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it is matched."""

    text: str
    filters: Filters
    near: Point | None = None


def keys_of(text: str, category: str | None) -> list[str]:
    """What a listing must bear one of: a word of each wording of the first thing asked for, else the category."""
    terms = language.terms(language.query_words(text))
    if terms:
        return sorted({wording[0][:LONGEST_KEY] for wording in (terms[0].words, *terms[0].others)})
    return [_category(category)] if category else []


def keys_of_listing(document: ListingDocument) -> list[str]:
    """Every key that a search answered by this listing may have."""
    words = _words((document.title, document.seller_name, *document.category_names, document.description))
    return [*map(_category, document.categories), *(word[:LONGEST_KEY] for word in list(words)[:MOST_KEYS])]


def answers(document: ListingDocument, asked: Asked) -> bool:
    """Whether the listing has every word, in some wording, and holds every condition."""
    words = _words((document.title, document.seller_name, *document.category_names, document.description))
    terms = language.terms(language.query_words(asked.text))
    return all(_has(words, term) for term in terms) and _holds(document, asked.filters, asked.near)


def _has(words: dict[str, None], term: language.Term) -> bool:
    return any(all(word in words for word in wording) for wording in (term.words, *term.others))


def _holds(document: ListingDocument, filters: Filters, near: Point | None) -> bool:
    return (
        filters.kind in (None, document.kind)
        and (filters.category is None or filters.category in document.categories)
        and filters.cooperative_id in (None, document.cooperative_id)
        and (filters.region_code is None or filters.region_code in document.regions)
        and (filters.price_min is None or document.price_max >= filters.price_min)
        and (filters.price_max is None or document.price_min <= filters.price_max)
        and (filters.radius_m is None or near is None or distance_m(near, document.place) <= filters.radius_m)
    )


def _words(texts: Iterable[str]) -> dict[str, None]:
    """The words of these texts, each once, in order."""
    return dict.fromkeys(word for text in texts for word in language.words_of(text))


def _category(code: str) -> str:
    return f"category:{code}"
