"""What may stand on a page: the best by their words, and the nearest, each with what ranks it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import tantivy

from search.embedded.asking import also_open, clause_of
from search.embedded.vocabulary import Vocabulary
from search.engine import MOST_HITS, MOST_WEIGHED, Query, Sort
from search.places import Point, haversine_m

#: Circles tried in turn for the nearest, until one has NEAR_ENOUGH hits: each is two to six times the last one.
REACHES_M = (250, 500, 1_000, 2_000, 3_500, 5_000, 8_000, 12_000, 25_000, 60_000, 250_000)
NEAR_ENOUGH = 500

#: A document's segment and its number there.
Address: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Candidates:
    """What matched, as columns: place i of each speaks of the same listing. Objects would cost 5×."""

    scores: list[float] = field(default_factory=list)
    addresses: list[tantivy.DocAddress] = field(default_factory=list)
    opens: list[bool] | None = None
    distances: Sequence[float] | None = None

    def of(self, places: Sequence[int]) -> "Candidates":
        """Those that stand at these places."""
        return Candidates(
            [self.scores[place] for place in places],
            [self.addresses[place] for place in places],
            self.opens and [self.opens[place] for place in places],
            self.distances and [self.distances[place] for place in places],
        )

    def within(self, radius_m: float) -> "Candidates":
        return self.of([place for place, distance in enumerate(self.distances or ()) if distance <= radius_m])

    def without(self, others: "Candidates") -> "Candidates":
        known = {(address.segment_ord, address.doc) for address in others.addresses}
        addresses = enumerate(self.addresses)
        return self.of([place for place, one in addresses if (one.segment_ord, one.doc) not in known])

    def and_those(self, others: "Candidates") -> "Candidates":
        """These, and those of the others that are not among them."""
        new = others.without(self)
        return Candidates(
            self.scores + new.scores,
            self.addresses + new.addresses,
            None if self.opens is None or new.opens is None else self.opens + new.opens,
            None if self.distances is None or new.distances is None else [*self.distances, *new.distances],
        )


class Asked:
    """A query put to a searcher, with `spared` of its terms missing."""

    def __init__(self, searcher: tantivy.Searcher, query: Query, spared: int = 0) -> None:
        self.searcher, self.query = searcher, query
        self._vocabulary = Vocabulary(searcher)
        self._spared = spared
        self.radius_m = query.filters.radius_m if query.near is not None else None
        self.clause = self._clause(self.radius_m)

    def _clause(self, reach_m: float | None) -> tantivy.Query:
        return clause_of(self.query, reach_m, self._vocabulary, self._spared)

    def best(self, most: int) -> tuple[Candidates, int]:
        """The first `most` in the order of words or price, and how many there are (in the circle's cells)."""
        return self._first(self.clause, most)

    def nearest(self) -> Candidates:
        """All within the least circle that has NEAR_ENOUGH of what is asked for, or more where a page needs it."""
        query, found = self.query, Candidates()
        wanted = max(NEAR_ENOUGH, last_place(query) if query.sort is Sort.DISTANCE else 0)
        farthest_m = self.radius_m or REACHES_M[-1]
        for reach_m in (*(reach_m for reach_m in REACHES_M if reach_m < farthest_m), farthest_m):
            clause = self._clause(reach_m)
            if reach_m < farthest_m and _count(self.searcher, clause) < wanted:
                continue
            found = self._first(clause, MOST_HITS)[0].within(reach_m)
            if len(found.addresses) >= wanted:
                break
        return found

    def _first(self, clause: tantivy.Query, most: int) -> tuple[Candidates, int]:
        result = _search(self.searcher, clause, most, self.query.sort)
        hits = result.hits
        addresses = [address for _, address in hits]
        found = Candidates([score for score, _ in hits], addresses, self._opens(clause, addresses, most))
        if self.query.near is not None:
            found.distances = _distances(self.searcher, self.query.near, addresses)
        return found, result.count  # type: ignore[attr-defined]  # stub lacks it

    def _opens(self, clause: tantivy.Query, addresses: list[tantivy.DocAddress], most: int) -> list[bool] | None:
        """Which of these, the first `most`, are open: those are among the first `most` that are. None: no matter."""
        query = self.query
        if query.ranking is None or query.sort is not Sort.RELEVANCE or query.filters.open_at is not None:
            return None
        result = _search(self.searcher, also_open(clause, query.ranking.at), most, query.sort)
        opens = {(address.segment_ord, address.doc) for _, address in result.hits}
        return [(address.segment_ord, address.doc) in opens for address in addresses]


def last_place(query: Query) -> int:
    """Up to which place hits are needed to tell the query's page, and whether more follow."""
    return query.first + (query.after.offset if query.after else 0) + 1


def is_within_weighed(query: Query) -> bool:
    """Whether the page lies among the first hits, which are weighed; whoever pages on asks for all."""
    return last_place(query) <= MOST_WEIGHED


def column(searcher: tantivy.Searcher, name: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
    return searcher.fast_field_values(name, addresses) if addresses else []


def _search(searcher: tantivy.Searcher, clause: tantivy.Query, most: int, sort: Sort) -> tantivy.SearchResult:
    if sort is Sort.PRICE:
        return searcher.search(clause, limit=most, order_by_field="price_min", order=tantivy.Order.Asc)
    return searcher.search(clause, limit=most)


def _count(searcher: tantivy.Searcher, clause: tantivy.Query) -> int:
    count: int = searcher.search(clause, limit=1).count  # type: ignore[attr-defined]  # stub lacks it
    return count


def _distances(searcher: tantivy.Searcher, near: Point, addresses: list[tantivy.DocAddress]) -> Sequence[float]:
    """From `near` to each. A shop's listings share its place, so most distances are computed once."""
    known: dict[tuple[float, float], float] = {}
    distances = []
    for place in zip(column(searcher, "lat", addresses), column(searcher, "lon", addresses), strict=True):
        distance = known.get(place)
        if distance is None:
            distance = known[place] = haversine_m(near.lat, near.lon, *place)
        distances.append(distance)
    return distances
