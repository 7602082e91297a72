"""From a query to a page of hits, on one searcher.

The first hits by their words are weighed by what counts beside them, as are, with `near`, the nearest that have the
words; all others stand behind those in the order of their words. What is looked at so does not grow with the index.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

import tantivy

from search.embedded.asking import most_spared
from search.embedded.candidates import Asked, Candidates, column, is_within_weighed
from search.embedded.fields import FACET_FIELDS, LIFTING_FIELDS
from search.engine import MOST_FACET_VALUES, MOST_HITS, MOST_WEIGHED, Facets, Hit, Hits, Query, Sort
from search.ranking.weights import Ranking, Weights, lift, nearness

#: Code of a facet's value -> the value. Grows with the values ever seen, which are few.
_values: dict[int, str] = {}

#: A hit's rank, its id's halves, its place among the candidates, its distance.
Ranked: TypeAlias = tuple[float, int, int, int, float | None]


def find(searcher: tantivy.Searcher, query: Query) -> Hits:
    """The page that the query asks for, with the facets of all hits."""
    for spared in range(most_spared(query) + 1):
        asked = Asked(searcher, query, spared)
        best, total = asked.best(MOST_HITS if asked.radius_m is not None else MOST_WEIGHED)
        if total:
            break
    facets = None
    if asked.radius_m is not None:
        best = best.within(asked.radius_m)
        if total <= MOST_HITS:  # all were looked at; of more than are counted, the circle's cells are: a bit more
            total, facets = len(best.addresses), _counted(searcher, best.addresses)
    weighed = _weighed(asked, best, total)
    ranked = _ranked(searcher, query, weighed)
    if query.ranking is not None and query.sort is Sort.RELEVANCE:
        ranked = _lifted(searcher, query.ranking, weighed, ranked)
    if total > len(ranked) and query.sort is not Sort.DISTANCE and not is_within_weighed(query):
        ranked += _ranked(searcher, query, asked.best(MOST_HITS)[0].without(weighed))
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
        facets=facets or _aggregated(searcher, asked.clause),
    )


def _weighed(asked: Asked, best: Candidates, total: int) -> Candidates:
    """The hits that are ranked by more than their words: the best, unless all of them, with the nearest."""
    if asked.query.near is None or asked.query.sort is Sort.PRICE or total <= len(best.addresses):
        return best
    return asked.nearest().and_those(best)


def _ranked(searcher: tantivy.Searcher, query: Query, candidates: Candidates) -> list[Ranked]:
    """Least rank first; ties go by id, which is age."""
    addresses, distances = candidates.addresses, candidates.distances
    ranks: Sequence[float]
    if query.sort is Sort.PRICE:
        ranks = column(searcher, "price_min", addresses)
    elif distances is None:
        ranks = [-score - 1 for score in candidates.scores]
    elif query.sort is Sort.DISTANCE:
        ranks = distances
    else:
        # One is added so that without words, where every score is 0, the nearest still come first.
        half_worth_m = (query.ranking.weights if query.ranking else Weights()).half_worth_m
        ranks = [
            -(score + 1) * nearness(distance, half_worth_m)
            for score, distance in zip(candidates.scores, distances, strict=True)
        ]
    highs, lows = column(searcher, "id_high", addresses), column(searcher, "id_low", addresses)
    known: Sequence[float | None] = distances or [None] * len(addresses)
    return sorted(zip(ranks, highs, lows, range(len(addresses)), known, strict=True))


def _lifted(
    searcher: tantivy.Searcher, ranking: Ranking, candidates: Candidates, ranked: list[Ranked]
) -> list[Ranked]:
    """The first MOST_WEIGHED in the order that their lifts make of them, before all others."""
    weighed = ranked[:MOST_WEIGHED]
    places = [place for *_, place, _ in weighed]
    addresses = [candidates.addresses[place] for place in places]
    opens = [candidates.opens is None or candidates.opens[place] for place in places]
    columns = [column(searcher, field, addresses) for field in LIFTING_FIELDS]
    again = [
        (
            rank
            * lift(ranking, is_open=is_open, reliability=reliability, listed_s=listed_s, is_member=bool(is_member)),
            *rest,
        )
        for (rank, *rest), is_open, reliability, listed_s, is_member in zip(weighed, opens, *columns, strict=True)
    ]
    return sorted(again) + ranked[MOST_WEIGHED:]


def _start(ranked: list[Ranked], query: Query) -> int:
    if query.after is None:
        return 0
    last = (query.after.last.int >> 64, query.after.last.int & (1 << 64) - 1)
    for place, (_, high, low, _, _) in enumerate(ranked):
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
        codes = column(searcher, f"{name}_code", addresses)
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
