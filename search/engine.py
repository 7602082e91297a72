"""What a search engine does, whichever it is: the Protocol, a query, and what it finds."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from marketplace.errors import Code, MarketplaceError
from search import language
from search.documents import ListingDocument
from search.places import Bounds, Point
from search.ranking.weights import Ranking

#: Hits that can be reached by paging, and up to which `Hits.total` counts.
MOST_HITS = 10_000
MOST_SUGGESTIONS = 10
MOST_FACET_VALUES = 50
#: Of the hits that the words rank first, so many are weighed by what counts beside the words.
MOST_WEIGHED = 1_000


class EngineUnavailable(MarketplaceError):
    """The search engine does not answer just now: repeat in a moment."""

    code = Code.SEARCH_UNAVAILABLE
    pesan = "Mesin pencari sedang tidak menjawab: coba lagi sebentar lagi."
    retryable = True


class Sort(StrEnum):
    """The order of hits. Ties go to the older listing."""

    RELEVANCE = "RELEVANCE"
    PRICE = "PRICE"
    DISTANCE = "DISTANCE"


class Words(StrEnum):
    """How many of a query's words a hit must have."""

    ALL = "ALL"
    MOST = "MOST"
    """As many as any listing has; the first word is the last to be given up: it names the thing."""
    FEWER = "FEWER"
    """The same, asked because no listing has all."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be; None asks for nothing.

    `category` finds everything below it too, `region_code` (Kemendagri) everything within it. A listing is
    within a price range when any of its variants is. `radius_m` needs the query's `near`.
    """

    kind: str | None = None
    category: str | None = None
    cooperative_id: UUID | None = None
    seller_id: UUID | None = None
    region_code: str | None = None
    open_at: datetime | None = None
    price_min: int | None = None
    price_max: int | None = None
    radius_m: int | None = None
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page starts: behind hit `last`, wherever that stands now; if it is gone, at `offset`."""

    offset: int
    last: UUID


@dataclass(frozen=True, slots=True)
class Query:
    """One question to the engine. With `near`, nearer hits come first among equals; with `ranking`, by relevance
    what is open, reliable and fresh is lifted."""

    text: str = ""
    filters: Filters = Filters()
    near: Point | None = None
    sort: Sort = Sort.RELEVANCE
    first: int = 20
    after: Place | None = None
    words: Words = Words.ALL
    ranking: Ranking | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A listing found; the distance from `near` to its seller, where the query had one."""

    id: UUID
    distance_m: int | None = None


#: Facet -> the filter that asks for one of its values.
FACET_FILTERS = {"kind": "kind", "category": "category", "cooperative": "cooperative_id"}


def without_own(query: Query) -> dict[str, Query]:
    """By each facet that the query narrows by a filter: the query without that one, of whose hits it is counted."""
    return {
        facet: replace(query, filters=replace(query.filters, **{name: None}), after=None)
        for facet, name in FACET_FILTERS.items()
        if getattr(query.filters, name) is not None
    }


@dataclass(frozen=True, slots=True)
class Facets:
    """How many hits have each value, most frequent first, at most MOST_FACET_VALUES a facet.

    Counted under all filters but the facet's own: who asked for one kind sees how much there is of the others.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    cooperatives: Mapping[UUID, int] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Mapping[str, Mapping[str, int]]) -> "Facets":
        """By facet, as engines count them: "" stands for none, and isn't told."""
        return cls(
            kinds=counts.get("kind", {}),
            categories={category: n for category, n in counts.get("category", {}).items() if category},
            cooperatives={UUID(id): n for id, n in counts.get("cooperative", {}).items() if id},
        )


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits. `offset` is the place of the first; `total` counts to MOST_HITS."""

    hits: tuple[Hit, ...]
    offset: int
    total: int
    has_next: bool
    facets: Facets = Facets()


@dataclass(frozen=True, slots=True)
class Changes:
    """What to write: documents put in the place of those with their ids, and ids taken out."""

    put: Sequence[ListingDocument] = ()
    remove: Sequence[UUID] = ()


def size_of(changes: Changes) -> int:
    return len(changes.put) + len(changes.remove)


def joined(all_changes: Sequence[Changes]) -> Changes:
    """All of them as one: of a listing changed more than once, the last counts."""
    last: dict[UUID, ListingDocument | None] = {}
    for changes in all_changes:
        last.update(dict.fromkeys(changes.remove))
        last.update({document.id: document for document in changes.put})
    return Changes(
        put=[document for document in last.values() if document is not None],
        remove=[id for id, document in last.items() if document is None],
    )


class Rebuild(Protocol):
    """A second index being filled beside the one that is searched."""

    async def write(self, changes: Changes) -> None:
        """Write into the new index only."""

    async def swap(self) -> None:
        """Make the new index the one that is searched and written, at once and for everyone."""


class SearchEngine(Protocol):
    """An engine. Every method raises EngineUnavailable when it can't be reached in bounded time."""

    name: str
    #: Whether this process is the only writer while `can_write()`; else others may write between its steps.
    writes_alone: bool

    def can_write(self) -> bool:
        """Whether this process may index: not while the engine is known to be away; may take the writer's lock."""

    async def is_ready(self) -> bool:
        """Whether there is an index of this release's form to search."""

    async def is_current(self) -> bool:
        """Whether it was made with this release's settings; one that was not is searched until built anew."""

    async def find(self, query: Query) -> Hits: ...

    async def suggest(self, text: str, near: Point | None = None) -> list[str]:
        """Titles that hold the text's words, the last one perhaps only begun, most frequent first, each once."""

    async def sellers(self, text: str, near: Point | None = None) -> list[UUID]:
        """Sellers whose names hold the text's words, typos forgiven, the last one perhaps only begun: at most
        MOST_SUGGESTIONS; within reach of `near` where there are any."""

    async def words_like(self, word: str) -> list[str]:
        """Words of titles that the word may have been meant as, the likeliest first: at most MOST_SUGGESTIONS."""

    async def write(self, changes: Changes) -> None:
        """Carry out the changes; when it returns they are durable and a new search sees them."""

    def rebuild(self) -> AbstractAsyncContextManager[Rebuild]:
        """Start a second index; left without `swap()`, it is thrown away."""

    async def count(self) -> int:
        """Documents in the index."""

    def token_for(self, cooperative_id: UUID, expires_at: datetime) -> tuple[str, str, str] | None:
        """(URL, index, token) for asking the engine itself about one co-op's listings; None where nobody can."""

    async def close(self) -> None: ...


def told_apart(titles: Iterable[str]) -> list[str]:
    """Titles to suggest, in their order: of those that differ in form alone the first, at most MOST_SUGGESTIONS."""
    seen: dict[str, str] = {}
    for title in titles:
        seen.setdefault(language.normalise(title), title)
    return list(seen.values())[:MOST_SUGGESTIONS]
