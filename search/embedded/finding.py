"""From a query to a page of hits, on one searcher.

The first hits by their words are weighed by what counts beside them, as are, with `near`, the nearest that have the
words; all others stand behind those in the order of their words. What is looked at so does not grow with the index.
"""

from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

import tantivy

from search.embedded.asking import Clauses
from search.embedded.candidates import Asked, Candidates, last_place
from search.embedded.fields import LIFTING_FIELDS, column
from search.embedded.opening import opens
from search.embedded.totals import Totals, totals_of
from search.embedded.wording import may_miss
from search.engine import MOST_HITS, MOST_WEIGHED, Facets, Hit, Hits, Query, Sort, without_own
from search.ranking.weights import Ranking, Weights, lift, nearness, order

#: Of the hits that words and nearness rank first, so many are lifted by the rest that counts.
MOST_LIFTED = 300
#: A hit's rank, its id's halves, its place among the candidates, its distance.
Ranked: TypeAlias = tuple[float, int, int, int, float | None]


def find(searcher: tantivy.Searcher, query: Query) -> Hits:
    """The page that the query asks for, with its facets; with as few of its terms missing as anything has."""
    clauses = Clauses(searcher, query)
    found = Totals(0, {})
    for spared in may_miss(query):
        asked = Asked(clauses, spared)
        # The same without each filter that a facet is of.
        wider = {facet: Asked(clauses, spared, one.filters) for facet, one in without_own(query).items()}
        found = totals_of(asked, wider)
        if found.total:
            return _page(asked, found)
    return Hits((), offset=0, total=0, has_next=False, facets=Facets.of(found.counts))


def _page(asked: Asked, found: Totals) -> Hits:
    searcher, query, total = asked.searcher, asked.query, found.total
    candidates = asked.candidates(total, found.measured)
    ranked = _ranked(searcher, query, candidates)
    if query.ranking is not None and query.sort is Sort.RELEVANCE:
        ranked = _lifted(asked, query.ranking, candidates, ranked)
    for most in (MOST_WEIGHED, MOST_HITS):
        if len(candidates.addresses) < min(last_place(query), total) and query.sort is not Sort.DISTANCE:
            more = asked.best(most).without(candidates)
            ranked, candidates = ranked + _ranked(searcher, query, more), candidates.beside(more)
    start = _start(ranked, query)
    page = ranked[start : start + query.first]
    return Hits(
        hits=tuple(
            Hit(UUID(int=high << 64 | low), None if distance is None else round(distance))
            for _, high, low, _, distance in page
        ),
        offset=start,
        total=min(total, MOST_HITS),
        has_next=bool(page) and start + len(page) < min(total, MOST_HITS),
        facets=Facets.of(found.counts),
    )


def _ranked(searcher: tantivy.Searcher, query: Query, candidates: Candidates) -> list[Ranked]:
    """Least rank first; ties go by id, which is age. For a first page no more than are lifted or shown, and ties."""
    ranks = _ranks(searcher, query, candidates)
    most = max(MOST_LIFTED, last_place(query))
    if query.after is None and len(ranks) > most:
        last = sorted(ranks)[most - 1]
        places = [place for place, rank in enumerate(ranks) if rank <= last]
        ranks, candidates = [ranks[place] for place in places], candidates.of(places)
    else:
        places = list(range(len(ranks)))
    highs, lows = (column(searcher, name, candidates.addresses) for name in ("id_high", "id_low"))
    known: Sequence[float | None] = candidates.distances or [None] * len(places)
    return sorted(zip(ranks, highs, lows, places, known, strict=True))


def _ranks(searcher: tantivy.Searcher, query: Query, candidates: Candidates) -> Sequence[float]:
    distances = candidates.distances
    if query.sort is Sort.PRICE:
        return column(searcher, "price_min", candidates.addresses)
    if distances is None:
        return [-score - 1 for score in candidates.scores]
    if query.sort is Sort.DISTANCE:
        return distances
    # One is added so that without words, where every score is 0, the nearest still come first.
    half_worth_m = (query.ranking.weights if query.ranking else Weights()).half_worth_m
    return [
        -(score + 1) * nearness(distance, half_worth_m)
        for score, distance in zip(candidates.scores, distances, strict=True)
    ]


def _lifted(asked: Asked, ranking: Ranking, candidates: Candidates, ranked: list[Ranked]) -> list[Ranked]:
    """The first MOST_LIFTED in the order that their lifts make of them, before all others."""
    first = ranked[:MOST_LIFTED]
    if not first:
        return ranked
    addresses = [candidates.addresses[place] for *_, place, _ in first]
    must_be_open = asked.query.filters.open_at is not None
    are_open = [True] * len(first) if must_be_open else opens(asked.searcher, addresses, ranking.at)
    columns = [column(asked.searcher, field, addresses) for field in LIFTING_FIELDS]
    is_near = asked.query.near is not None
    keys = [
        order(
            -rank,
            lift(ranking, is_open=is_open, reliability=sure, listed_s=since, is_member=bool(is_member)),
            is_near=is_near,
        )
        for (rank, *_), is_open, sure, since, is_member in zip(first, are_open, *columns, strict=True)
    ]
    again = [hit for _, hit in sorted(zip(keys, first, strict=True), key=lambda one: (one[0], one[1][1:]))]
    return again + ranked[MOST_LIFTED:]


def _start(ranked: list[Ranked], query: Query) -> int:
    if query.after is None:
        return 0
    last = (query.after.last.int >> 64, query.after.last.int & (1 << 64) - 1)
    for place, (_, high, low, _, _) in enumerate(ranked):
        if (high, low) == last:
            return place + 1
    return min(query.after.offset, len(ranked))
