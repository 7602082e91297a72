"""What may stand on a page: the best by their words, and the nearest, each with what ranks it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import tantivy

from search import language
from search.embedded.asking import Clauses
from search.embedded.fields import WORD_FIELDS, column
from search.embedded.plain import among
from search.embedded.wording import best_beside_title
from search.engine import MOST_HITS, MOST_WEIGHED, Filters, Query, Sort
from search.places import Point, haversine_m

#: Circles, of which the least with enough hits is searched for the nearest.
REACHES_M = (250, 700, 2_000, 5_000, 12_000, 40_000, 100_000, 250_000)
#: By relevance so many near ones are enough, and of those in the circle so many of the best are ranked.
NEAR_ENOUGH, MOST_NEAR = 500, 2_000
#: Up to so many hits in the cells around a circle are measured one by one.
MOST_MEASURED = 3_000


#: Of hits, one in so many may have all words in its title: of fewer, all are scored at once.
SELDOM_TITLES = 2
#: So few hits are scored by their ids.
FEW = 100
#: Hits, the best first.
Scored: TypeAlias = list[tuple[Any, tantivy.DocAddress]]


@dataclass(slots=True)
class Candidates:
    """What matched, as columns: place i of each speaks of the same listing. Objects would cost 5×."""

    scores: list[float]
    addresses: list[tantivy.DocAddress]
    distances: Sequence[float] | None = None

    def of(self, places: Sequence[int]) -> "Candidates":
        """Those that stand at these places."""
        return Candidates(
            [self.scores[place] for place in places],
            [self.addresses[place] for place in places],
            self.distances and [self.distances[place] for place in places],
        )

    def within(self, radius_m: float) -> "Candidates":
        return self.of([place for place, distance in enumerate(self.distances or ()) if distance <= radius_m])

    def beside(self, others: "Candidates") -> "Candidates":
        distances = None if self.distances is None else [*self.distances, *(others.distances or ())]
        return Candidates(self.scores + others.scores, self.addresses + others.addresses, distances)

    def without(self, others: "Candidates") -> "Candidates":
        known = {(address.segment_ord, address.doc) for address in others.addresses}
        addresses = enumerate(self.addresses)
        return self.of([place for place, one in addresses if (one.segment_ord, one.doc) not in known])


class Asked:
    """A query put to a searcher, with `spared` of its terms missing; perhaps under other `filters`."""

    def __init__(self, clauses: Clauses, spared: int = 0, filters: Filters | None = None) -> None:
        self.searcher, self.query = clauses.searcher, clauses.query
        self._clauses, self._spared = clauses, spared
        self._filters = filters or self.query.filters
        self.radius_m = self._filters.radius_m if self.query.near is not None else None
        self.has_words = bool(language.query_words(self.query.text))
        self.is_by_words = self.query.sort is Sort.RELEVANCE and self.has_words
        self.clause = self._clause(self.radius_m)

    def _clause(self, reach_m: float | None, scored: Iterable[str] = ()) -> tantivy.Query:
        return self._clauses.clause(self._filters, reach_m, self._spared, scored=scored)

    def candidates(self, total: int, measured: Candidates | None) -> Candidates:
        """What may stand on the page, of so many hits: all of few, else the best, or with `near` the nearest."""
        if measured is not None:
            if not self.is_by_words:
                return measured
            if len(measured.addresses) <= FEW:
                return self._scored_alone(measured)
            return self._titles_first(self.radius_m, MOST_MEASURED).within(self.radius_m or 0)
        if total <= (MOST_WEIGHED if self.query.near is None else MOST_MEASURED):
            return self._titles_first(self.radius_m, max(total, 1))
        if self.query.near is None or self.query.sort is Sort.PRICE:
            return self._titles_first(self.radius_m, MOST_WEIGHED)
        return self._nearest()

    def best(self, most: int) -> Candidates:
        """The first `most` by words or price; without words the oldest."""
        return self._first(self.radius_m, most, scores=self.is_by_words)

    def in_circle(self) -> Candidates | None:
        """All hits in the circle asked for, the oldest first; None where there are too many to measure each."""
        found = self.searcher.search(
            self.clause, limit=MOST_MEASURED, order_by_field="id_high", order=tantivy.Order.Asc
        )
        if found.count > MOST_MEASURED:  # type: ignore[attr-defined]
            return None
        return self._measured([0.0] * len(found.hits), found.hits).within(self.radius_m or 0)

    def _nearest(self) -> Candidates:
        """Those within the least circle that has enough of what is asked for."""
        is_by_distance = self.query.sort is Sort.DISTANCE
        wanted = last_place(self.query) if is_by_distance else NEAR_ENOUGH
        farthest_m = self.radius_m or REACHES_M[-1]
        reaches = [reach_m for reach_m in REACHES_M if reach_m < farthest_m]
        least, beyond, held = 0, len(reaches), MOST_MEASURED
        while least < beyond:  # by halves: a larger circle has no fewer
            middle = (least + beyond) // 2
            count = self._count(self._clause(reaches[middle]))
            if count >= wanted:
                beyond, held = middle, count
            else:
                least = middle + 1
        most = MOST_NEAR if self.is_by_words else MOST_HITS
        for reach_m in (*reaches[least:], farthest_m):
            found = self._titles_first(reach_m, most, among=held).within(reach_m)
            if not is_by_distance or len(found.addresses) >= wanted:  # cells reach a bit beyond their circle
                break
        return found

    def _scored_alone(self, few: Candidates) -> Candidates:
        """The same with their scores, which are so told for a small part of the index."""
        halves = zip(*(column(self.searcher, name, few.addresses) for name in ("id_high", "id_low")), strict=True)
        ids = [str(UUID(int=high << 64 | low)) for high, low in halves]
        clause = among(ids, self._clause(None, WORD_FIELDS))
        hits = self.searcher.search(clause, limit=len(ids), count=False).hits
        return self._measured([score for score, _ in hits], hits)

    def _titles_first(self, reach_m: float | None, most: int, among: int = MOST_MEASURED) -> Candidates:
        """By words the best of those with every word in their titles, at a fraction of the cost, where those are
        enough and no other comes before the last of a first page. On each page alike, so that none is lost.

        Not tried `among` so few that hardly enough of them have the words there.
        """
        shown = self.query.first + 1
        enough = max(shown, NEAR_ENOUGH)
        may_do = self.is_by_words and most >= enough and among >= SELDOM_TITLES * enough
        if may_do and self._clauses.vocabulary.may_title(self.query.text, self._spared):
            hits = self._scored(reach_m, most, ("title",))
            least = best_beside_title(self.query, self._spared)
            if len(hits) >= enough and hits[shown - 1][0] >= least:
                return self._measured([score for score, _ in hits], hits)
        return self._first(reach_m, most, scores=self.is_by_words)

    def _first(self, reach_m: float | None, most: int, *, scores: bool) -> Candidates:
        """Scores cost a multiple of finding: where they decide nothing, hits come in the order of a column."""
        if scores:
            hits = self._scored(reach_m, most, WORD_FIELDS)
            return self._measured([score for score, _ in hits], hits)
        name = "price_min" if self.query.sort is Sort.PRICE else "id_high"
        found = self.searcher.search(
            self._clause(reach_m), limit=most, count=False, order_by_field=name, order=tantivy.Order.Asc
        )
        return self._measured([0.0] * len(found.hits), found.hits)

    def _scored(self, reach_m: float | None, most: int, fields: Iterable[str]) -> Scored:
        return self.searcher.search(self._clause(reach_m, fields), limit=most, count=False).hits

    def _measured(self, scores: list[float], hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> Candidates:
        addresses = [address for _, address in hits]
        near = self.query.near
        return Candidates(scores, addresses, None if near is None else _distances(self.searcher, near, addresses))

    def _count(self, clause: tantivy.Query) -> int:
        return int(self.searcher.search(clause, limit=1, order_by_field="id_high").count)  # type: ignore[attr-defined]


def last_place(query: Query) -> int:
    """Up to which place hits are needed to tell the query's page, and whether more follow."""
    return query.first + (query.after.offset if query.after else 0) + 1


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
