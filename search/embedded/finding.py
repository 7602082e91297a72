"""From a query to a page of hits, on one searcher."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import tantivy

from search.embedded.asking import MARKED_DIGITS, OPEN_MARK, clause_of, is_marked, most_spared
from search.embedded.fields import FACET_FIELDS, LIFTING_FIELDS
from search.engine import MOST_FACET_VALUES, MOST_HITS, MOST_WEIGHED, Facets, Hit, Hits, Query, Sort
from search.places import Point, haversine_m
from search.ranking.weights import Ranking, Weights, lift, nearness

#: Circles tried in turn when the nearest of too many are wanted.
REACHES_M = (250, 1_000, 5_000, 25_000, 250_000)

#: Code of a facet's value -> the value. Grows with the values ever seen, which are few.
_values: dict[int, str] = {}


#: A hit's rank, its id's halves, its place among the candidates.
Ranked: TypeAlias = tuple[float, int, int, int]


@dataclass(slots=True)
class _Candidates:
    """What matched, as columns: place i of each speaks of the same listing. Objects would cost 5×.

    `opens` is whether each is open, where that was asked.
    """

    scores: Sequence[float]
    addresses: list[tantivy.DocAddress]
    distances: Sequence[float] | None
    opens: Sequence[bool] | None = None

    def within(self, radius_m: float) -> "_Candidates":
        distances = self.distances or []
        kept = [place for place, distance in enumerate(distances) if distance <= radius_m]
        return _Candidates(
            [self.scores[place] for place in kept],
            [self.addresses[place] for place in kept],
            [distances[place] for place in kept],
            self.opens and [self.opens[place] for place in kept],
        )


def find(searcher: tantivy.Searcher, query: Query) -> Hits:
    """The page that the query asks for, with the facets of all hits."""
    radius_m = query.filters.radius_m if query.near is not None else None
    for spared in range(most_spared(query) + 1):
        clause = clause_of(query, radius_m, spared)
        if total := _count(searcher, clause):
            break
    if radius_m is not None:
        candidates = _candidates(searcher, query, clause, total).within(radius_m)
        total = len(candidates.addresses)
        facets = _counted(searcher, candidates.addresses)
    else:
        candidates = _nearest(searcher, query, total, spared) or _candidates(searcher, query, clause, MOST_HITS)
        facets = _aggregated(searcher, clause)
    ranked = _ranked(searcher, query, candidates)
    if query.ranking is not None and query.sort is Sort.RELEVANCE:
        ranked = _lifted(searcher, query.ranking, candidates, ranked)
    start = _start(ranked, query)
    page = ranked[start : start + query.first]
    distances = candidates.distances
    return Hits(
        hits=tuple(
            Hit(UUID(int=high << 64 | low), None if distances is None else round(distances[place]))
            for _, high, low, place in page
        ),
        offset=start,
        total=min(total, MOST_HITS),
        has_next=start + len(page) < len(ranked),
        facets=facets,
    )


def _nearest(searcher: tantivy.Searcher, query: Query, total: int, spared: int) -> _Candidates | None:
    """Where the nearest of more than can be ranked are wanted: those within the least circle with enough."""
    if query.sort is not Sort.DISTANCE or query.near is None or total <= MOST_HITS:
        return None
    wanted = query.first + (query.after.offset if query.after else 0) + 1
    for reach_m in REACHES_M:
        clause = clause_of(query, reach_m, spared)
        found = _candidates(searcher, query, clause, _count(searcher, clause)).within(reach_m)
        if len(found.addresses) >= wanted:
            return found
    return None


def _count(searcher: tantivy.Searcher, clause: tantivy.Query) -> int:
    count: int = searcher.search(clause, limit=1, count=True).count  # type: ignore[attr-defined]  # stub lacks it
    return count


def _candidates(searcher: tantivy.Searcher, query: Query, clause: tantivy.Query, limit: int) -> _Candidates:
    limit = max(limit, 1)
    if query.sort is Sort.PRICE:
        result = searcher.search(
            clause, limit=limit, count=False, order_by_field="price_min", order=tantivy.Order.Asc
        )
    else:
        result = searcher.search(clause, limit=limit, count=False)
    addresses = [address for _, address in result.hits]
    scores = [score for score, _ in result.hits]
    opens = [score >= OPEN_MARK for score in scores] if is_marked(query) else None
    return _Candidates(
        scores=scores if opens is None else [round(score % OPEN_MARK, MARKED_DIGITS) for score in scores],
        addresses=addresses,
        distances=None if query.near is None else _distances(searcher, query.near, addresses),
        opens=opens,
    )


def _distances(searcher: tantivy.Searcher, near: Point, addresses: list[tantivy.DocAddress]) -> Sequence[float]:
    """From `near` to each. A shop's listings share its place, so most distances are computed once."""
    known: dict[tuple[float, float], float] = {}
    distances = []
    for place in zip(_column(searcher, "lat", addresses), _column(searcher, "lon", addresses), strict=True):
        distance = known.get(place)
        if distance is None:
            distance = known[place] = haversine_m(near.lat, near.lon, *place)
        distances.append(distance)
    return distances


def _ranked(searcher: tantivy.Searcher, query: Query, candidates: _Candidates) -> list[Ranked]:
    """(rank, id's halves, place among the candidates), least first; ties go by id, which is age."""
    sort, addresses, distances = query.sort, candidates.addresses, candidates.distances
    ranks: Sequence[float]
    if sort is Sort.PRICE:
        ranks = _column(searcher, "price_min", addresses)
    elif distances is None:
        ranks = [-score - 1 for score in candidates.scores]
    elif sort is Sort.DISTANCE:
        ranks = distances
    else:
        # One is added so that without words, where every score is 0, the nearest still come first.
        half_worth_m = (query.ranking.weights if query.ranking else Weights()).half_worth_m
        ranks = [
            -(score + 1) * nearness(distance, half_worth_m)
            for score, distance in zip(candidates.scores, distances, strict=True)
        ]
    highs, lows = _column(searcher, "id_high", addresses), _column(searcher, "id_low", addresses)
    return sorted(zip(ranks, highs, lows, range(len(addresses)), strict=True))


def _lifted(
    searcher: tantivy.Searcher, ranking: Ranking, candidates: _Candidates, ranked: list[Ranked]
) -> list[Ranked]:
    """The first MOST_WEIGHED in the order that their lifts make of them, before all others."""
    weighed = ranked[:MOST_WEIGHED]
    addresses = [candidates.addresses[place] for *_, place in weighed]
    columns = [_column(searcher, field, addresses) for field in LIFTING_FIELDS]
    opens = candidates.opens or [True] * len(candidates.addresses)
    again = [
        (
            rank
            * lift(
                ranking,
                is_open=opens[place],
                reliability=reliability,
                listed_s=listed_s,
                is_member=bool(is_member),
            ),
            high,
            low,
            place,
        )
        for (rank, high, low, place), reliability, listed_s, is_member in zip(weighed, *columns, strict=True)
    ]
    return sorted(again) + ranked[MOST_WEIGHED:]


def _column(searcher: tantivy.Searcher, field: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
    return searcher.fast_field_values(field, addresses) if addresses else []


def _start(ranked: list[Ranked], query: Query) -> int:
    if query.after is None:
        return 0
    last = (query.after.last.int >> 64, query.after.last.int & (1 << 64) - 1)
    for place, (_, high, low, _) in enumerate(ranked):
        if (high, low) == last:
            return place + 1
    return min(query.after.offset, len(ranked))


def _aggregated(searcher: tantivy.Searcher, clause: tantivy.Query) -> Facets:
    asked = {name: {"terms": {"field": name, "size": MOST_FACET_VALUES}} for name in FACET_FIELDS}
    counted = searcher.aggregate(clause, asked)
    return _facets(
        *({bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]} for name in FACET_FIELDS)
    )


def _counted(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> Facets:
    """Facets of exactly these: counted by code, the codes' values read from one document each."""
    counts = []
    for name in FACET_FIELDS:
        codes = _column(searcher, f"{name}_code", addresses)
        for code, address in zip(codes, addresses, strict=True):
            if code not in _values:
                _values[code] = searcher.doc(address).get_first(name) or ""
        counts.append({_values[code]: n for code, n in Counter(codes).most_common(MOST_FACET_VALUES)})
    return _facets(*counts)


def _facets(kinds: dict[str, int], categories: dict[str, int], cooperatives: dict[str, int]) -> Facets:
    return Facets(
        kinds=kinds,
        categories={category: n for category, n in categories.items() if category},
        cooperatives={UUID(id): n for id, n in cooperatives.items() if id},
    )
