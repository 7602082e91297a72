"""The Meilisearch index: its settings, a document as it takes it, and a query's filter.

Sources: Meilisearch's reference for settings, filter expressions, geosearch and keys (1.41).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from search import language, spelling, week
from search.documents import ListingDocument
from search.engine import MOST_FACET_VALUES, MOST_HITS, Filters, Query, Sort, Words
from search.version import version_of

#: Raised whenever queries need what an index of before lacks: one of another form can't be searched.
FORM = 3
INDEX = f"lumbung_listings_{FORM}"

FACETS = ["kind", "category", "cooperative"]
#: What lifts a hit beside its words.
LIFTING = ["reliability", "listed_s", "is_member"]

#: What the node's key must be allowed, on indexes `lumbung_*` alone; all else is refused to it.
KEY_ACTIONS = [
    "search",
    "documents.add",
    "documents.delete",
    "indexes.create",
    "indexes.delete",
    "indexes.swap",
    "settings.get",
    "settings.update",
    "stats.get",
    "tasks.get",
]
KEY_INDEXES = ["lumbung_*"]


def version() -> str:
    """Of what an index is made with, its settings among it."""
    return version_of("meilisearch", FORM, _settings())


def settings() -> dict[str, Any]:
    """The index's settings. They name their version as a displayed attribute, which no document has.

    So it is swapped, copied and lost with the index itself; the server gives its other settings in its own form.
    """
    ours = _settings()
    return {**ours, "displayedAttributes": [*ours["displayedAttributes"], _version_mark()]}


def _version_mark() -> str:
    return f"version_{version()}"


def _settings() -> dict[str, Any]:
    """`sort` ranks first, so that a price order is one even across typos."""
    return {
        "searchableAttributes": ["title", "seller", "category_names", "description", "bones"],
        "filterableAttributes": [
            *FACETS,
            *("id", "seller_id", "categories", "regions", "open", "closed", "opened", "paused_until"),
            *("price_min", "price_max", "_geo"),
        ],
        "sortableAttributes": ["price_min", "_geo", "id"],
        "displayedAttributes": ["id", "title", "shown", "seller_id", "_geo", *LIFTING],
        "rankingRules": ["sort", "words", "typo", "proximity", "attribute", "exactness"],
        "typoTolerance": {
            "minWordSizeForTypos": {"oneTypo": spelling.ONE_TYPO_FROM, "twoTypos": spelling.TWO_TYPOS_FROM},
            "disableOnAttributes": ["bones"],
        },
        "pagination": {"maxTotalHits": MOST_HITS},
        "faceting": {"maxValuesPerFacet": MOST_FACET_VALUES, "sortFacetValuesBy": {"*": "count"}},
        "synonyms": {
            " ".join(wording): [" ".join(other) for other in others]
            for wording, others in language.variants().items()
        },
        "searchCutoffMs": 1_000,
    }


def can_answer(found: Mapping[str, Any]) -> bool:
    """Whether an index with these settings knows all that queries filter and sort by."""
    ours = _settings()
    return all(set(found[name]) >= set(ours[name]) for name in ("filterableAttributes", "sortableAttributes"))


def is_of_this_version(found: Mapping[str, Any]) -> bool:
    """Whether these are the settings of this release."""
    return _version_mark() in found["displayedAttributes"]


def body_of(document: ListingDocument) -> dict[str, Any]:
    """The document as the index stores it."""
    title = language.normalise(document.title)
    return {
        "id": str(document.id),
        "title": title,
        "bones": language.bones(title),
        "shown": document.title,
        "seller": language.normalise(document.seller_name),
        "category_names": [language.normalise(name) for name in document.category_names],
        "description": language.normalise(document.description),
        "kind": document.kind,
        "category": document.categories[0] if document.categories else "",
        "categories": list(document.categories),
        "cooperative": str(document.cooperative_id or ""),
        "seller_id": str(document.seller_id),
        "regions": list(document.regions),
        "open": week.blocks(document.open_minutes),
        "closed": week.spell_blocks(document.closed_spells),
        "opened": week.spell_blocks(document.opened_spells),
        "paused_until": int(document.paused_until.timestamp()) if document.paused_until else 0,
        "price_min": document.price_min,
        "price_max": document.price_max,
        "reliability": document.reliability,
        "listed_s": int(document.listed_at.timestamp()) if document.listed_at else 0,
        "is_member": document.is_member,
        "_geo": {"lat": document.place.lat, "lng": document.place.lon},
    }


def strategy_of(query: Query) -> str:
    """Which words a hit may miss: none, or the last ones first, until enough is found."""
    return "all" if query.words is Words.ALL else "last"


def filter_of(query: Query) -> list[Any]:
    """Conditions that must all hold; of those in a list of their own, one."""
    filters = query.filters
    named = _named(filters).items()
    conditions: list[Any] = [f"{name} = {_quoted(value)}" for name, value in named if value is not None]
    if filters.price_min is not None:
        conditions.append(f"price_max >= {filters.price_min}")
    if filters.price_max is not None:
        conditions.append(f"price_min <= {filters.price_max}")
    if filters.open_at is not None:
        conditions += _open_at(filters.open_at)
    if filters.radius_m is not None and query.near is not None:
        conditions.append(f"_geoRadius({query.near.lat}, {query.near.lon}, {filters.radius_m})")
    if filters.bounds is not None:
        corners = f"[{filters.bounds.north}, {filters.bounds.east}], [{filters.bounds.south}, {filters.bounds.west}]"
        conditions.append(f"_geoBoundingBox({corners})")
    return conditions


def _open_at(moment: datetime) -> list[Any]:
    """By the week and not closed for once, or opened for once; and not paused."""
    minute = week.minute_of_week(moment.astimezone(UTC))
    by_week = _one_of_numbers("open", week.blocks_at(minute))
    spell = week.spell_blocks_at(moment)
    opened = _one_of_numbers("opened", spell)
    closed = _one_of_numbers("closed", spell)
    return [[by_week, opened], [f"NOT {closed}", opened], f"paused_until <= {int(moment.timestamp())}"]


def sort_of(query: Query) -> list[str]:
    """The order asked for; without words every hit is as relevant, so the nearest come first."""
    if query.sort is Sort.PRICE:
        return ["price_min:asc", "id:asc"]
    if query.near is not None and (query.sort is Sort.DISTANCE or not language.query_words(query.text)):
        return [f"_geoPoint({query.near.lat}, {query.near.lon}):asc", "id:asc"]
    return []


def one_of(field: str, values: list[str]) -> str:
    return f"{field} IN [{', '.join(map(_quoted, values))}]"


def _one_of_numbers(field: str, values: list[int]) -> str:
    return f"{field} IN [{', '.join(map(str, values))}]"


def _named(filters: Filters) -> Mapping[str, str | None]:
    return {
        "kind": filters.kind,
        "categories": filters.category,
        "cooperative": None if filters.cooperative_id is None else str(filters.cooperative_id),
        "seller_id": None if filters.seller_id is None else str(filters.seller_id),
        "regions": filters.region_code,
    }


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
